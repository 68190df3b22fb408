// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TaskEmission} from "../../../network/TaskEmission.sol";
import {Asset, Reason} from "../../../network/interfaces/IStakeManager.sol";
import {Roles} from "../../../network/libraries/Roles.sol";
import {StakeBase} from "../../base/network/StakeBase.sol";

/// @notice Gas of staking, whole transactions; the targets are those of CONTRACTS.md 5.
/// forge-config: default.isolate = true
contract StakeGasTest is StakeBase {
    uint256 private constant MAX_CODE_BYTES = 24_576;

    function setUp() external {
        deployStakes();
        // Others stake in the task already.
        stake(account("neighbour"), NODE, OWN);
    }

    function _note(string memory name, uint256 max) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        vm.snapshotValue("network", name, used);
        assertLe(used, max, name);
    }

    function test_gas_stake() external {
        give(operator, 10_000e18);
        vm.prank(operator);
        stakes.stake(NODE, task, OWN);
        _note("stake, opens a position", 140_000);
        vm.prank(operator);
        stakes.stake(NODE, task, OWN);
        _note("stake", 120_000);
        vm.prank(operator);
        stakes.unstake(NODE, task, OWN);
        _note("unstake", 150_000);
        vm.warp(block.timestamp + THAWING);
        vm.prank(operator);
        stakes.withdraw(position, 1);
        _note("withdraw, 1 request", 80_000);
    }

    function test_gas_delegate() external {
        open();
        delegate(reporter, 10e18);
        give(delegator, 1_000e18);
        vm.prank(delegator);
        stakes.delegate(operator, NODE, task, 10e18, 0);
        _note("delegate", 110_000);
        vm.warp(block.timestamp + 1 days);
        stakes.activate(position, Asset.PLAIN, reporter);
        stakes.activate(position, Asset.PLAIN, delegator);
        _note("activate", 90_000);
        vm.prank(delegator);
        stakes.undelegate(position, 10e24);
        _note("undelegate", 150_000);
    }

    function test_gas_reward() external {
        open();
        delegateActive(delegator, 1_000e18);
        reward(100e18);
        vm.warp(block.timestamp + 1 hours);
        reward(100e18);
        _note("reward", 120_000);
        stakes.claim(operator);
        _note("claim", 70_000);
        slash(10e18, Reason.OUTLIER);
        slash(10e18, Reason.OUTLIER);
        _note("slash, outlier", 90_000);
    }

    function _memberAt(uint256 i) private pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode("delegator", i)))));
    }

    /// @dev One call for all, because each call of a test is a transaction here.
    function crowdDelegates(uint256 count) external {
        for (uint256 i = 0; i < count; ++i) {
            token.transfer(_memberAt(i), 1e18);
            vm.startPrank(_memberAt(i));
            token.approve(address(stakes), 1e18);
            stakes.delegate(operator, NODE, task, 1e18, 0);
            vm.stopPrank();
        }
    }

    function crowdActivates(uint256 count) external {
        for (uint256 i = 0; i < count; ++i) {
            stakes.activate(position, Asset.PLAIN, _memberAt(i));
        }
    }

    /// @dev A fraud that reaches `count` delegators; reporter and treasury have been paid before.
    function _slashGas(uint256 count, string memory name) private returns (uint256 used) {
        open();
        this.crowdDelegates(count);
        vm.warp(block.timestamp + 1 days);
        this.crowdActivates(count);
        slash(OWN, Reason.WRONG_ASSESSMENT);
        slash(OWN / 2 + 1e16, Reason.EQUIVOCATION);
        used = vm.lastCallGas().gasTotalUsed;
        _note(name, 90_000);
        assertEq(stakes.delegatedOf(position), count * 1e18 - 1e16, "delegators were reached");
    }

    function test_gas_slash_isFlatInDelegators() external {
        uint256 state = vm.snapshotState();
        uint256 one = _slashGas(1, "slash-1-delegator");
        vm.revertToState(state);
        uint256 many = _slashGas(10_000, "slash-10000-delegators");
        assertNear(many, one, one / 50, "within 2 %");
    }

    function test_gas_emission() external {
        vm.warp(START + 1 days);
        emission.emitDays(1);
        vm.warp(START + 2 days);
        emission.emitDays(1);
        _note("emitDays, 1 day", 100_000);
        vm.warp(START + 3_650 days);
        emission.emitDays(type(uint256).max);
        _note("emitDays, 5 years", 120_000);
    }

    /// The most tasks there can be: a distribution stays far below a transaction's limit.
    function test_gas_distribute_64Tasks() external {
        bytes memory args = abi.encode(address(manager), address(emission), address(stakes));
        TaskEmission tasks = TaskEmission(deployBuilt("TaskEmission", args));
        vm.prank(governor);
        emission.setRecipients(oneRecipient(address(tasks)));
        allow(ARENA_ROLE, arena, address(tasks), only(tasks.addTask.selector));
        give(delegator, 10_000e18);
        for (uint256 i = 0; i < 64; ++i) {
            vm.prank(delegator);
            stakes.stake(Roles.ALLIANCE, task + i, 100e18);
            vm.prank(arena);
            tasks.addTask(task + i);
        }
        for (uint256 i = 0; i < 3; ++i) {
            vm.warp(block.timestamp + 1 days);
            tasks.distribute();
            if (i == 1) _note("distribute, 64 tasks, the first time", 3_500_000);
        }
        _note("distribute, 64 tasks", 1_800_000);
    }

    /// Attack 54: nothing that is deployed comes near the limit of code.
    function test_attack_54_codeFits() external view {
        assertLt(address(stakes).code.length, MAX_CODE_BYTES, "StakeManager");
        assertLt(address(gm).code.length, MAX_CODE_BYTES, "LockedStake");
        assertLt(address(emission).code.length, MAX_CODE_BYTES, "EmissionController");
        assertLt(address(token).code.length, MAX_CODE_BYTES, "NetworkToken");
    }
}
