// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PoolReserves} from "./PoolReserves.sol";
import {IMeanPool} from "./interfaces/IMeanPool.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {PoolMath} from "./libraries/PoolMath.sol";
import {Reserve} from "./libraries/ReserveLib.sol";

/// @notice The part of a pool in which one token is swapped for another: two slots, however many tokens there are.
abstract contract PoolSwaps is PoolReserves {
    /// @dev A swap, and both reserves after it.
    struct Trade {
        address tokenIn;
        address tokenOut;
        uint256 amountIn;
        uint256 amountOut;
        Reserve reserveIn;
        Reserve reserveOut;
    }

    /// @dev Completes a trade that names its tokens.
    function _tradeExactIn(Trade memory t, uint256 fee, uint256 amountIn) internal view {
        (Reserve rIn, Reserve rOut) = _reservesOf(t);
        _checkAmount(amountIn, rIn.balance());
        uint256 amountOut = PoolMath.outForExactInDown(rIn.balance(), rIn.weight(), rOut.balance(), rOut.weight(), amountIn, fee);
        _checkAmount(amountOut, rOut.balance());
        (t.amountIn, t.amountOut) = (amountIn, amountOut);
        _complete(t, rIn, rOut);
    }

    /// @dev Completes a trade that names its tokens.
    function _tradeExactOut(Trade memory t, uint256 fee, uint256 amountOut) internal view {
        (Reserve rIn, Reserve rOut) = _reservesOf(t);
        _checkAmount(amountOut, rOut.balance());
        uint256 amountIn = PoolMath.inForExactOutUp(rIn.balance(), rIn.weight(), rOut.balance(), rOut.weight(), amountOut, fee);
        _checkAmount(amountIn, rIn.balance());
        (t.amountIn, t.amountOut) = (amountIn, amountOut);
        _complete(t, rIn, rOut);
    }

    /// @dev Effects, event, then the tokens: in before out.
    function _swap(Home memory home, Trade memory t, address to) internal {
        _reserves[t.tokenIn] = t.reserveIn;
        _reserves[t.tokenOut] = t.reserveOut;
        emit IMeanPool.Swapped(msg.sender, t.tokenIn, t.tokenOut, t.amountIn, t.amountOut, to);
        _pull(home, t.tokenIn, t.amountIn);
        _push(home, t.tokenOut, to, t.amountOut);
    }

    function _reservesOf(Trade memory t) private view returns (Reserve rIn, Reserve rOut) {
        (address tokenIn, address tokenOut) = (t.tokenIn, t.tokenOut);
        require(tokenIn != tokenOut, ErrorsLib.SameToken(tokenIn));
        (rIn, rOut) = (_reserveOf(tokenIn), _reserveOf(tokenOut));
        _checkSold(tokenOut, rOut);
    }

    function _complete(Trade memory t, Reserve rIn, Reserve rOut) private pure {
        _checkFloor(t.tokenIn, rIn);
        rOut = rOut.subtract(t.amountOut);
        _checkFloor(t.tokenOut, rOut);
        (t.reserveIn, t.reserveOut) = (rIn.add(t.amountIn), rOut);
    }
}
