// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {PoolReserves} from "./PoolReserves.sol";
import {IFamilyLock} from "./interfaces/IFamilyLock.sol";
import {IMeanPool, IScenarioPool, Opening} from "./interfaces/IMeanPool.sol";
import {IScenario} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {PoolMath} from "./libraries/PoolMath.sol";
import {TokenAddress} from "./libraries/TokenAddress.sol";

/// @title MeanPool
/// @notice Constant mean market maker, V = prod balance_i ^ weight_i. A swap reads and writes two balances, however many there are.
///
/// TRUST: the Scenario, which opens it once. The currency is vetted at creation; client tokens are our own clones.
/// ACCOUNTING is internal: gifts change no balance that the pool trades on. Client tokens cannot even be given (see the token hook).
/// NOT AN ORACLE: `spotPrice` moves with every swap; nothing else may rely on it within one transaction.
///
/// INVARIANTS
/// 1. V per LP share never falls.
/// 2. The pool holds at least its internal balances, and its purse of dividends on top.
/// 3. 1e6 LP shares are locked for ever.
contract MeanPool is PoolReserves, IMeanPool, IScenarioPool {
    using SafeCastLib for uint256;

    /// @notice LP shares that nobody owns, so that the supply never becomes small.
    uint256 public constant LOCKED_SHARES = 1e6;
    address private constant LOCKED_HOLDER = 0x000000000000000000000000000000000000dEaD;

    modifier inTime(uint256 deadline) {
        require(block.timestamp <= deadline, ErrorsLib.DeadlinePassed(deadline));
        _;
    }

    modifier quotable() {
        require(!IFamilyLock(_scenario()).isLocked(), ErrorsLib.Locked());
        _;
    }

    /// @inheritdoc IScenarioPool
    function open(Opening calldata o) external returns (uint256 lpShares) {
        require(msg.sender == _scenario(), ErrorsLib.NotScenario(msg.sender));
        require(_clients == 0, ErrorsLib.AlreadyInitialized());
        uint256 clients = o.tokens.length;
        _clients = clients;
        // One LP share is worth about one unit of currency at the opening.
        lpShares = FixedPointMathLib.fullMulDiv(o.currencyAmount, WAD, o.currencyWeight);
        uint256 clientWeight = (WAD - o.currencyWeight) / clients;
        uint256 clientShares = FixedPointMathLib.fullMulDiv(lpShares, clientWeight, WAD);
        // What the division leaves goes to the currency: weights sum to 1e18.
        _list(_home().currency, o.currencyAmount, WAD - clientWeight * clients);
        for (uint256 i = 0; i < clients; ++i) {
            _list(o.tokens[i], o.tokenAmounts[i], clientWeight);
            _mint(o.controllers[i], clientShares);
        }
        _mint(LOCKED_HOLDER, LOCKED_SHARES);
        _mint(o.opener, lpShares - clientShares * clients - LOCKED_SHARES);
        emit Opened(lpShares, balances(), weights());
    }

    /// @inheritdoc IMeanPool
    function swapExactIn(address tokenIn, address tokenOut, uint256 amountIn, uint256 minOut, address to, uint256 deadline)
        external
        inTime(deadline)
        returns (uint256 amountOut)
    {
        Home memory home = _enter(to);
        Trade memory trade = _tradeExactIn(home, tokenIn, tokenOut, amountIn);
        amountOut = trade.amountOut;
        require(amountOut >= minOut, ErrorsLib.OutBelowMin(amountOut, minOut));
        _swap(home, trade, to);
        _leave(home);
    }

    /// @inheritdoc IMeanPool
    function swapExactOut(address tokenIn, address tokenOut, uint256 amountOut, uint256 maxIn, address to, uint256 deadline)
        external
        inTime(deadline)
        returns (uint256 amountIn)
    {
        Home memory home = _enter(to);
        Trade memory trade = _tradeExactOut(home, tokenIn, tokenOut, amountOut);
        amountIn = trade.amountIn;
        require(amountIn <= maxIn, ErrorsLib.InAboveMax(amountIn, maxIn));
        _swap(home, trade, to);
        _leave(home);
    }

    /// @inheritdoc IMeanPool
    function joinProportional(uint256 lpOut, uint256[] calldata maxIn, address to, uint256 deadline)
        external
        inTime(deadline)
        returns (uint256[] memory amounts)
    {
        Home memory home = _enter(to);
        require(lpOut != 0, ErrorsLib.AmountZero());
        address[] memory list = _listed(home, maxIn.length);
        amounts = new uint256[](list.length);
        uint256 supply = totalSupply();
        for (uint256 k = 0; k < list.length; ++k) {
            uint256 balance = _reserves[list[k]].balance;
            uint256 amount = FixedPointMathLib.fullMulDivUp(balance, lpOut, supply);
            require(amount <= maxIn[k], ErrorsLib.InAboveMax(amount, maxIn[k]));
            amounts[k] = amount;
            _reserves[list[k]].balance = (balance + amount).toUint112();
        }
        _mint(to, lpOut);
        emit Joined(msg.sender, lpOut, amounts, to);
        for (uint256 k = 0; k < list.length; ++k) {
            _pull(home, list[k], amounts[k]);
        }
        _leave(home);
    }

    /// @inheritdoc IMeanPool
    function exitProportional(uint256 lpIn, uint256[] calldata minOut, address to, uint256 deadline)
        external
        inTime(deadline)
        returns (uint256[] memory amounts)
    {
        Home memory home = _enter(to);
        require(lpIn != 0, ErrorsLib.AmountZero());
        address[] memory list = _listed(home, minOut.length);
        amounts = new uint256[](list.length);
        uint256 supply = totalSupply();
        for (uint256 k = 0; k < list.length; ++k) {
            uint256 balance = _reserves[list[k]].balance;
            uint256 amount = FixedPointMathLib.fullMulDiv(balance, lpIn, supply);
            require(amount >= minOut[k], ErrorsLib.OutBelowMin(amount, minOut[k]));
            amounts[k] = amount;
            _reserves[list[k]].balance = uint112(balance - amount); // below a uint112
        }
        _burn(msg.sender, lpIn);
        emit Exited(msg.sender, lpIn, amounts, to);
        for (uint256 k = 0; k < list.length; ++k) {
            _push(home, list[k], to, amounts[k]);
        }
        _leave(home);
    }

    /// @inheritdoc IMeanPool
    function claimLp(address holder) external returns (uint256 paid) {
        // Nobody can use what the locked shares earn; it stays in the purse.
        require(holder != LOCKED_HOLDER, ErrorsLib.InvalidRecipient(holder));
        Home memory home = _home();
        IFamilyLock(home.scenario).hold();
        paid = _settleLp(holder);
        if (paid != 0) {
            emit LpClaimed(holder, paid);
            _push(home, home.currency, IScenario(home.scenario).receiverOf(holder), paid);
        }
        _leave(home);
    }

    // --- views
    /// @inheritdoc IScenarioPool
    function clientBalances(uint256 from, uint256 to) external view returns (uint256[] memory held) {
        address home = _scenario();
        held = new uint256[](to - from);
        for (uint256 i = from; i < to; ++i) {
            held[i - from] = _reserves[TokenAddress.derive(home, i)].balance;
        }
    }

    /// @inheritdoc IMeanPool
    function quoteExactIn(address tokenIn, address tokenOut, uint256 amountIn) external view quotable returns (uint256) {
        return _tradeExactIn(_home(), tokenIn, tokenOut, amountIn).amountOut;
    }

    /// @inheritdoc IMeanPool
    function quoteExactOut(address tokenIn, address tokenOut, uint256 amountOut) external view quotable returns (uint256) {
        return _tradeExactOut(_home(), tokenIn, tokenOut, amountOut).amountIn;
    }

    /// @inheritdoc IMeanPool
    function spotPrice(address token) external view quotable returns (uint256) {
        (uint256 currencyBalance, uint256 currencyWeight,) = _reserveOf(_home().currency);
        (uint256 balance, uint256 weight,) = _reserveOf(token);
        return PoolMath.spotPriceDown(currencyBalance, currencyWeight, balance, weight);
    }

    /// @inheritdoc IMeanPool
    function lpOwed(address holder) external view returns (uint256) {
        return _lpOwed(holder);
    }

    /// @inheritdoc IMeanPool
    function dividendsHeld() external view returns (uint256) {
        return _dividendsHeld();
    }

    /// @inheritdoc IMeanPool
    function scenario() external view returns (address) {
        return _scenario();
    }

    /// @inheritdoc IMeanPool
    function swapFee() external view returns (uint256) {
        return _home().fee;
    }

    /// @inheritdoc IMeanPool
    function isOpen() external view returns (bool) {
        return _clients != 0;
    }

    /// @inheritdoc IMeanPool
    function tokens() public view returns (address[] memory) {
        return _tokens(_home());
    }

    /// @inheritdoc IMeanPool
    function balances() public view returns (uint256[] memory list) {
        address[] memory listed = tokens();
        list = new uint256[](listed.length);
        for (uint256 k = 0; k < list.length; ++k) {
            list[k] = _reserves[listed[k]].balance;
        }
    }

    /// @inheritdoc IMeanPool
    function weights() public view returns (uint256[] memory list) {
        address[] memory listed = tokens();
        list = new uint256[](listed.length);
        for (uint256 k = 0; k < list.length; ++k) {
            list[k] = _reserves[listed[k]].weight;
        }
    }

    function name() public pure override returns (string memory) {
        return "fednode liquidity";
    }

    function symbol() public pure override returns (string memory) {
        return "FNLP";
    }

    // --- stubs, replaced at once
    function listToken(address, uint256, uint256, uint256) external {}
    function delistToken(address) external {}
    function listedClients() external view returns (uint256) {}
    function joinSingle(address, uint256, uint256, address, uint256) external returns (uint256) {}
    function exitSingle(address, uint256, uint256, address, uint256) external returns (uint256) {}
    function quoteJoinSingle(address, uint256) external view returns (uint256) {}
    function quoteExitSingle(address, uint256) external view returns (uint256) {}
    function isDelisted(address) external view returns (bool) {}
}
