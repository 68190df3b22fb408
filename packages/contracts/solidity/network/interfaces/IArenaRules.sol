// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ArenaParam, TaskTerms} from "./ITaskRegistry.sol";

/// @notice A round that was counted: what its rewards follow from. Stakes and amounts in wei.
struct RoundResult {
    uint256 pot;
    /// @dev Of the task, and the present one, from 1.
    uint256 rounds;
    uint256 round;
    uint256 shareBps;
    uint256 stakeExponent;
    uint256 rankRatio;
    uint256 tolerance;
    /// @dev Consensus by model; 65,535 for one that nobody scored.
    uint16[] consensus;
    uint256[] nodeStakes;
    uint256[] seatStakes;
    /// @dev Of each seat: distance to the consensus, summed over so many scores.
    uint256[] distances;
    uint256[] works;
}

/// @title ArenaRules
/// @notice The arena's rules that need no state: bounds, draws and rewards. Apart from the TaskRegistry only because both together
/// would be larger than a contract may be.
interface IArenaRules {
    /// @notice Reverts for terms out of bounds. @return duration in seconds of the whole task when nothing is late.
    function checkTerms(TaskTerms calldata terms) external pure returns (uint256 duration);

    /// @notice Reverts when `value` is out of the parameter's bounds.
    function checkParam(ArenaParam param, uint256 value) external pure;

    /// @return first value of a parameter, and its hard bounds.
    function paramOf(ArenaParam param) external pure returns (uint256 first, uint256 min, uint256 max);

    /// @notice For each validator the models that it scores, one bit each. See Assignment.
    function draw(bytes32 seed, uint256[] calldata stakes, uint256 models, uint256 seats) external pure returns (uint64[] memory);

    /// @notice What models and seats get; roundings stay in the pot. See ArenaMath.
    function rewards(RoundResult calldata result) external pure returns (uint256[] memory nodes, uint256[] memory validators);
}
