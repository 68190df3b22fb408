// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a position is staked for.
library Roles {
    bytes32 internal constant TASK_CREATOR = "TASK_CREATOR";
    bytes32 internal constant TRAINING_NODE = "TRAINING_NODE";
    bytes32 internal constant VALIDATOR = "VALIDATOR";
    /// @dev A participant of an alliance.
    bytes32 internal constant ALLIANCE = "ALLIANCE";
}
