// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EmissionMath} from "../../../network/libraries/EmissionMath.sol";
import {StakeMath} from "../../../network/libraries/StakeMath.sol";
import {StakeBase} from "../../base/network/StakeBase.sol";
import {VectorTest} from "../VectorTest.sol";

/// @notice Emission, locks and splits are those of the TypeScript model, to the wei.
contract StakeDifferentialTest is StakeBase, VectorTest {
    function test_emission_isTheModels() external {
        load("network-emission.json", 3);
        deployStakes();
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            assertEq(emission.emissionOn(r[0]), r[1], "of the day");
            assertEq(emission.emissionUntil(r[0]), r[2], "of all before");
        }
    }

    /// What is minted by the end of each month is what the schedule says, whenever it is asked for.
    function test_minted_isTheModels() external {
        load("network-emission.json", 3);
        deployStakes();
        uint256 minted;
        for (uint256 i = 0; i < rowCount(); i += 5) {
            uint256[] memory r = rowAt(i);
            vm.warp(START + r[0] * 1 days);
            minted += emission.emitDays(type(uint256).max);
            assertEq(minted, r[2], "minted");
            assertEq(token.totalSupply(), INITIAL_SUPPLY + minted, "supply");
        }
    }

    function test_locks_areTheModels() external {
        load("network-locks.json", 3);
        deployStakes();
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            assertEq(gm.amountFor(r[0], r[1]), r[2], "locked stake");
        }
    }

    function test_rewards_areTheModels() external {
        load("network-rewards.json", 5);
        assertEq(rowAt(0)[4], 8_712.6e18, "FLock's example");
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            assertEq(StakeMath.delegatorsDown(r[0], r[1], r[2], r[3]), r[4], "delegators' part");
        }
    }

    function test_weights_areTheModels() external {
        load("network-weights.json", 5);
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            assertEq(StakeMath.weightDown(r[0], r[1], r[2], r[3]), r[4], "weight");
        }
    }
}
