// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";

/// @notice Swap arithmetic of a constant mean pool (CONTRACTS.md 2.5). Amounts in wei; weights, fees, ratios and exponents 1e18 = 1.
/// Every rounding favours the pool; its direction is in the name or on the line.
library PoolMath {
    uint256 internal constant WAD = 1e18;

    /// @dev Measured: |powWad - exact| <= raw * (y + 3) * 1e-18 + 2 for exponents to 100; twice that is adopted.
    uint256 private constant MARGIN_SLOPE = 2;
    uint256 private constant MARGIN_WAD = 8e18;
    uint256 private constant MARGIN_UNITS = 4;

    /// @notice out = balanceOut * (1 - (balanceIn / (balanceIn + in after fee)) ^ (weightIn / weightOut)), rounded down.
    function outForExactInDown(
        uint256 balanceIn,
        uint256 weightIn,
        uint256 balanceOut,
        uint256 weightOut,
        uint256 amountIn,
        uint256 fee
    ) internal pure returns (uint256) {
        uint256 net = amountIn - _mulDivUp(amountIn, fee, WAD);
        // Base up: one wei more in the pool than there is.
        uint256 base = _mulDivUp(balanceIn + 1, WAD, balanceIn + net);
        if (base >= WAD) return 0;
        // The base is below one: the smaller exponent gives the larger power.
        uint256 power = powUp(base, weightIn * WAD / weightOut);
        if (power >= WAD) return 0;
        return balanceOut * (WAD - power) / WAD;
    }

    /// @notice in = balanceIn * ((balanceOut / (balanceOut - out)) ^ (weightOut / weightIn) - 1), rounded up, fee on top, rounded up.
    function inForExactOutUp(
        uint256 balanceIn,
        uint256 weightIn,
        uint256 balanceOut,
        uint256 weightOut,
        uint256 amountOut,
        uint256 fee
    ) internal pure returns (uint256) {
        uint256 base = _mulDivUp(balanceOut, WAD, balanceOut - amountOut);
        // The base is above one: the larger exponent gives the larger power.
        uint256 power = powUp(base, FixedPointMathLib.divUp(weightOut * WAD, weightIn));
        uint256 net = _mulDivUp(balanceIn, power - WAD, WAD);
        return _mulDivUp(net, WAD, WAD - fee);
    }

    /// @notice base ^ exponent, never below the exact value. Base within 0.5 to 3, exponent within 0.01 to 100.
    function powUp(uint256 base, uint256 exponent) internal pure returns (uint256) {
        if (exponent == WAD) return base;
        // Both far below 2^255.
        uint256 raw = uint256(FixedPointMathLib.powWad(int256(base), int256(exponent)));
        return raw + FixedPointMathLib.divUp(raw * (MARGIN_SLOPE * exponent + MARGIN_WAD), WAD * WAD) + MARGIN_UNITS;
    }

    /// @notice Currency wei per whole token without fee, rounded down.
    function spotPriceDown(uint256 currencyBalance, uint256 currencyWeight, uint256 balance, uint256 weight)
        internal
        pure
        returns (uint256)
    {
        return FixedPointMathLib.fullMulDiv(currencyBalance * weight, WAD, balance * currencyWeight);
    }

    /// @dev Balances are below 2^112, what they are multiplied with below 2^112: no product overflows, and one that did would revert.
    function _mulDivUp(uint256 x, uint256 y, uint256 d) private pure returns (uint256) {
        return FixedPointMathLib.divUp(x * y, d);
    }
}
