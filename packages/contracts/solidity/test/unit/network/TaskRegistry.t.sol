// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {ArenaParam, ITaskRegistry, TaskPhase, TaskRole, TaskTerms, TaskView} from "../../../network/interfaces/ITaskRegistry.sol";
import {ArenaErrors} from "../../../network/libraries/ArenaErrors.sol";
import {Roles} from "../../../network/libraries/Roles.sol";
import {ArenaTest} from "../../base/network/ArenaTest.sol";

contract TaskRegistryTest is ArenaTest {
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

    function _reverts(TaskTerms memory t, string memory term, uint256 value, uint256 min, uint256 max) private {
        vm.prank(creator);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.TaskTermInvalid.selector, term, value, min, max));
        registry.createTask(t);
    }

    // --- tasks
    function test_createTask_opensTheFirstRound() external {
        vm.prank(creator);
        uint256 id = registry.createTask(terms());
        task = id;
        assertEq(id, (uint256(uint160(address(registry))) << 96) | 1, "number");
        _assertPhase(TaskPhase.Submitting, 1);
        TaskView memory v = registry.taskOf(id);
        assertEq(v.creator, creator, "creator");
        assertEq(v.deadline, START + SUBMIT, "deadline");
        assertEq(v.creatorStake, 100e18, "a day at most: one day's stake");
        assertEq(registry.termsOf(id).manifest, keccak256("manifest"), "terms");
    }

    function test_createTask_boundsItsTerms() external {
        TaskTerms memory t = terms();
        t.manifest = 0;
        _reverts(t, "manifest", 0, 1, type(uint256).max);
        t = terms();
        t.evaluation = 0;
        _reverts(t, "evaluation", 0, 1, type(uint256).max);
        t = terms();
        t.rounds = 0;
        _reverts(t, "rounds", 0, 1, 365);
        t.rounds = 366;
        _reverts(t, "rounds", 366, 1, 365);
        t = terms();
        t.submitSeconds = 59;
        _reverts(t, "submitSeconds", 59, 60, 14 days);
        t = terms();
        t.commitSeconds = 14 days + 1;
        _reverts(t, "commitSeconds", 14 days + 1, 60, 14 days);
        t = terms();
        t.revealSeconds = 59;
        _reverts(t, "revealSeconds", 59, 60, 14 days);
        t = terms();
        t.shareBps = 5_001;
        _reverts(t, "shareBps", 5_001, 0, 5_000);
        t = terms();
        t.seats = 0;
        _reverts(t, "seats", 0, 1, 16);
        t.seats = 17;
        _reverts(t, "seats", 17, 1, 16);
        t = terms();
        (t.rounds, t.submitSeconds) = (30, 2 days);
        _reverts(t, "duration", 30 * (2 days + uint256(COMMIT) + REVEAL), 0, 60 days);
    }

    /// Each open task needs stake of its own: 10,000 are a hundred days.
    function test_createTask_needsStakeForAllThatAreOpen() external {
        TaskTerms memory t = terms();
        (t.rounds, t.submitSeconds, t.commitSeconds, t.revealSeconds) = (1, 14 days, 14 days, 14 days);
        vm.startPrank(creator);
        registry.createTask(t);
        registry.createTask(t);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.CreatorStakeTooSmall.selector, 10_000e18, 12_600e18));
        registry.createTask(t);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.CreatorStakeTooSmall.selector, 0, 4_200e18));
        registry.createTask(t);
        // What stands behind a task is free again when the task is closed.
        uint256 first = registry.taskId(1);
        vm.warp(registry.taskOf(first).deadline);
        registry.freeze(first);
        registry.closeTask(first);
        uint256 third = registry.taskId(3);
        vm.prank(creator);
        assertEq(registry.createTask(t), third, "the third");
    }

    function test_fundTask_addsToThePot() external {
        createTask(terms());
        token.approve(address(registry), 7e18);
        vm.expectEmit(address(registry));
        emit ITaskRegistry.TaskFunded(task, address(this), 7e18);
        registry.fundTask(task, 7e18);
        assertEq(registry.taskOf(task).pot, TASK_POT + 7e18, "pot");
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        registry.fundTask(task, 0);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.UnknownTask.selector, 9));
        registry.fundTask(9, 1);
    }

    function test_collectEmission_addsToThePotUntilTheEnd() external {
        startTask(1, 1);
        token.transfer(address(faucet), 100e18);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.NothingDue.selector, task, address(faucet)));
        registry.collectEmission(task);
        faucet.set(task, 50e18, 0);
        assertEq(registry.collectEmission(task), 50e18, "collected");
        assertEq(registry.taskOf(task).pot, TASK_POT + 50e18, "pot");
        faucet.set(task, 50e18, 1);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.UnderReceived.selector, 50e18, 50e18 - 1));
        registry.collectEmission(task);
        for (uint256 i = 0; i < ROUNDS; ++i) {
            playRound(1);
        }
        faucet.set(task, 50e18, 0);
        uint256 before = token.balanceOf(treasury);
        registry.collectEmission(task);
        assertEq(token.balanceOf(treasury) - before, 50e18, "the treasury's after the end");
    }

    // --- members
    function test_join_isForWhoHasStaked() external {
        createTask(terms());
        address node = nodeAt(0);
        vm.prank(node);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.MemberStakeTooSmall.selector, node, 0, MEMBER_STAKE));
        registry.join(task, TaskRole.Node, PEER_KEY, BINDING);
        joinAs(node, TaskRole.Node, MEMBER_STAKE);
        assertEq(uint256(registry.memberOf(task, node).role), uint256(TaskRole.Node), "role");
        (address[] memory nodes, address[] memory validators) = registry.membersOf(task);
        assertEq(nodes.length, 1, "nodes");
        assertEq(validators.length, 0, "validators");
        vm.prank(node);
        vm.expectRevert(ArenaErrors.TaskRoleInvalid.selector);
        registry.join(task, TaskRole.None, PEER_KEY, BINDING);
    }

    /// T2: members find each other by what they joined with.
    function test_join_saysThePeerKey() external {
        createTask(terms());
        address node = nodeAt(0);
        stakeAs(node, Roles.TRAINING_NODE, task, MEMBER_STAKE);
        vm.startPrank(node);
        vm.expectRevert(ErrorsLib.PeerKeyInvalid.selector);
        registry.join(task, TaskRole.Node, 0, BINDING);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.BindingLength.selector, 63));
        registry.join(task, TaskRole.Node, PEER_KEY, new bytes(63));
        vm.expectEmit(address(registry));
        emit ITaskRegistry.TaskJoined(task, node, TaskRole.Node, PEER_KEY, BINDING);
        registry.join(task, TaskRole.Node, PEER_KEY, BINDING);
    }

    /// Either a node or a validator, whatever an account has staked.
    function test_join_isOnceAndInOneRole() external {
        createTask(terms());
        address node = nodeAt(0);
        joinAs(node, TaskRole.Node, MEMBER_STAKE);
        stakeAs(node, Roles.VALIDATOR, task, MEMBER_STAKE);
        bytes memory refusal = abi.encodeWithSelector(ArenaErrors.AlreadyInTask.selector, task, node, TaskRole.Node);
        vm.startPrank(node);
        vm.expectRevert(refusal);
        registry.join(task, TaskRole.Validator, PEER_KEY, BINDING);
        vm.expectRevert(refusal);
        registry.join(task, TaskRole.Node, PEER_KEY, BINDING);
    }

    function test_join_isLimited() external {
        createTask(terms());
        for (uint256 i = 0; i < 64; ++i) {
            joinAs(validatorAt(i), TaskRole.Validator, MEMBER_STAKE);
        }
        stakeAs(validatorAt(64), Roles.VALIDATOR, task, MEMBER_STAKE);
        address last = validatorAt(64);
        vm.prank(last);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.TaskFull.selector, task, 64));
        registry.join(task, TaskRole.Validator, PEER_KEY, BINDING);
    }

    function test_submitModel_isForNodes() external {
        startTask(1, 1);
        address validator = validatorAt(0);
        vm.prank(validator);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.NotInTask.selector, task, validator, TaskRole.Validator));
        registry.submitModel(task, SALT);
        vm.expectRevert(abi.encodeWithSelector(ArenaErrors.NotInTask.selector, task, address(this), TaskRole.None));
        registry.submitModel(task, SALT);
        address node = nodeAt(0);
        vm.startPrank(node);
        vm.expectRevert(ArenaErrors.ModelZero.selector);
        registry.submitModel(task, 0);
        vm.expectEmit(address(registry));
        emit ITaskRegistry.ModelSubmitted(task, node, 1, SALT);
        registry.submitModel(task, SALT);
    }

    /// What is submitted while others vote is for the next round.
    function test_submitModel_doesNotChangeAFrozenRound() external {
        startTask(2, 2);
        startVoting();
        submitAs(nodeAt(0), SALT);
        assertEq(registry.entriesOf(task, 1)[0].model, keccak256(abi.encode("model", 0)), "of this round");
        assertEq(registry.memberOf(task, nodeAt(0)).model, SALT, "of the next one");
    }

    // --- governance
    function test_arenaParams_haveBounds() external {
        uint256[9] memory min = [uint256(1e18), 0, 1 days, 0.5e18, 0.5e18, 100, 0, 0, 1_000];
        uint256[9] memory max = [uint256(10_000e18), 9_500, 180 days, 1.5e18, 0.99e18, 5_000, 500, 200, 10_000];
        uint256[9] memory first = [uint256(100e18), 9_000, 30 days, 1e18, 0.8e18, 1_000, 100, 50, 2_000];
        vm.startPrank(governor);
        for (uint256 i = 0; i < 9; ++i) {
            assertEq(registry.arenaParam(ArenaParam(i)), first[i], "first");
            vm.expectRevert(_outOfRange(i, max[i] + 1, min[i], max[i]));
            registry.setArenaParam(ArenaParam(i), max[i] + 1);
            if (min[i] != 0) {
                vm.expectRevert(_outOfRange(i, min[i] - 1, min[i], max[i]));
                registry.setArenaParam(ArenaParam(i), min[i] - 1);
            }
            vm.expectEmit(address(registry));
            emit ITaskRegistry.ArenaParamSet(ArenaParam(i), max[i]);
            registry.setArenaParam(ArenaParam(i), max[i]);
            registry.setArenaParam(ArenaParam(i), min[i]);
            assertEq(registry.arenaParam(ArenaParam(i)), min[i], "set");
        }
    }

    function test_arenaParams_revertForStrangers() external {
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this));
        vm.expectRevert(refusal);
        registry.setArenaParam(ArenaParam.Tolerance, 1_000);
    }

    function _outOfRange(uint256 param, uint256 value, uint256 min, uint256 max) private pure returns (bytes memory) {
        string[9] memory names = [
            "creatorStakePerDay",
            "lockedBps",
            "vestingSeconds",
            "stakeExponent",
            "rankRatio",
            "tolerance",
            "missedBps",
            "outlierBps",
            "outlierDistance"
        ];
        return abi.encodeWithSelector(ArenaErrors.ArenaParamOutOfRange.selector, names[param], value, min, max);
    }
}
