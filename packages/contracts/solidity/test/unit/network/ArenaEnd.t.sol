// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Purse, TaskPhase, TaskRole, TaskView} from "../../../network/interfaces/ITaskRegistry.sol";
import {ArenaErrors} from "../../../network/libraries/ArenaErrors.sol";
import {Roles} from "../../../network/libraries/Roles.sol";
import {ArenaTest} from "../../base/network/ArenaTest.sol";

contract ArenaEndTest is ArenaTest {
    function setUp() external {
        openArena();
    }

    function _assertPhase(TaskPhase phase, uint16 round) private view {
        TaskView memory v = registry.taskOf(task);
        assertEq(uint256(v.phase), uint256(phase), "phase");
        assertEq(v.round, round, "round");
    }

    function _wrongPhase(TaskPhase phase) private view returns (bytes memory) {
        return abi.encodeWithSelector(ArenaErrors.WrongTaskPhase.selector, task, phase);
    }

    // --- punishment
    function test_punish_slashesWhoDidNotReveal() external {
        startTask(2, 3);
        startVoting();
        commitAs(0);
        commitAs(1);
        vm.warp(registry.taskOf(task).deadline);
        revealAs(0);
        vm.warp(block.timestamp + REVEAL);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.RoundNotCounted.selector, task, 1));
        registry.punish(task, 1, 1);
        registry.count(task, 64);
        for (uint256 seat = 1; seat < 3; ++seat) {
            bytes32 key_ = stakes.keyOf(validatorAt(seat), Roles.VALIDATOR, task);
            vm.prank(reporter);
            assertEq(registry.punish(task, 1, seat), 30e18, "a hundredth");
            assertEq(stakes.selfStakeOf(key_), MEMBER_STAKE - 30e18, "slashed");
            vm.expectRevert(abi.encodeWithSelector(ArenaErrors.NothingToPunish.selector, task, 1, seat));
            registry.punish(task, 1, seat);
        }
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.NothingToPunish.selector, task, 1, 0));
        registry.punish(task, 1, 0);
        assertTrue(stakes.earnedOf(reporter) != 0, "the reporter's part");
        assertTrue(registry.seatOf(task, 1, validatorAt(1)).punished, "noted");
    }

    function test_punish_slashesOutliersLess() external {
        startTask(1, 4);
        startVoting();
        uint16[] memory far = new uint16[](1);
        far[0] = 5_000;
        for (uint256 i = 0; i < 3; ++i) {
            commitAs(i);
        }
        commitAs(validatorAt(3), far);
        vm.warp(registry.taskOf(task).deadline);
        for (uint256 i = 0; i < 3; ++i) {
            revealAs(i);
        }
        revealAs(validatorAt(3), far);
        registry.count(task, 64);
        assertEq(purseOf(validatorAt(3)).free, 0, "earns nothing");
        assertEq(registry.punish(task, 1, 3), 15e18, "half of a hundredth");
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.NothingToPunish.selector, task, 1, 0));
        registry.punish(task, 1, 0);
    }

    // --- end
    function _finish(uint256 validators) private {
        for (uint256 i = 0; i < ROUNDS; ++i) {
            playRound(validators);
        }
        _assertPhase(TaskPhase.Finished, ROUNDS);
    }

    function test_claim_paysWhatIsFreeAndLaterWhatVested() external {
        startTask(2, 2);
        playRound(2);
        address node = nodeAt(0);
        uint256 free = purseOf(node).free;
        assertEq(registry.claim(task, node), free, "a tenth at once");
        assertEq(stakes.earnedOf(node), free, "by way of the StakeManager");
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.NothingDue.selector, task, node));
        registry.claim(task, node);
        playRound(2);
        playRound(2);
        Purse memory purse = purseOf(node);
        registry.claim(task, node);
        vm.warp(block.timestamp + 15 days);
        assertEq(registry.claim(task, node), purse.locked / 2, "half after half of the time");
        vm.warp(block.timestamp + 30 days);
        assertEq(registry.claim(task, node), purse.locked - purse.locked / 2, "the rest");
        assertEq(dueOf(node), 0, "all of it");
    }

    function test_release_freesTheStakeAtTheEnd() external {
        startTask(1, 1);
        address node = nodeAt(0);
        bytes32 key_ = stakes.keyOf(node, Roles.TRAINING_NODE, task);
        vm.expectRevert(_wrongPhase(TaskPhase.Submitting));
        registry.release(task, node);
        assertEq(stakes.positionOf(key_).holds, 1, "held");
        _finish(1);
        registry.release(task, node);
        assertEq(stakes.positionOf(key_).holds, 0, "free");
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.AlreadyReleased.selector, task, node));
        registry.release(task, node);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.NotInTask.selector, task, address(this), TaskRole.None));
        registry.release(task, address(this));
    }

    function test_closeTask_returnsWhatIsLeftAndTheCreatorsStake() external {
        startTask(1, 0);
        token.approve(address(registry), 500e18);
        registry.fundTask(task, 500e18);
        vm.expectRevert(_wrongPhase(TaskPhase.Submitting));
        registry.closeTask(task);
        for (uint256 i = 0; i < ROUNDS; ++i) {
            vm.warp(registry.taskOf(task).deadline);
            registry.freeze(task);
        }
        (uint256 his, uint256 theirs) = (token.balanceOf(creator), token.balanceOf(treasury));
        registry.closeTask(task);
        assertEq(token.balanceOf(creator) - his, TASK_POT, "what the creator paid in");
        assertEq(token.balanceOf(treasury) - theirs, 500e18, "what others did");
        bytes32 key_ = stakes.keyOf(creator, Roles.TASK_CREATOR, registry.taskId(0));
        assertEq(stakes.positionOf(key_).holds, 0, "free");
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.AlreadyReleased.selector, task, creator));
        registry.closeTask(task);
        vm.expectRevert(_wrongPhase(TaskPhase.Finished));
        registry.fundTask(task, 1);
    }
}
