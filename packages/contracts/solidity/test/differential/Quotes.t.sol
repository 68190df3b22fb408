// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";

import {PoolMath} from "../../libraries/PoolMath.sol";
import {VectorTest} from "./VectorTest.sol";

/// @notice PoolMath gives the numbers of the TypeScript model to the wei, and never more than the exact ones.
contract PowDifferentialTest is VectorTest {
    function test_pow_isTheModelsAndOnTheRightSide() external {
        load("pow.json", 6);
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            assertEq(uint256(FixedPointMathLib.powWad(int256(r[0]), int256(r[1]))), r[3], "powWad");
            assertEq(PoolMath.powUp(r[0], r[1]), r[4], "powUp");
            assertLt(r[2], r[4], "powUp is above the exact power");
        }
    }
}

contract SwapDifferentialTest is VectorTest {
    function setUp() external {
        load("swap-quotes.json", 11);
    }

    function test_exactIn_isTheModelsToTheWei() external view {
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            uint256 out = PoolMath.outForExactInDown(r[0], r[1], r[2], r[3], r[5], r[4]);
            assertEq(out, r[6], "amount out");
            assertLe(out, r[7], "more than exact");
        }
    }

    /// Attack 2: exact out never takes less than the exact amount.
    function test_attack_02_exactOut_isTheModelsToTheWei() external view {
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            uint256 amount = PoolMath.inForExactOutUp(r[0], r[1], r[2], r[3], r[8], r[4]);
            assertEq(amount, r[9], "amount in");
            assertLe(r[10], amount, "less than exact");
        }
    }
}
