// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {NetworkManaged} from "./NetworkManaged.sol";
import {IEmissionController, ITaskEmission} from "./interfaces/IEmission.sol";
import {IStakeManager} from "./interfaces/IStakeManager.sol";
import {EmissionErrors} from "./libraries/EmissionErrors.sol";

/// @title TaskEmission
/// @notice See ITaskEmission.
///
/// TRUST: the StakeManager, for stakes; the EmissionController, which pays what it says that it pays.
/// ROLES: contracts of the network add and remove tasks. Nobody changes what a task was given.
///
/// INVARIANTS
/// 1. The token held is at least what is owed to tasks and what is carried.
/// 2. A distribution gives away what was emitted and carried, less what it carries on.
contract TaskEmission is NetworkManaged, ITaskEmission {
    /// @dev Each is read at every distribution: 64 of them take less than 2,000,000 gas.
    uint256 private constant MAX_TASKS = 64;
    uint256 private constant INTERVAL = 1 days;
    uint256 private constant OWNER_SHIFT = 96;

    IEmissionController public immutable controller;
    IStakeManager public immutable stakes;
    address public immutable token;

    uint256[] private _tasks;
    /// @dev Place in `_tasks`, plus one; 0: takes no part.
    mapping(uint256 task => uint256 place) private _placeOf;
    mapping(uint256 task => uint256 stake) private _lastStakeOf;
    /// @inheritdoc ITaskEmission
    mapping(uint256 task => uint256 amount) public owedTo;
    /// @dev What the controller had booked at the last distribution, ever.
    uint256 private _emittedBefore;
    /// @notice Wei that no task has: part of the next distribution.
    uint128 public carried;
    /// @notice When the last distribution was (Unix seconds).
    uint40 public distributedAt;

    constructor(address authority_, IEmissionController controller_, IStakeManager stakes_) NetworkManaged(authority_) {
        (controller, stakes, token) = (controller_, stakes_, controller_.token());
    }

    /// @inheritdoc ITaskEmission
    function addTask(uint256 task) external restricted {
        require(_placeOf[task] == 0, EmissionErrors.TaskKnown(task));
        require(_tasks.length < MAX_TASKS, EmissionErrors.TooManyTasks(MAX_TASKS));
        _tasks.push(task);
        _placeOf[task] = _tasks.length;
        emit TaskAdded(task);
    }

    /// @inheritdoc ITaskEmission
    function removeTask(uint256 task) external restricted {
        uint256 place = _placeOf[task];
        require(place != 0, EmissionErrors.TaskUnknown(task));
        uint256 last = _tasks[_tasks.length - 1];
        _tasks[place - 1] = last;
        _placeOf[last] = place;
        _tasks.pop();
        delete _placeOf[task];
        delete _lastStakeOf[task];
        emit TaskRemoved(task);
    }

    /// @inheritdoc ITaskEmission
    function distribute() external returns (uint256 amount) {
        uint256 from = uint256(distributedAt) + INTERVAL;
        require(block.timestamp >= from, EmissionErrors.DistributionTooEarly(from));
        distributedAt = uint40(block.timestamp);
        controller.emitDays(type(uint256).max);
        // By what was ever booked: whoever has had it collected before changes nothing.
        uint256 emitted = controller.emittedTo(address(this));
        amount = emitted - _emittedBefore + carried;
        _emittedBefore = emitted;
        _split(amount);
        controller.collect(address(this));
    }

    /// @inheritdoc ITaskEmission
    function collect(uint256 task) external returns (uint256 amount) {
        address owner = address(uint160(task >> OWNER_SHIFT));
        require(msg.sender == owner, EmissionErrors.NotTaskOwner(msg.sender, owner));
        amount = owedTo[task];
        if (amount == 0) return 0;
        owedTo[task] = 0;
        emit TaskCollected(task, amount);
        SafeTransferLib.safeTransfer(token, owner, amount);
    }

    /// @inheritdoc ITaskEmission
    function tasks() external view returns (uint256[] memory) {
        return _tasks;
    }

    function _split(uint256 amount) private {
        uint256 count = _tasks.length;
        (uint256[] memory counted, uint256 total) = _countStakes(count);
        uint256[] memory amounts = new uint256[](count);
        uint256 left = amount;
        for (uint256 i = 0; i < count && total != 0; ++i) {
            amounts[i] = amount * counted[i] / total;
            left -= amounts[i];
            owedTo[_tasks[i]] += amounts[i];
        }
        carried = uint128(left); // less than the token's cap
        emit Distributed(_tasks, counted, amounts, left);
    }

    /// @dev Stakes that were there at the last distribution and still are.
    function _countStakes(uint256 count) private returns (uint256[] memory counted, uint256 total) {
        counted = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 task = _tasks[i];
            uint256 stake = stakes.taskStakeOf(task);
            uint256 last = _lastStakeOf[task];
            counted[i] = stake < last ? stake : last;
            total += counted[i];
            if (stake != last) _lastStakeOf[task] = stake;
        }
    }
}
