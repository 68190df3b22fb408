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
            if (r[5] == 0) continue;
            assertEq(PoolMath.powDown(r[0], r[1]), r[5], "powDown");
            assertLe(r[5], r[2], "powDown is not above the exact power");
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

contract SingleDifferentialTest is VectorTest {
    function setUp() external {
        load("single-quotes.json", 10);
    }

    function test_joinSingle_isTheModelsToTheWei() external view {
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            uint256 shares = PoolMath.sharesForSingleInDown(r[0], r[1], r[2], r[4], r[3]);
            assertEq(shares, r[5], "shares");
            assertLe(shares, r[6], "more than exact");
        }
    }

    function test_exitSingle_isTheModelsToTheWei() external view {
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            uint256 out = PoolMath.outForSharesDown(r[0], r[1], r[2], r[7], r[3]);
            assertEq(out, r[8], "amount out");
            assertLe(out, r[9], "more than exact");
        }
    }
}
