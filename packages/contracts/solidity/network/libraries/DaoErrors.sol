// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Errors of the network's governance, beside those of OpenZeppelin's Governor and TimelockController.
library DaoErrors {
    /// @notice A parameter of governance lies outside of its hard bounds.
    error GovernanceOutOfRange(string param, uint256 value, uint256 min, uint256 max);
    /// @notice The Dao keeps its timelock, and calls nobody on its own.
    error NotGovernable();
    /// @notice No proposal has this id, or its stake went back before.
    error NothingStaked(uint256 proposalId);
    /// @notice The stake of a proposal stays until its vote is over, and that of a canceled one until its vote would have begun.
    error StakeLocked(uint256 proposalId);
    /// @notice Half of the votes cast or fewer call it a scam, or fewer than the quorum do.
    error NotAScam(uint256 proposalId, uint256 scam, uint256 cast, uint256 quorum);
    /// @notice A vote is ended early only while it runs, from `from` (Unix seconds) on.
    error TooEarlyToEnd(uint256 proposalId, uint256 from);
    /// @notice A reward is for executed proposals, once.
    error NothingToReward(uint256 proposalId);
    /// @notice This month's rewards, or all rewards, are spent; what is left of the month comes at `from` (Unix seconds).
    error RewardsSpent(uint256 from);
}
