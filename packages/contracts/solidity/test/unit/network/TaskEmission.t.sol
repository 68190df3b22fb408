// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {TaskEmission} from "../../../network/TaskEmission.sol";
import {ITaskEmission} from "../../../network/interfaces/IEmission.sol";
import {EmissionErrors} from "../../../network/libraries/EmissionErrors.sol";
import {Roles} from "../../../network/libraries/Roles.sol";
import {StakeBase} from "../../base/network/StakeBase.sol";

/// @notice Two tasks, 3,000 and 9,000 staked: a quarter and three quarters of the emission.
contract TaskEmissionTest is StakeBase {
    TaskEmission private tasks;
    uint256 private other;
    uint256 private daily;

    function setUp() external {
        deployStakes();
        bytes memory args = abi.encode(address(manager), address(emission), address(stakes));
        tasks = TaskEmission(deployBuilt("TaskEmission", args));
        vm.prank(governor);
        emission.setRecipients(oneRecipient(address(tasks)));
        bytes4[] memory functions_ = new bytes4[](2);
        (functions_[0], functions_[1]) = (tasks.addTask.selector, tasks.removeTask.selector);
        allow(ARENA_ROLE, arena, address(tasks), functions_);
        other = task + 1;
        open();
        give(reporter, 9_030e18);
        vm.prank(reporter);
        stakes.stake(NODE, other, 9_000e18);
        _add(task);
        _add(other);
        daily = emission.emissionOn(0);
    }

    function _add(uint256 t) private {
        vm.prank(arena);
        tasks.addTask(t);
    }

    function _nextDay() private returns (uint256) {
        vm.warp(block.timestamp + 1 days);
        return tasks.distribute();
    }

    function test_distribute_splitsByStakeThatWasThereADayAgo() external {
        assertEq(_nextDay(), daily, "emitted");
        assertEq(tasks.carried(), daily, "no stake counts yet");
        assertEq(token.balanceOf(address(tasks)), daily, "held");
        assertEq(_nextDay(), 2 * daily, "carried and emitted");
        assertEq(tasks.owedTo(task), 2 * daily * 3_000e18 / 12_000e18, "a quarter");
        assertEq(tasks.owedTo(other), 2 * daily * 9_000e18 / 12_000e18, "three quarters");
        assertEq(tasks.owedTo(task) + tasks.owedTo(other) + tasks.carried(), 2 * daily, "to the wei");
        vm.prank(arena);
        vm.expectEmit(address(tasks));
        emit ITaskEmission.TaskCollected(task, 2 * daily / 4);
        assertEq(tasks.collect(task), 2 * daily / 4, "paid to the task's contract");
        vm.prank(arena);
        assertEq(tasks.collect(task), 0, "once");
    }

    /// Somebody has the emission handed over before it is split: it is split all the same.
    function test_distribute_countsWhatSomebodyHadCollected() external {
        vm.warp(block.timestamp + 1 days);
        emission.emitDays(9);
        assertEq(emission.collect(address(tasks)), daily, "handed over");
        assertEq(tasks.distribute(), daily, "and counted");
        assertEq(_nextDay(), 2 * daily, "once");
        assertEq(token.balanceOf(address(tasks)), 2 * daily, "held");
        assertEq(tasks.owedTo(task) + tasks.owedTo(other) + tasks.carried(), 2 * daily, "owed");
    }

    function test_distribute_isOnceADay() external {
        _nextDay();
        uint256 next = block.timestamp + 1 days;
        vm.warp(next - 1);
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.DistributionTooEarly.selector, next));
        tasks.distribute();
        vm.warp(next);
        tasks.distribute();
        assertEq(tasks.distributedAt(), next, "when");
    }

    function test_distribute_afterTheLastDayGivesWhatIsCarried() external {
        _nextDay();
        vm.warp(START + 4_000 days);
        uint256 all = tasks.distribute();
        assertEq(all, emission.emissionUntil(1_800), "years at once");
        assertEq(_nextDay(), tasks.carried(), "then nothing but what was carried");
    }

    /// Attack 31 for tasks: stake that comes for a distribution and leaves counts for nothing; only what stays a day does.
    function test_attack_31_stakeForAMomentDrawsNothing() external {
        _nextDay();
        give(operator, 1_000_000e18);
        vm.startPrank(operator);
        stakes.stake(NODE, task, 1_000_000e18);
        vm.warp(block.timestamp + 1 days);
        tasks.distribute();
        stakes.unstake(NODE, task, 1_000_000e18);
        vm.stopPrank();
        assertEq(tasks.owedTo(task), 2 * daily / 4, "the old stake's part");
        _nextDay();
        assertEq(tasks.owedTo(task), 3 * daily / 4, "and again");
    }

    function test_addTask_andRemoveTask() external {
        vm.startPrank(arena);
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.TaskKnown.selector, task));
        tasks.addTask(task);
        for (uint256 i = 2; i < 64; ++i) {
            tasks.addTask(task + i);
        }
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.TooManyTasks.selector, 64));
        tasks.addTask(task + 64);
        vm.expectEmit(address(tasks));
        emit ITaskEmission.TaskRemoved(task);
        tasks.removeTask(task);
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.TaskUnknown.selector, task));
        tasks.removeTask(task);
        assertEq(tasks.tasks().length, 63, "tasks");
        assertEq(tasks.tasks()[0], task + 63, "the last takes its place");
        tasks.removeTask(task + 63);
        assertEq(tasks.tasks()[0], task + 62, "by its new place");
        vm.stopPrank();
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this));
        vm.expectRevert(refusal);
        tasks.addTask(task);
        vm.expectRevert(refusal);
        tasks.removeTask(other);
    }

    /// A task that comes back counts from its next distribution, as a new one.
    function test_removeTask_keepsWhatWasGiven() external {
        _nextDay();
        _nextDay();
        uint256 owed = tasks.owedTo(task);
        vm.prank(arena);
        tasks.removeTask(task);
        _nextDay();
        assertEq(tasks.owedTo(task), owed, "its own, and no more");
        _add(task);
        _nextDay();
        assertEq(tasks.owedTo(task), owed, "new again");
        vm.prank(arena);
        assertEq(tasks.collect(task), owed, "paid");
    }

    function test_collect_isForTheTasksContract() external {
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.NotTaskOwner.selector, address(this), arena));
        tasks.collect(task);
    }

    function test_distribute_64TasksFitOneTransaction() external {
        for (uint256 i = 2; i < 64; ++i) {
            give(delegator, 100e18);
            vm.prank(delegator);
            stakes.stake(Roles.ALLIANCE, task + i, 100e18);
            _add(task + i);
        }
        _nextDay();
        uint256 left = gasleft();
        _nextDay();
        assertLe(left - gasleft(), 3_500_000, "gas");
    }
}
