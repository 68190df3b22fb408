// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Parameter} from "../../../network/interfaces/IStakeManager.sol";
import {ArenaParam, TaskRole, TaskTerms} from "../../../network/interfaces/ITaskRegistry.sol";
import {Roles} from "../../../network/libraries/Roles.sol";
import {ArenaErrors} from "../../../network/libraries/ArenaErrors.sol";
import {ArenaTest} from "../../base/network/ArenaTest.sol";

/// @notice The highest score, the least distance and the last wei that are allowed.
contract ArenaBordersTest is ArenaTest {
    function setUp() external {
        openArena();
    }

    /// @dev All four validators find the only model perfect, but the last one, who is `apart` from them.
    function _playApart(uint16 apart) private {
        startVoting();
        uint16[] memory scores = new uint16[](1);
        for (uint256 i = 0; i < 4; ++i) {
            scores[0] = i == 3 ? 10_000 - apart : 10_000;
            commitAs(validatorAt(i), scores);
        }
        vm.warp(registry.taskOf(task).deadline);
        for (uint256 i = 0; i < 4; ++i) {
            scores[0] = i == 3 ? 10_000 - apart : 10_000;
            revealAs(validatorAt(i), scores);
        }
        registry.count(task, type(uint256).max);
    }

    function test_createTask_needsNoMoreThanItsStake() external {
        address frugal = account("frugal");
        stakeAs(frugal, Roles.TASK_CREATOR, registry.taskId(0), 4_200e18);
        TaskTerms memory t = terms();
        (t.rounds, t.submitSeconds, t.commitSeconds, t.revealSeconds) = (1, 14 days, 14 days, 14 days);
        vm.prank(frugal);
        uint256 id = registry.createTask(t);
        assertEq(registry.taskOf(id).creator, frugal, "created");
    }

    function test_join_isNotForAStakeThatHasBecomeTooSmall() external {
        createTask(terms());
        stakeAs(nodeAt(0), Roles.TRAINING_NODE, task, MEMBER_STAKE);
        setParameter(Parameter.MIN_TRAINING_NODE, 3_001);
        bytes memory refusal =
            abi.encodeWithSelector(ArenaErrors.MemberStakeTooSmall.selector, nodeAt(0), MEMBER_STAKE, MEMBER_STAKE + 1e18);
        vm.prank(nodeAt(0));
        vm.expectRevert(refusal);
        registry.join(task, TaskRole.Node, PEER_KEY, BINDING);
    }

    function test_revealScores_takesAFullScore() external {
        startTask(1, 4);
        _playApart(0);
        assertEq(registry.taskOf(task).round, 2, "counted");
    }

    /// Who is off by the whole distance is off; by a point less it is not.
    function test_punish_beginsAtTheDistance() external {
        vm.prank(governor);
        registry.setArenaParam(ArenaParam.OutlierDistance, 3_000);
        startTask(1, 4);
        _playApart(2_999);
        uint256 seat = seatIn(1, validatorAt(3));
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.NothingToPunish.selector, task, 1, seat));
        registry.punish(task, 1, seat);
        _playApart(3_000);
        assertEq(registry.punish(task, 2, seatIn(2, validatorAt(3))), MEMBER_STAKE / 200, "half a percent");
    }

    function test_punish_roundsUp() external {
        createTask(terms());
        joinAs(nodeAt(0), TaskRole.Node, MEMBER_STAKE);
        submitAs(nodeAt(0), "model");
        joinAs(validatorAt(0), TaskRole.Validator, MEMBER_STAKE + 1);
        joinAs(validatorAt(1), TaskRole.Validator, MEMBER_STAKE);
        startVoting();
        commitAs(0);
        commitAs(1);
        vm.warp(registry.taskOf(task).deadline);
        revealAs(1);
        vm.warp(uint256(registry.taskOf(task).deadline) + REVEAL);
        registry.count(task, type(uint256).max);
        assertEq(registry.punish(task, 1, seatIn(1, validatorAt(0))), MEMBER_STAKE / 100 + 1, "rounded up");
    }

    function seatIn(uint16 round, address who) private view returns (uint256) {
        return registry.seatOf(task, round, who).seat;
    }
}
