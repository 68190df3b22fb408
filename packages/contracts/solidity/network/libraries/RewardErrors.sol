// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Errors of rewards that are computed off the chain.
library RewardErrors {
    /// @notice A root, and the digest of its data, is not zero.
    error RootZero();
    /// @notice Another root waits.
    error RootPending(uint32 epoch);
    /// @notice No root waits.
    error NoRootPending();
    /// @notice The waiting root counts from `from` (Unix seconds) on.
    error RootWaiting(uint32 epoch, uint256 from);
    /// @notice The waiting root may be activated since `from` (Unix seconds): it is too late to challenge it.
    error ChallengeTooLate(uint32 epoch, uint256 from);
    /// @notice The waiting root was challenged before.
    error AlreadyChallenged(uint32 epoch);
    /// @notice A root gives from `min` (what the one before gives) to `max` wei (what was funded).
    error RootTotal(uint256 total, uint256 min, uint256 max);
    /// @notice The present tree has no such leaf.
    error LeafUnknown(address account, uint256 amount, uint32 epoch);
    /// @notice The account was paid all of this before.
    error NothingToClaim(address account, uint256 paid);
    /// @notice The leaves give more than the root's total, of which only `left` is left.
    error RootOverspent(uint256 amount, uint256 left);
    /// @notice A parameter of the rewards lies outside of its hard bounds.
    error RewardParamOutOfRange(string param, uint256 value, uint256 min, uint256 max);

    // --- gifts
    /// @notice The gift, if there is one, was there until `until` (Unix seconds).
    error GiftOver(uint256 gift, uint256 until);
    /// @notice The gift's tree has no such leaf.
    error GiftLeafUnknown(uint256 gift, address account, uint256 amount);
    /// @notice The account has taken its part.
    error GiftTakenBefore(uint256 gift, address account);
}
