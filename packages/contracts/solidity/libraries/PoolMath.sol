// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";

/// @notice Arithmetic of a constant mean pool (CONTRACTS.md 2.5). Amounts in wei; weights, fees, ratios and exponents 1e18 = 1.
/// Every rounding favours the pool; its direction is in the name or on the line.
/// @dev Bounds: balances and LP shares < 2^112; amounts at most 30 % of their balance; weights and fees < 2^60, a fee at most a tenth. A
/// base is then at most 10 / 7, an exponent 100 (400 below one) and a power (10 / 7) ^ 100 * 1e18 < 2^112. No product passes 2^230.
library PoolMath {
    uint256 internal constant WAD = 1e18;

    /// @dev A swap, or a join or exit with one token, moves at most this part of a balance.
    uint256 private constant MAX_TRADE_WAD = 0.3e18;

    /// @dev Measured: |powWad - exact| <= raw * (y + 3) * 1e-18 + 2, for exponents to 100 and for ratio ^ (1 / w) to 400; twice that
    /// is adopted.
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
        unchecked {
            uint256 net = amountIn - _mulDivUp(amountIn, fee, WAD);
            // Base up: one wei more in the pool than there is.
            uint256 base = _mulDivUp(balanceIn + 1, WAD, balanceIn + net);
            // The base is below one: the smaller exponent gives the larger power.
            uint256 power = powUp(base, weightIn * WAD / weightOut);
            return balanceOut * FixedPointMathLib.zeroFloorSub(WAD, power) / WAD;
        }
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
        unchecked {
            uint256 base = _mulDivUp(balanceOut, WAD, balanceOut - amountOut);
            // The base is above one: the larger exponent gives the larger power.
            uint256 power = powUp(base, _mulDivUp(weightOut, WAD, weightIn));
            uint256 net = _mulDivUp(balanceIn, power - WAD, WAD);
            return _mulDivUp(net, WAD, WAD - fee);
        }
    }

    /// @notice LP shares for `amountIn` of one token: supply * (((balance + in after fee) / balance) ^ weight - 1), rounded down.
    function sharesForSingleInDown(uint256 supply, uint256 balance, uint256 weight, uint256 amountIn, uint256 fee)
        internal
        pure
        returns (uint256)
    {
        unchecked {
            uint256 net = amountIn - singleFeeUp(amountIn, weight, fee);
            uint256 power = powDown((balance + net) * WAD / balance, weight);
            return supply * FixedPointMathLib.zeroFloorSub(power, WAD) / WAD;
        }
    }

    /// @notice One token for `shares`: balance * (1 - ((supply - shares) / supply) ^ (1 / weight)), rounded down, less the fee.
    function outForSharesDown(uint256 supply, uint256 balance, uint256 weight, uint256 shares, uint256 fee)
        internal
        pure
        returns (uint256)
    {
        unchecked {
            // The base is below one: the smaller exponent gives the larger power.
            uint256 power = powUp(_mulDivUp(supply - shares, WAD, supply), WAD * WAD / weight);
            uint256 gross = balance * FixedPointMathLib.zeroFloorSub(WAD, power) / WAD;
            return gross - singleFeeUp(gross, weight, fee);
        }
    }

    /// @notice Swap fee on the part of a single-token join or exit that trades for the other tokens, rounded up.
    /// @dev Of an amount 1, p stays and u = 1 - p trades; what trades leaves u * (1 - fee), which has to be to p as the other weights are
    /// to this one: u = (1 - w) / (1 - w * fee). A join and an exit together then pay no less than the swap that they replace:
    /// (1 - u_in * fee) * (1 - u_out * fee) <= 1 - fee, because two weights sum to no more than 1.
    function singleFeeUp(uint256 amount, uint256 weight, uint256 fee) internal pure returns (uint256) {
        unchecked {
            return _mulDivUp(amount, (WAD - weight) * fee, WAD * WAD - weight * fee);
        }
    }

    /// @notice Most that a trade may move of `whole`.
    function tradeLimitDown(uint256 whole) internal pure returns (uint256) {
        unchecked {
            return whole * MAX_TRADE_WAD / WAD;
        }
    }

    /// @notice base ^ exponent, never below the exact value. Base within 0.5 to 3, exponent within 0.01 to 100; base to 1, to 400.
    function powUp(uint256 base, uint256 exponent) internal pure returns (uint256) {
        if (exponent == WAD) return base;
        uint256 raw = _pow(base, exponent);
        unchecked {
            return raw + _marginUp(raw, exponent);
        }
    }

    /// @notice base ^ exponent, never above the exact value. Base within 1 to 1.3, exponent within 0.0025 to 0.8.
    function powDown(uint256 base, uint256 exponent) internal pure returns (uint256) {
        uint256 raw = _pow(base, exponent);
        unchecked {
            return raw - _marginUp(raw, exponent);
        }
    }

    /// @notice Currency wei per whole token without fee, rounded down.
    function spotPriceDown(uint256 currencyBalance, uint256 currencyWeight, uint256 balance, uint256 weight)
        internal
        pure
        returns (uint256)
    {
        return FixedPointMathLib.fullMulDiv(currencyBalance * weight, WAD, balance * currencyWeight);
    }

    function _pow(uint256 base, uint256 exponent) private pure returns (uint256) {
        unchecked {
            // Solady's powWad: |ln| of what has 18 decimals is below 42e18, so nothing overflows.
            return uint256(FixedPointMathLib.expWad(FixedPointMathLib.lnWad(int256(base)) * int256(exponent) / int256(WAD)));
        }
    }

    function _marginUp(uint256 raw, uint256 exponent) private pure returns (uint256) {
        unchecked {
            return _mulDivUp(raw, MARGIN_SLOPE * exponent + MARGIN_WAD, WAD * WAD) + MARGIN_UNITS;
        }
    }

    function _mulDivUp(uint256 x, uint256 y, uint256 d) private pure returns (uint256) {
        unchecked {
            return FixedPointMathLib.divUp(x * y, d);
        }
    }
}
