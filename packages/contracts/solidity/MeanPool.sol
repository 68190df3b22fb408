// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";

import {PoolListing} from "./PoolListing.sol";
import {PoolSingles} from "./PoolSingles.sol";
import {PoolSwaps} from "./PoolSwaps.sol";
import {IFamilyLock} from "./interfaces/IFamilyLock.sol";
import {IMeanPool} from "./interfaces/IMeanPool.sol";
import {IScenario} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {PoolMath} from "./libraries/PoolMath.sol";
import {Reserve} from "./libraries/ReserveLib.sol";

/// @title MeanPool
/// @notice Constant mean market maker, V = prod balance_i ^ weight_i. A swap reads and writes two balances, however many there are.
///
/// TRUST: the Scenario, which opens it once, lists and delists. The currency is vetted at creation; client tokens are our own clones.
/// ACCOUNTING is internal: gifts change no balance that the pool trades on. Client tokens cannot even be given (see the token hook).
/// NOT AN ORACLE: `spotPrice` moves with every swap; nothing else may rely on it within one transaction.
///
/// INVARIANTS
/// 1. V per LP share never falls by a trade, a join or an exit; a listing leaves what a share holds of every token.
/// 2. The pool holds at least its internal balances, and its purse of dividends on top.
/// 3. 1e6 LP shares are locked for ever.
contract MeanPool is PoolSwaps, PoolSingles, PoolListing, IMeanPool {
    modifier inTime(uint256 deadline) {
        require(block.timestamp <= deadline, ErrorsLib.DeadlinePassed(deadline));
        _;
    }

    modifier quotable() {
        require(!IFamilyLock(_scenario()).isLocked(), ErrorsLib.Locked());
        _;
    }

    /// @inheritdoc IMeanPool
    function swapExactIn(address tokenIn, address tokenOut, uint256 amountIn, uint256 minOut, address to, uint256 deadline)
        external
        inTime(deadline)
        returns (uint256 amountOut)
    {
        Home memory home;
        _enter(home, to);
        Trade memory trade;
        (trade.tokenIn, trade.tokenOut) = (tokenIn, tokenOut);
        _tradeExactIn(trade, home.fee, amountIn);
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
        Home memory home;
        _enter(home, to);
        Trade memory trade;
        (trade.tokenIn, trade.tokenOut) = (tokenIn, tokenOut);
        _tradeExactOut(trade, home.fee, amountOut);
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
        Home memory home;
        _enter(home, to);
        require(lpOut != 0, ErrorsLib.AmountZero());
        address[] memory list = _listed(home, maxIn.length);
        amounts = new uint256[](list.length);
        uint256 supply = totalSupply();
        for (uint256 k = 0; k < list.length; ++k) {
            Reserve r = _reserves[list[k]];
            uint256 amount = FixedPointMathLib.mulDivUp(r.balance(), lpOut, supply);
            require(amount <= maxIn[k], ErrorsLib.InAboveMax(amount, maxIn[k]));
            amounts[k] = amount;
            _reserves[list[k]] = r.add(amount);
        }
        _mintShares(to, lpOut);
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
        Home memory home;
        _enterAlways(home, to);
        require(lpIn != 0, ErrorsLib.AmountZero());
        address[] memory list = _listed(home, minOut.length);
        amounts = new uint256[](list.length);
        uint256 supply = totalSupply();
        for (uint256 k = 0; k < list.length; ++k) {
            Reserve r = _reserves[list[k]];
            uint256 amount = FixedPointMathLib.mulDiv(r.balance(), lpIn, supply);
            require(amount >= minOut[k], ErrorsLib.OutBelowMin(amount, minOut[k]));
            amounts[k] = amount;
            _reserves[list[k]] = r.subtract(amount);
        }
        _burn(msg.sender, lpIn);
        emit Exited(msg.sender, lpIn, amounts, to);
        for (uint256 k = 0; k < list.length; ++k) {
            _push(home, list[k], to, amounts[k]);
        }
        _leave(home);
    }

    /// @inheritdoc IMeanPool
    function joinSingle(address tokenIn, uint256 amountIn, uint256 minLp, address to, uint256 deadline)
        external
        inTime(deadline)
        returns (uint256 lpShares)
    {
        Home memory home;
        _enter(home, to);
        Reserve grown;
        (lpShares, grown) = _sharesFor(home.fee, tokenIn, amountIn);
        require(lpShares >= minLp, ErrorsLib.OutBelowMin(lpShares, minLp));
        _reserves[tokenIn] = grown;
        _mintShares(to, lpShares);
        emit JoinedSingle(msg.sender, tokenIn, amountIn, lpShares, to);
        _pull(home, tokenIn, amountIn);
        _leave(home);
    }

    /// @inheritdoc IMeanPool
    function exitSingle(address tokenOut, uint256 lpIn, uint256 minOut, address to, uint256 deadline)
        external
        inTime(deadline)
        returns (uint256 amountOut)
    {
        Home memory home;
        _enter(home, to);
        Reserve left;
        (amountOut, left) = _outFor(home.fee, tokenOut, lpIn);
        require(amountOut >= minOut, ErrorsLib.OutBelowMin(amountOut, minOut));
        _reserves[tokenOut] = left;
        _burn(msg.sender, lpIn);
        emit ExitedSingle(msg.sender, tokenOut, amountOut, lpIn, to);
        _push(home, tokenOut, to, amountOut);
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
    /// @inheritdoc IMeanPool
    function quoteExactIn(address tokenIn, address tokenOut, uint256 amountIn) external view quotable returns (uint256) {
        Trade memory trade;
        (trade.tokenIn, trade.tokenOut) = (tokenIn, tokenOut);
        _tradeExactIn(trade, _home().fee, amountIn);
        return trade.amountOut;
    }

    /// @inheritdoc IMeanPool
    function quoteExactOut(address tokenIn, address tokenOut, uint256 amountOut) external view quotable returns (uint256) {
        Trade memory trade;
        (trade.tokenIn, trade.tokenOut) = (tokenIn, tokenOut);
        _tradeExactOut(trade, _home().fee, amountOut);
        return trade.amountIn;
    }

    /// @inheritdoc IMeanPool
    function quoteJoinSingle(address tokenIn, uint256 amountIn) external view quotable returns (uint256 lpShares) {
        (lpShares,) = _sharesFor(_home().fee, tokenIn, amountIn);
    }

    /// @inheritdoc IMeanPool
    function quoteExitSingle(address tokenOut, uint256 lpIn) external view quotable returns (uint256 amountOut) {
        (amountOut,) = _outFor(_home().fee, tokenOut, lpIn);
    }

    /// @inheritdoc IMeanPool
    function spotPrice(address token) external view quotable returns (uint256) {
        Reserve c = _reserveOf(_home().currency);
        Reserve r = _reserveOf(token);
        return PoolMath.spotPriceDown(c.balance(), c.weight(), r.balance(), r.weight());
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
    function tokens() external view returns (address[] memory) {
        return _tokens(_home());
    }

    /// @inheritdoc IMeanPool
    function balances() external view returns (uint256[] memory) {
        return _balances();
    }

    /// @inheritdoc IMeanPool
    function weights() external view returns (uint256[] memory) {
        return _weights();
    }

    /// @inheritdoc IMeanPool
    function isDelisted(address token) external view returns (bool) {
        return _reserves[token].isDelisted();
    }

    function name() public pure override returns (string memory) {
        return "fednode liquidity";
    }

    function symbol() public pure override returns (string memory) {
        return "FNLP";
    }
}
