// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Entry,
    ITaskRegistry,
    Purse,
    SeatView,
    TaskPhase,
    TaskRole,
    TaskTerms,
    TaskView
} from "../../../network/interfaces/ITaskRegistry.sol";
import {ArenaErrors} from "../../../network/libraries/ArenaErrors.sol";
import {Roles} from "../../../network/libraries/Roles.sol";
import {VotingErrors} from "../../../network/libraries/VotingErrors.sol";
import {Vm} from "../../base/Vm.sol";
import {ArenaTest} from "../../base/network/ArenaTest.sol";
import {BeaconMock} from "../../mocks/network/BeaconMock.sol";

contract ArenaRoundsTest is ArenaTest {
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

    // --- freeze and draw
    function test_freeze_waitsForSubmissions() external {
        startTask(2, 2);
        uint256 deadline = registry.taskOf(task).deadline;
        vm.warp(deadline - 1);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.TaskPhaseRunning.selector, task, deadline));
        registry.freeze(task);
        vm.warp(deadline);
        registry.freeze(task);
        _assertPhase(TaskPhase.Drawing, 1);
        assertTrue(beacon.timeOf(registry.taskOf(task).beaconRound) > block.timestamp + 30, "a round that nobody knows");
        vm.expectRevert(_wrongPhase(TaskPhase.Drawing));
        registry.freeze(task);
    }

    function test_freeze_voidsARoundWithoutModelsOrValidators() external {
        startTask(2, 0);
        vm.warp(registry.taskOf(task).deadline);
        vm.expectEmit(address(registry));
        emit ITaskRegistry.RoundVoided(task, 1);
        registry.freeze(task);
        _assertPhase(TaskPhase.Submitting, 2);
        assertEq(registry.taskOf(task).pot, TASK_POT, "the pot is carried");
    }

    /// Who has less stake than its role needs is out of the round.
    function test_freeze_leavesOutWhoHasTooLittleStake() external {
        startTask(2, 2);
        address node = nodeAt(0);
        vm.prank(node);
        stakes.unstake(Roles.TRAINING_NODE, task, MEMBER_STAKE);
        vm.warp(registry.taskOf(task).deadline);
        registry.freeze(task);
        Entry[] memory entries = registry.entriesOf(task, 1);
        assertEq(entries.length, 1, "entries");
        assertEq(entries[0].node, nodeAt(1), "the other one");
    }

    function test_draw_waitsForTheBeacon() external {
        startTask(2, 2);
        vm.expectRevert(_wrongPhase(TaskPhase.Submitting));
        registry.draw(task);
        vm.warp(registry.taskOf(task).deadline);
        registry.freeze(task);
        vm.expectRevert(abi.encodeWithSelector(BeaconMock.SeedUnknown.selector, registry.taskOf(task).beaconRound));
        registry.draw(task);
        beacon.set(registry.taskOf(task).beaconRound, SALT);
        registry.draw(task);
        _assertPhase(TaskPhase.Voting, 1);
        assertEq(seatOf(validatorAt(0)).assigned, 3, "two validators, eight seats: each scores both models");
        assertEq(seatOf(validatorAt(1)).assigned, 3, "the other one too");
        assertTrue(!seatOf(nodeAt(0)).seated, "a node has no seat");
    }

    function test_phases_lastAsLongAsTheTermsSay() external {
        startTask(2, 2);
        startVoting();
        assertEq(registry.taskOf(task).deadline, block.timestamp + COMMIT, "to commit");
        vm.warp(block.timestamp + COMMIT + REVEAL);
        registry.count(task, type(uint256).max);
        _assertPhase(TaskPhase.Submitting, 2);
        assertEq(registry.taskOf(task).deadline, block.timestamp + SUBMIT, "to submit");
    }

    /// Four validators' models fill a word: those of the fifth and sixth are their own.
    function test_draw_keepsTheModelsOfEachValidator() external {
        TaskTerms memory t = terms();
        t.seats = 3;
        createTask(t);
        for (uint256 i = 0; i < 6; ++i) {
            joinAs(nodeAt(i), TaskRole.Node, MEMBER_STAKE);
            submitAs(nodeAt(i), keccak256(abi.encode("model", i)));
            joinAs(validatorAt(i), TaskRole.Validator, MEMBER_STAKE);
        }
        vm.recordLogs();
        startVoting();
        Vm.Log[] memory logs = vm.getRecordedLogs();
        Vm.Log memory last = logs[logs.length - 1];
        assertEq(last.topics[0], ITaskRegistry.RoundDrawn.selector, "drawn");
        (, uint64[] memory assigned,,) = abi.decode(last.data, (bytes32, uint64[], uint40, uint40));
        for (uint256 i = 0; i < 6; ++i) {
            SeatView memory seat = seatOf(validatorAt(i));
            assertEq(seat.assigned, assigned[seat.seat], "what the contract says");
        }
    }

    function test_voidRound_isForABeaconThatDoesNotCome() external {
        startTask(2, 2);
        vm.warp(registry.taskOf(task).deadline);
        registry.freeze(task);
        TaskView memory v = registry.taskOf(task);
        assertEq(v.deadline, beacon.timeOf(v.beaconRound) + 1 days, "a day after it was due");
        vm.warp(v.deadline - 1);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.TaskPhaseRunning.selector, task, v.deadline));
        registry.voidRound(task);
        vm.warp(v.deadline);
        beacon.set(v.beaconRound, SALT);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.BeaconKnown.selector, task, v.beaconRound));
        registry.voidRound(task);
        beacon.set(v.beaconRound, 0);
        registry.voidRound(task);
        _assertPhase(TaskPhase.Submitting, 2);
    }

    // --- votes
    function test_commitScores_isForWhoWasDrawnAndInTime() external {
        startTask(2, 2);
        startVoting();
        address validator = validatorAt(0);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.NotSeated.selector, address(this), 0));
        registry.commitScores(task, 0, SALT);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.NotDrawn.selector, task, 2));
        registry.commitScores(task, 2, SALT);
        commitAs(0);
        assertTrue(seatOf(validator).committed, "committed");
        uint256 deadline = registry.taskOf(task).deadline;
        vm.warp(deadline);
        vm.prank(validatorAt(1));
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.TaskPhaseOver.selector, task, deadline));
        registry.commitScores(task, 1, SALT);
    }

    function test_revealScores_isInTime() external {
        startTask(2, 2);
        startVoting();
        commitAs(0);
        commitAs(1);
        uint256 from = registry.taskOf(task).deadline;
        uint16[] memory scores = scoresOf(0);
        address first = validatorAt(0);
        vm.warp(from - 1);
        vm.prank(first);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.TaskPhaseRunning.selector, task, from));
        registry.revealScores(task, 0, scores, SALT);
        vm.warp(from);
        revealAs(0);
        assertTrue(seatOf(first).revealed, "revealed");
        scores = scoresOf(1);
        address second = validatorAt(1);
        vm.warp(from + REVEAL);
        vm.prank(second);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.TaskPhaseOver.selector, task, from + REVEAL));
        registry.revealScores(task, 1, scores, SALT);
    }

    function test_revealScores_checksTheScores() external {
        TaskTerms memory t = terms();
        t.seats = 1;
        createTask(t);
        for (uint256 i = 0; i < 2; ++i) {
            joinAs(nodeAt(i), TaskRole.Node, MEMBER_STAKE);
            submitAs(nodeAt(i), bytes32(i + 1));
            joinAs(validatorAt(i), TaskRole.Validator, MEMBER_STAKE);
        }
        startVoting();
        address who = seatOf(validatorAt(0)).assigned != 0 ? validatorAt(0) : validatorAt(1);
        SeatView memory seat = seatOf(who);
        uint256 drawn = seat.assigned & 1 != 0 ? 0 : 1;
        uint16[] memory scores = new uint16[](2);
        (scores[0], scores[1]) = (NONE, NONE);
        scores[drawn] = 10_001;
        commitAs(who, scores);
        vm.warp(registry.taskOf(task).deadline);
        vm.prank(who);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.ScoreInvalid.selector, drawn, 10_001));
        registry.revealScores(task, seat.seat, scores, SALT);
    }

    function test_revealScores_takesScoresOnlyForWhatWasDrawn() external {
        startTask(2, 2);
        startVoting();
        uint16[] memory scores = new uint16[](2);
        (scores[0], scores[1]) = (NONE, 5_000);
        commitAs(validatorAt(0), scores);
        vm.warp(registry.taskOf(task).deadline);
        address who = validatorAt(0);
        vm.prank(who);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.ScoreInvalid.selector, 0, NONE));
        registry.revealScores(task, 0, scores, SALT);
    }

    // --- count
    function test_count_waitsForReveals() external {
        startTask(2, 2);
        startVoting();
        uint256 from = registry.taskOf(task).deadline;
        commitAs(0);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.TaskPhaseRunning.selector, task, from + REVEAL));
        registry.count(task, 64);
        vm.warp(from + REVEAL - 1);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.TaskPhaseRunning.selector, task, from + REVEAL));
        registry.count(task, 64);
        revealAs(0);
        registry.count(task, 64);
        _assertPhase(TaskPhase.Submitting, 2);
    }

    function test_count_isResumedByAnybody() external {
        startTask(3, 2);
        startVoting();
        vm.warp(registry.taskOf(task).deadline);
        assertTrue(!registry.count(task, 2), "not done");
        _assertPhase(TaskPhase.Voting, 1);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.NothingToTally.selector, 2));
        registry.count(task, 0);
        vm.prank(account("stranger"));
        assertTrue(registry.count(task, 2), "done");
        _assertPhase(TaskPhase.Submitting, 2);
    }

    /// 3,000 in three rounds: 1,000 each. Two nodes and two validators of the same stake: half for each side (gamma is 0.1). The better
    /// node gets 1 / 1.8 of its half.
    function test_count_paysByRankAndCloseness() external {
        startTask(2, 2);
        playRound(2);
        Purse memory first = purseOf(nodeAt(0));
        Purse memory second = purseOf(nodeAt(1));
        uint256 better = uint256(500e18) * 1e18 / 1.8e18;
        assertEq(first.free + first.locked, better, "the better model");
        assertEq(first.locked, better * 9 / 10, "nine tenths stay");
        assertEq(second.free + second.locked, uint256(500e18) * 0.8e18 / 1.8e18, "the other one");
        Purse memory v = purseOf(validatorAt(0));
        assertEq(v.locked, 0, "validators are paid at once");
        assertEq(registry.consensusOf(task, 1, 0), 9_005, "the middle of two");
        uint256 paid = uint256(first.free) + first.locked + second.free + second.locked + v.free;
        paid += purseOf(validatorAt(1)).free;
        assertEq(registry.taskOf(task).pot, TASK_POT - paid, "every wei once");
        assertEq(v.free, purseOf(validatorAt(1)).free, "as far from the middle");
    }

    /// Nobody reveals: no consensus, no reward, all of it is carried to the next round.
    function test_count_carriesThePotWhenNobodyReveals() external {
        startTask(2, 2);
        startVoting();
        vm.warp(registry.taskOf(task).deadline);
        registry.count(task, 64);
        assertEq(registry.consensusOf(task, 1, 0), NONE, "no consensus");
        assertEq(registry.taskOf(task).pot, TASK_POT, "carried");
        assertEq(dueOf(nodeAt(0)), 0, "nothing due");
    }
}
