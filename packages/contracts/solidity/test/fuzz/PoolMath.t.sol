// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PoolMath} from "../../libraries/PoolMath.sol";
import {TestBase} from "../base/TestBase.sol";

/// @notice PoolMath against exact amounts, computed with 70 digits by scripts/swap-vectors.ts.
contract PoolMathDifferentialTest is TestBase {
    uint256 private constant COLUMNS = 8;
    uint256 private constant WAD = 1e18;
    /// @dev Of all amounts below: a change of any rounding changes it, and must be meant.
    bytes32 private constant PINNED = 0x18fb9f483f81868f9dba666517dd3055bd82c6b1e1c099e24adcbbc33f6edc22;

    uint256[] private rows;

    function setUp() external {
        rows = vm.parseJsonUintArray(vm.readFile("solidity/test/vectors/swaps.json"), ".rows");
    }

    function _row(uint256 i) private view returns (uint256[8] memory r) {
        for (uint256 k = 0; k < COLUMNS; ++k) {
            r[k] = rows[i * COLUMNS + k];
        }
    }

    /// @dev What rounding may cost: the margin of pow, and the last digit of base, exponent and power.
    function _tolerance(uint256 balance, uint256 numerator, uint256 denominator, uint256 power) private pure returns (uint256) {
        uint256 units = 4 * numerator / denominator + 20;
        return balance * units / WAD * power / WAD + balance * units / WAD + 3;
    }

    function test_exactIn_neverPaysMoreThanTheExactAmountAndHardlyLess() external view {
        for (uint256 i = 0; i < rows.length / COLUMNS; ++i) {
            uint256[8] memory r = _row(i);
            uint256 out = PoolMath.outForExactInDown(r[0], r[1], r[2], r[3], r[4], 0);
            assertLe(out, r[5], "more than exact");
            // One wei on the in side is part of the rounding: it weighs when the balance is small.
            uint256 wei_ = r[2] * r[1] / r[3] / r[0];
            assertLe(r[5] - out, _tolerance(r[2], r[1], r[3], WAD) + wei_, "too far below");
        }
    }

    /// Attack 2: exact out never takes less than the exact amount.
    function test_attack_02_exactOut_neverTakesLessThanTheExactAmountAndHardlyMore() external view {
        for (uint256 i = 0; i < rows.length / COLUMNS; ++i) {
            uint256[8] memory r = _row(i);
            uint256 amount = PoolMath.inForExactOutUp(r[0], r[1], r[2], r[3], r[6], 0);
            assertLe(r[7], amount, "less than exact");
            uint256 power = WAD + r[7] * WAD / r[0] + 1;
            assertLe(amount - r[7], _tolerance(r[0], r[3], r[1], power), "too far above");
        }
    }

    function test_allAmountsArePinned() external view {
        bytes32 hash;
        for (uint256 i = 0; i < rows.length / COLUMNS; ++i) {
            uint256[8] memory r = _row(i);
            hash = _pin(hash, r, (i % 5) * 0.0037e18);
            // Small balances, of which every wei shows.
            (r[0], r[2]) = (1e9 + i * 7_919, 1e9 + i * 104_729);
            (r[4], r[6]) = (1e6 + i * 31, 1e6 + i * 37);
            hash = _pin(hash, r, 0.0005e18 + i);
        }
        assertEq(hash, PINNED, "amounts");
    }

    function _pin(bytes32 hash, uint256[8] memory r, uint256 fee) private pure returns (bytes32) {
        uint256 out = PoolMath.outForExactInDown(r[0], r[1], r[2], r[3], r[4], fee);
        uint256 amount = PoolMath.inForExactOutUp(r[0], r[1], r[2], r[3], r[6], fee);
        return keccak256(abi.encode(hash, out, amount));
    }

    /// The fee is rounded up, and only lowers what comes out.
    function test_fuzz_fee_lowersWhatComesOut(uint256 i, uint256 fee) external view {
        uint256[8] memory r = _row(i % (rows.length / COLUMNS));
        fee = bound(fee, 1, 0.1e18);
        uint256 free = PoolMath.outForExactInDown(r[0], r[1], r[2], r[3], r[4], 0);
        assertLe(PoolMath.outForExactInDown(r[0], r[1], r[2], r[3], r[4], fee), free, "exact in");
        uint256 cost = PoolMath.inForExactOutUp(r[0], r[1], r[2], r[3], r[6], 0);
        uint256 gross = PoolMath.inForExactOutUp(r[0], r[1], r[2], r[3], r[6], fee);
        assertLe(cost * WAD, gross * (WAD - fee), "exact out");
    }

    /// More in never gives less out.
    function test_fuzz_exactIn_isMonotone(uint256 i, uint256 a, uint256 b) external view {
        uint256[8] memory r = _row(i % (rows.length / COLUMNS));
        a = bound(a, 1, r[0] * 3 / 10);
        b = bound(b, a, r[0] * 3 / 10);
        uint256 small = PoolMath.outForExactInDown(r[0], r[1], r[2], r[3], a, 0);
        uint256 large = PoolMath.outForExactInDown(r[0], r[1], r[2], r[3], b, 0);
        // The margin shrinks with the power: monotone but for a unit of it.
        assertLe(small, large + r[2] / 1e17 + 1, "monotone");
    }

    /// An exponent of one is exact, without pow.
    function test_fuzz_powUp_ofOneIsTheBase(uint256 base) external pure {
        base = bound(base, 0.5e18, 3e18);
        assertEq(PoolMath.powUp(base, WAD), base, "base");
    }
}
