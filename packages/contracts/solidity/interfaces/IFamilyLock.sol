// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Lock of one Scenario, its pool and its tokens
/// @notice One transient lock for the family: while any of them is in a call that moves value, none of the others starts another,
/// and prices are not quoted.
/// @dev The names, and the order of onTokenMove's arguments, have low selectors: a swap calls three, and the dispatcher
/// compares selectors one after the other, 22 gas each.
interface IFamilyLock {
    /// @notice Pool only: takes the lock, or reverts when it is taken.
    function hold() external;
    /// @notice Pool only: the same, but refuses while the guardian's pause lasts.
    function holdForTrade() external;
    /// @notice Pool only: gives it back.
    function giveBack() external;
    function isLocked() external view returns (bool);
}
