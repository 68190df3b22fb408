// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {LpShare} from "./LpShare.sol";
import {IFamilyLock} from "./interfaces/IFamilyLock.sol";
import {IMeanPool, IScenarioPool, Opening} from "./interfaces/IMeanPool.sol";
import {IScenario} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {PoolMath} from "./libraries/PoolMath.sol";
import {TokenAddress} from "./libraries/TokenAddress.sol";

interface IToken {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

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
contract MeanPool is LpShare, IMeanPool, IScenarioPool {
    using SafeCastLib for uint256;

    uint256 private constant WAD = 1e18;
    /// @dev Layout of the immutable arguments, packed: scenario, currency, swap fee.
    uint256 private constant CURRENCY_AT = 20;
    uint256 private constant FEE_AT = 40;

    /// @notice LP shares that nobody owns, so that the supply never becomes small.
    uint256 public constant LOCKED_SHARES = 1e6;
    address private constant LOCKED_HOLDER = 0x000000000000000000000000000000000000dEaD;
    /// @notice Least wei of either side of a swap.
    uint256 public constant MIN_TRADE = 1e6;
    /// @dev A swap moves at most this part of a balance, in or out.
    uint256 private constant MAX_TRADE_WAD = 0.3e18;
    /// @dev No swap leaves less than this part of a token's seed.
    uint256 private constant FLOOR_DIVISOR = 1e9;

    /// @dev One slot per token.
    struct Reserve {
        uint112 balance;
        uint64 weight;
        /// Balance below which the token is not traded.
        uint80 floor;
    }

    /// @dev The immutable arguments.
    struct Home {
        address scenario;
        address currency;
        uint256 fee;
    }

    /// @dev Both sides of a swap while it is computed.
    struct Trade {
        address tokenIn;
        address tokenOut;
        uint256 balanceIn;
        uint256 weightIn;
        uint256 floorIn;
        uint256 balanceOut;
        uint256 weightOut;
        uint256 floorOut;
        uint256 amountIn;
        uint256 amountOut;
    }

    // --- reserves
    mapping(address token => Reserve) private _reserves;
    /// @dev Client tokens held; 0 until the pool is open.
    uint256 private _clients;

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
            _list(o.tokens[i], o.tokenAmount, clientWeight);
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

    /// @dev Takes the family's lock. The recipient is checked here because every entry point has one.
    function _enter(address to) private returns (Home memory home) {
        home = _home();
        require(to != address(0) && to != address(this) && to != home.scenario, ErrorsLib.InvalidRecipient(to));
        IFamilyLock(home.scenario).hold();
    }

    function _leave(Home memory home) private {
        IFamilyLock(home.scenario).giveBack();
    }

    // --- swaps
    function _tradeExactIn(Home memory home, address tokenIn, address tokenOut, uint256 amountIn)
        private
        view
        returns (Trade memory t)
    {
        t = _tradeOf(tokenIn, tokenOut);
        t.amountIn = amountIn;
        _checkAmount(amountIn, t.balanceIn);
        t.amountOut =
            PoolMath.outForExactInDown(t.balanceIn, t.weightIn, t.balanceOut, t.weightOut, amountIn, home.fee);
        _checkAmount(t.amountOut, t.balanceOut);
        _checkFloors(t);
    }

    function _tradeExactOut(Home memory home, address tokenIn, address tokenOut, uint256 amountOut)
        private
        view
        returns (Trade memory t)
    {
        t = _tradeOf(tokenIn, tokenOut);
        t.amountOut = amountOut;
        _checkAmount(amountOut, t.balanceOut);
        t.amountIn = PoolMath.inForExactOutUp(t.balanceIn, t.weightIn, t.balanceOut, t.weightOut, amountOut, home.fee);
        _checkAmount(t.amountIn, t.balanceIn);
        _checkFloors(t);
    }

    function _tradeOf(address tokenIn, address tokenOut) private view returns (Trade memory t) {
        require(tokenIn != tokenOut, ErrorsLib.SameToken(tokenIn));
        (t.tokenIn, t.tokenOut) = (tokenIn, tokenOut);
        (t.balanceIn, t.weightIn, t.floorIn) = _reserveOf(tokenIn);
        (t.balanceOut, t.weightOut, t.floorOut) = _reserveOf(tokenOut);
    }

    /// @dev Effects, event, then the tokens: in before out.
    function _swap(Home memory home, Trade memory t, address to) private {
        // Nobody holds 2^112 wei of anything here, but a currency could be minted at will.
        _reserves[t.tokenIn] = Reserve((t.balanceIn + t.amountIn).toUint112(), uint64(t.weightIn), uint80(t.floorIn));
        _reserves[t.tokenOut] = Reserve(uint112(t.balanceOut - t.amountOut), uint64(t.weightOut), uint80(t.floorOut));
        emit Swapped(msg.sender, t.tokenIn, t.tokenOut, t.amountIn, t.amountOut, to);
        _pull(home, t.tokenIn, t.amountIn);
        _push(home, t.tokenOut, to, t.amountOut);
    }

    function _checkAmount(uint256 amount, uint256 balance) private pure {
        require(amount >= MIN_TRADE, ErrorsLib.AmountTooSmall(amount, MIN_TRADE));
        uint256 max = balance * MAX_TRADE_WAD / WAD;
        require(amount <= max, ErrorsLib.AmountAboveLimit(amount, max));
    }

    /// @dev Before the swap on the way in, after it on the way out: a drained pool does not trade until somebody joins.
    function _checkFloors(Trade memory t) private pure {
        require(t.balanceIn >= t.floorIn, ErrorsLib.BalanceBelowFloor(t.tokenIn, t.balanceIn, t.floorIn));
        uint256 left = t.balanceOut - t.amountOut;
        require(left >= t.floorOut, ErrorsLib.BalanceBelowFloor(t.tokenOut, left, t.floorOut));
    }

    // --- tokens
    function _list(address token, uint256 amount, uint256 weight) private {
        uint256 floor = FixedPointMathLib.max(MIN_TRADE, amount / FLOOR_DIVISOR);
        _reserves[token] = Reserve(amount.toUint112(), weight.toUint64(), floor.toUint80());
    }

    /// @dev A currency that delivers less than it was asked for is refused.
    function _pull(Home memory home, address token, uint256 amount) private {
        if (token != home.currency) {
            IToken(token).transferFrom(msg.sender, address(this), amount);
            return;
        }
        uint256 before = SafeTransferLib.balanceOf(token, address(this));
        SafeTransferLib.safeTransferFrom(token, msg.sender, address(this), amount);
        uint256 received = SafeTransferLib.balanceOf(token, address(this)) - before;
        require(received >= amount, ErrorsLib.UnderReceived(amount, received));
    }

    function _push(Home memory home, address token, address to, uint256 amount) private {
        if (token == home.currency) SafeTransferLib.safeTransfer(token, to, amount);
        else IToken(token).transfer(to, amount);
    }

    function _reserveOf(address token) private view returns (uint256 balance, uint256 weight, uint256 floor) {
        Reserve storage r = _reserves[token];
        (balance, weight, floor) = (r.balance, r.weight, r.floor);
        if (weight != 0) return (balance, weight, floor);
        require(_clients != 0, ErrorsLib.MarketNotOpen());
        revert ErrorsLib.UnknownToken(token);
    }

    /// @dev Tokens of the pool, for a caller who names `length` limits.
    function _listed(Home memory home, uint256 length) private view returns (address[] memory list) {
        list = _tokens(home);
        require(list.length != 0, ErrorsLib.MarketNotOpen());
        require(length == list.length, ErrorsLib.LengthMismatch(length, list.length));
    }

    function _tokens(Home memory home) private view returns (address[] memory list) {
        uint256 clients = _clients;
        if (clients == 0) return list;
        list = new address[](clients + 1);
        list[0] = home.currency;
        for (uint256 i = 0; i < clients; ++i) {
            list[i + 1] = TokenAddress.derive(home.scenario, i);
        }
    }

    function _home() private view returns (Home memory) {
        return Home(
            address(uint160(_word(0) >> 96)), address(uint160(_word(CURRENCY_AT) >> 96)), _word(FEE_AT) >> 192
        );
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
}
