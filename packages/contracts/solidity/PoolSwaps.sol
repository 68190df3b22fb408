// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PoolReserves} from "./PoolReserves.sol";
import {IMeanPool} from "./interfaces/IMeanPool.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {PoolMath} from "./libraries/PoolMath.sol";
import {Reserve} from "./libraries/ReserveLib.sol";

/// @notice The part of a pool in which one token is swapped for another: two slots, however many tokens there are.
abstract contract PoolSwaps is PoolReserves {
    /// @dev Both sides of a swap while it is computed.
    struct Trade {
        address tokenIn;
        address tokenOut;
        Reserve reserveIn;
        Reserve reserveOut;
        uint256 amountIn;
        uint256 amountOut;
    }

    function _tradeExactIn(Home memory home, address tokenIn, address tokenOut, uint256 amountIn)
        internal
        view
        returns (Trade memory t)
    {
        t = _tradeOf(tokenIn, tokenOut);
        (Reserve rIn, Reserve rOut) = (t.reserveIn, t.reserveOut);
        t.amountIn = amountIn;
        _checkAmount(amountIn, rIn.balance());
        t.amountOut = PoolMath.outForExactInDown(rIn.balance(), rIn.weight(), rOut.balance(), rOut.weight(), amountIn, home.fee);
        _checkAmount(t.amountOut, rOut.balance());
        _checkFloors(t);
    }

    function _tradeExactOut(Home memory home, address tokenIn, address tokenOut, uint256 amountOut)
        internal
        view
        returns (Trade memory t)
    {
        t = _tradeOf(tokenIn, tokenOut);
        (Reserve rIn, Reserve rOut) = (t.reserveIn, t.reserveOut);
        t.amountOut = amountOut;
        _checkAmount(amountOut, rOut.balance());
        t.amountIn = PoolMath.inForExactOutUp(rIn.balance(), rIn.weight(), rOut.balance(), rOut.weight(), amountOut, home.fee);
        _checkAmount(t.amountIn, rIn.balance());
        _checkFloors(t);
    }

    /// @dev Effects, event, then the tokens: in before out.
    function _swap(Home memory home, Trade memory t, address to) internal {
        _reserves[t.tokenIn] = t.reserveIn.add(t.amountIn);
        _reserves[t.tokenOut] = t.reserveOut.subtract(t.amountOut);
        emit IMeanPool.Swapped(msg.sender, t.tokenIn, t.tokenOut, t.amountIn, t.amountOut, to);
        _pull(home, t.tokenIn, t.amountIn);
        _push(home, t.tokenOut, to, t.amountOut);
    }

    function _tradeOf(address tokenIn, address tokenOut) private view returns (Trade memory t) {
        require(tokenIn != tokenOut, ErrorsLib.SameToken(tokenIn));
        (t.tokenIn, t.tokenOut) = (tokenIn, tokenOut);
        (t.reserveIn, t.reserveOut) = (_reserveOf(tokenIn), _reserveOf(tokenOut));
        _checkSold(tokenOut, t.reserveOut);
    }

    function _checkFloors(Trade memory t) private pure {
        _checkFloor(t.tokenIn, t.reserveIn.balance(), t.reserveIn);
        _checkFloor(t.tokenOut, t.reserveOut.balance() - t.amountOut, t.reserveOut);
    }
}
