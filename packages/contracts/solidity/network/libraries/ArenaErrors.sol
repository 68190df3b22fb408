// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TaskPhase, TaskRole} from "../interfaces/ITaskRegistry.sol";

/// @notice Errors of the arena's tasks.
library ArenaErrors {
    /// @notice A term of the task lies outside of `min` to `max`, or is zero.
    error TaskTermInvalid(string term, uint256 value, uint256 min, uint256 max);
    /// @notice A parameter of the arena lies outside of its hard bounds.
    error ArenaParamOutOfRange(string param, uint256 value, uint256 min, uint256 max);
    /// @notice No task has this number.
    error UnknownTask(uint256 task);
    /// @notice The task is in another phase.
    error WrongTaskPhase(uint256 task, TaskPhase phase);
    /// @notice The creator's own stake does not cover its open tasks.
    error CreatorStakeTooSmall(uint256 stake, uint256 needed);
    /// @notice The position's own stake is less than its role needs.
    error MemberStakeTooSmall(address account, uint256 stake, uint256 needed);
    /// @notice The account takes part as a node or as a validator already.
    error AlreadyInTask(uint256 task, address account, TaskRole role);
    /// @notice Only nodes and validators take part.
    error TaskRoleInvalid();
    /// @notice The account takes part in another way, or not at all.
    error NotInTask(uint256 task, address account, TaskRole role);
    /// @notice A task has at most `max` of each.
    error TaskFull(uint256 task, uint256 max);
    /// @notice A model's digest is not zero.
    error ModelZero();
    /// @notice The phase lasts until `until` (Unix seconds).
    error TaskPhaseRunning(uint256 task, uint256 until);
    /// @notice The phase ended at `until` (Unix seconds).
    error TaskPhaseOver(uint256 task, uint256 until);
    /// @notice The beacon's round is known: it decides.
    error BeaconKnown(uint256 task, uint64 round);
    /// @notice This validator was drawn for no model of the round.
    error NotDrawn(uint256 task, uint256 seat);
    /// @notice A score of 0 to 10,000 for each model it was drawn for, and 65,535 for the others.
    error ScoreInvalid(uint256 model, uint256 score);
    /// @notice This validator did what it was drawn for in this round, or was punished before.
    error NothingToPunish(uint256 task, uint16 round, uint256 seat);
    /// @notice The round has not been counted.
    error RoundNotCounted(uint256 task, uint16 round);
    /// @notice The account has nothing due in this task.
    error NothingDue(uint256 task, address account);
    /// @notice The hold was released, or the task was closed, before.
    error AlreadyReleased(uint256 task, address account);
}
