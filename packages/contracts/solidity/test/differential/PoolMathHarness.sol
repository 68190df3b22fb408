// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";

import {PoolMath} from "../../libraries/PoolMath.sol";

/// @notice PoolMath for many points in one call: scripts/accuracy.ts runs it, compiled like what is deployed, on a real EVM.
/// Numbers are rows without structure; columns as named.
contract PoolMathHarness {
    /// @param n base, exponent. @return results powWad, powUp.
    function powsUp(uint256[] calldata n) external pure returns (uint256[] memory results) {
        results = new uint256[](n.length);
        for (uint256 i = 0; i < n.length; i += 2) {
            results[i] = uint256(FixedPointMathLib.powWad(int256(n[i]), int256(n[i + 1])));
            results[i + 1] = PoolMath.powUp(n[i], n[i + 1]);
        }
    }

    /// @param n base, exponent. @return results powWad, powDown.
    function powsDown(uint256[] calldata n) external pure returns (uint256[] memory results) {
        results = new uint256[](n.length);
        for (uint256 i = 0; i < n.length; i += 2) {
            results[i] = uint256(FixedPointMathLib.powWad(int256(n[i]), int256(n[i + 1])));
            results[i + 1] = PoolMath.powDown(n[i], n[i + 1]);
        }
    }

    /// @param n balanceIn, weightIn, balanceOut, weightOut, amountIn, fee.
    function outsForExactIn(uint256[] calldata n) external pure returns (uint256[] memory results) {
        results = new uint256[](n.length / 6);
        for (uint256 i = 0; i < results.length; ++i) {
            uint256[] calldata r = n[6 * i:];
            results[i] = PoolMath.outForExactInDown(r[0], r[1], r[2], r[3], r[4], r[5]);
        }
    }

    /// @param n balanceIn, weightIn, balanceOut, weightOut, amountOut, fee.
    function insForExactOut(uint256[] calldata n) external pure returns (uint256[] memory results) {
        results = new uint256[](n.length / 6);
        for (uint256 i = 0; i < results.length; ++i) {
            uint256[] calldata r = n[6 * i:];
            results[i] = PoolMath.inForExactOutUp(r[0], r[1], r[2], r[3], r[4], r[5]);
        }
    }

    /// @param n supply, balance, weight, amountIn, fee.
    function sharesForSingleIn(uint256[] calldata n) external pure returns (uint256[] memory results) {
        results = new uint256[](n.length / 5);
        for (uint256 i = 0; i < results.length; ++i) {
            uint256[] calldata r = n[5 * i:];
            results[i] = PoolMath.sharesForSingleInDown(r[0], r[1], r[2], r[3], r[4]);
        }
    }

    /// @param n supply, balance, weight, shares, fee.
    function outsForShares(uint256[] calldata n) external pure returns (uint256[] memory results) {
        results = new uint256[](n.length / 5);
        for (uint256 i = 0; i < results.length; ++i) {
            uint256[] calldata r = n[5 * i:];
            results[i] = PoolMath.outForSharesDown(r[0], r[1], r[2], r[3], r[4]);
        }
    }
}
