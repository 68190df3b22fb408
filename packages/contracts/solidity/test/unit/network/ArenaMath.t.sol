// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ArenaMath} from "../../../network/libraries/ArenaMath.sol";
import {TestBase} from "../../base/TestBase.sol";

/// @notice Roundings and borders that a task's round numbers do not meet; src/model/network/arena-rewards.ts has the rest.
contract ArenaMathTest is TestBase {
    function test_roundReward_roundsDown() external pure {
        assertEq(ArenaMath.roundReward(100, 3, 1), 33, "a third");
        assertEq(ArenaMath.roundReward(67, 3, 2), 33, "half of the rest");
        assertEq(ArenaMath.roundReward(34, 3, 3), 34, "all of the rest");
    }

    function test_nodesPartDown_isHalfWithoutStakes() external pure {
        assertEq(ArenaMath.nodesPartDown(101, 3_000, 0, 0), 50, "validators get the odd wei");
    }

    function test_nodeRewards_payAFullScore() external pure {
        (uint16[] memory scores, uint256[] memory stakes) = (new uint16[](3), new uint256[](3));
        // The last one has no score at all.
        (scores[0], scores[1], scores[2]) = (10_000, 9_999, type(uint16).max);
        (stakes[0], stakes[1], stakes[2]) = (1e18, 1e18, 1e18);
        uint256[] memory rewards = ArenaMath.nodeRewards(300, scores, stakes, 0.5e18, 1e18);
        assertEq(rewards[0], 200, "best");
        assertEq(rewards[1], 100, "second");
        assertEq(rewards[2], 0, "without a score");
    }

    function test_vestedDown_isAllAtTheEndAndWithoutVesting() external pure {
        assertEq(ArenaMath.vestedDown(100, 2, 3), 66, "two thirds");
        assertEq(ArenaMath.vestedDown(100, 3, 3), 100, "at the end");
        assertEq(ArenaMath.vestedDown(100, 0, 0), 100, "no vesting");
    }
}
