// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Errors of the network's token, its emission and locked stake.
library EmissionErrors {
    /// @notice Only the EmissionController mints.
    error NotMinter(address caller);
    /// @notice With what is handed out at the start, the supply could pass its cap.
    error SupplyAboveCap(uint256 initial, uint256 max);
    /// @notice Emission starts at most `max` seconds from now, and not in the past.
    error StartOutOfRange(uint256 start, uint256 min, uint256 max);
    /// @notice Emission has 1 to `max` recipients.
    error RecipientCount(uint256 count, uint256 max);
    /// @notice The recipients' parts sum to `sum` bps, not to 10,000, or one of them is nothing.
    error RecipientParts(uint256 sum);
    /// @notice This recipient stands twice in the list.
    error RecipientTwice(address recipient);
    /// @notice This task takes part in the emission already.
    error TaskKnown(uint256 task);
    /// @notice This task takes no part in the emission.
    error TaskUnknown(uint256 task);
    /// @notice Emission is split over at most `max` tasks.
    error TooManyTasks(uint256 max);
    /// @notice The next distribution is at `from` (Unix seconds) or later.
    error DistributionTooEarly(uint256 from);
    /// @notice A task's emission goes to the contract that owns the task.
    error NotTaskOwner(address caller, address owner);

    /// @notice Locked stake only moves to and from registered staking contracts.
    error TransferRestricted(address from, address to);
    /// @notice A lock is for `min` to `max` seconds.
    error LockDuration(uint256 duration, uint256 min, uint256 max);
    /// @notice The caller has no such lock.
    error NotLockOwner(uint256 id, address caller);
    /// @notice The lock opens at `unlockAt` (Unix seconds).
    error LockClosed(uint256 id, uint256 unlockAt);
    /// @notice The lock has no more than `left` of locked stake to give back.
    error LockAmount(uint256 id, uint256 amount, uint256 left);
    /// @notice A multiplier's curve lies outside its bounds.
    error CurveOutOfRange(uint256 value, uint256 min, uint256 max);
    /// @notice Only a contract becomes a staking contract.
    error NotAContract(address account);
}
