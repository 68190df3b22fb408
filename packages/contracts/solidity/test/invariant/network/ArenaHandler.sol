// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ArenaParam, Purse, SeatView, TaskPhase, TaskRole, TaskView} from "../../../network/interfaces/ITaskRegistry.sol";
import {Roles} from "../../../network/libraries/Roles.sol";
import {ArenaTest} from "../../base/network/ArenaTest.sol";

/// @notice One task with three nodes and four validators of whom each does, or does not do, anything in any order. What a step may do is
/// checked where it is taken.
contract ArenaHandler is ArenaTest {
    uint256 private constant NODES = 3;
    uint256 private constant VALIDATORS = 4;

    uint256 public steps;
    uint256 public counted;
    uint256 public paidIn;
    uint256 public paidOut;
    mapping(uint16 round => mapping(uint256 seat => bool)) private _punished;

    constructor() {
        openArena();
        startTask(NODES, VALIDATORS);
        paidIn = TASK_POT;
        token.approve(address(registry), type(uint256).max);
    }

    function fundMore(uint256 amount) external {
        if (_view().phase == TaskPhase.Finished) return;
        uint96 added = uint96(bound(amount, 1, 1_000e18));
        registry.fundTask(task, added);
        paidIn += added;
        ++steps;
    }

    function submit(uint256 who, bytes32 model) external {
        if (_view().phase == TaskPhase.Finished || model == 0) return;
        submitAs(nodeAt(who % NODES), model);
        ++steps;
    }

    /// @dev To whatever comes next.
    function advance(bool known) external {
        TaskView memory v = _view();
        if (block.timestamp < v.deadline) vm.warp(v.deadline);
        if (v.phase == TaskPhase.Submitting) {
            registry.freeze(task);
        } else if (v.phase == TaskPhase.Drawing && known) {
            beacon.set(v.beaconRound, keccak256(abi.encode(v.beaconRound)));
            registry.draw(task);
        } else if (v.phase == TaskPhase.Drawing) {
            registry.voidRound(task);
        } else if (v.phase == TaskPhase.Voting) {
            uint256 pot = v.pot;
            vm.warp(uint256(v.deadline) + REVEAL);
            registry.count(task, 64);
            assertLe(pot - _view().pot, pot / (ROUNDS - v.round + 1), "gives more than its part");
            ++counted;
        }
        ++steps;
    }

    function commit(uint256 who) external {
        TaskView memory v = _view();
        who %= VALIDATORS;
        SeatView memory seat = seatOf(validatorAt(who));
        if (v.phase != TaskPhase.Voting || block.timestamp >= v.deadline || seat.assigned == 0 || seat.committed) return;
        commitAs(who);
        ++steps;
    }

    function reveal(uint256 who) external {
        TaskView memory v = _view();
        who %= VALIDATORS;
        SeatView memory seat = seatOf(validatorAt(who));
        if (v.phase != TaskPhase.Voting || !seat.committed || seat.revealed) return;
        if (block.timestamp < v.deadline) vm.warp(v.deadline);
        if (block.timestamp >= uint256(v.deadline) + REVEAL) return;
        revealAs(who);
        ++steps;
    }

    function punish(uint256 round, uint256 seat) external {
        uint16 number = uint16(1 + round % ROUNDS);
        seat %= VALIDATORS;
        try registry.punish(task, number, seat) {
            assertTrue(!_punished[number][seat], "punished twice for one round");
            assertTrue(
                !registry.seatOf(task, number, validatorAt(seat)).revealed, "punished though it revealed what the others did"
            );
            _punished[number][seat] = true;
        } catch {}
        ++steps;
    }

    function claim(uint256 who) external {
        who %= NODES + VALIDATORS;
        address account_ = who < NODES ? nodeAt(who) : validatorAt(who - NODES);
        uint256 due = dueOf(account_);
        if (due == 0) return;
        assertEq(registry.claim(task, account_), due, "what is due");
        paidOut += due;
        ++steps;
    }

    function unstake(uint256 who) external {
        address node = nodeAt(who % NODES);
        if (stakes.selfStakeOf(stakes.keyOf(node, Roles.TRAINING_NODE, task)) == 0) return;
        vm.prank(node);
        stakes.unstake(Roles.TRAINING_NODE, task, MEMBER_STAKE);
        ++steps;
    }

    function wait_(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 2 hours));
        ++steps;
    }

    /// @notice What the arena owes: the pot, and what purses have left; wei.
    function owed() external returns (uint256 sum) {
        sum = _view().pot;
        for (uint256 i = 0; i < NODES + VALIDATORS; ++i) {
            Purse memory p = purseOf(i < NODES ? nodeAt(i) : validatorAt(i - NODES));
            sum += uint256(p.free) + p.locked - p.drawn;
        }
    }

    function heldNow() external view returns (uint256) {
        return token.balanceOf(address(registry));
    }

    function _view() private view returns (TaskView memory) {
        return registry.taskOf(task);
    }
}
