// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PoolReserves} from "./PoolReserves.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {PoolMath} from "./libraries/PoolMath.sol";
import {Reserve} from "./libraries/ReserveLib.sol";

/// @notice The part of a pool in which one token is turned into LP shares and back. Only that token's own ratio is needed, so it costs
/// the same however many there are; it keeps to the limits of swaps, which also keep pow in its domain.
abstract contract PoolSingles is PoolReserves {
    /// @dev LP shares that `amountIn` buys, and the token's reserve afterwards.
    function _sharesFor(uint256 fee, address tokenIn, uint256 amountIn) internal view returns (uint256 shares, Reserve r) {
        r = _reserveOf(tokenIn);
        _checkSold(tokenIn, r);
        _checkAmount(amountIn, r.balance());
        _checkFloor(tokenIn, r);
        shares = PoolMath.sharesForSingleInDown(totalSupply(), r.balance(), r.weight(), amountIn, fee);
        require(shares != 0, ErrorsLib.AmountZero());
        r = r.add(amountIn);
    }

    /// @dev What `shares` buy of `tokenOut`, and its reserve afterwards.
    function _outFor(uint256 fee, address tokenOut, uint256 shares) internal view returns (uint256 amountOut, Reserve r) {
        r = _reserveOf(tokenOut);
        _checkSold(tokenOut, r);
        uint256 supply = totalSupply();
        // A larger part takes more than the limit of any token: it has at most 80 % of the weight.
        _checkPart(shares, supply);
        amountOut = PoolMath.outForSharesDown(supply, r.balance(), r.weight(), shares, fee);
        _checkAmount(amountOut, r.balance());
        r = r.subtract(amountOut);
        _checkFloor(tokenOut, r);
    }
}
