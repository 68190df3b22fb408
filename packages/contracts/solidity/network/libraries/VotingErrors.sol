// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Errors of ballots, whoever holds them.
library VotingErrors {
    /// @notice The ballot has all the voters it may have.
    error BallotFull(uint256 max);
    /// @notice A ballot has 1 to `max` items and at least one voter with weight.
    error BallotInvalid(uint256 items, uint256 max);
    /// @notice `account` does not sit on this seat.
    error NotSeated(address account, uint256 seat);
    /// @notice This seat has committed before.
    error AlreadyCommitted(uint256 seat);
    /// @notice A commitment is not zero.
    error CommitmentZero();
    /// @notice This seat has revealed before.
    error AlreadyRevealed(uint256 seat);
    /// @notice What is revealed is not what was committed to.
    error CommitmentMismatch(bytes32 given, bytes32 committed);
    /// @notice One score per item.
    error ScoresLength(uint256 length, uint256 items);
    /// @notice The ballot has been counted, or nothing of it was asked to be.
    error NothingToTally(uint256 tallied);
    /// @notice The consensus of this item is not known yet.
    error NotTallied(uint256 item);
}
