// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Errors of the random beacon.
library BeaconErrors {
    /// @notice A group key is a point of the right length on its curve, in its subgroup, and not infinity.
    error KeyInvalid(uint256 length);
    /// @notice The key that was set before is not in force yet: `from` (Unix seconds).
    error KeyPending(uint40 from);
    /// @notice No round of any key has this number.
    error UnknownBeaconRound(uint64 round);
    /// @notice No key was in force at this time (Unix seconds).
    error BeforeFirstRound(uint256 timestamp);
    /// @notice The round is due at `due` (Unix seconds).
    error RoundNotDue(uint64 round, uint256 due);
    /// @notice What this round came to is known, and final.
    error RoundKnown(uint64 round);
    /// @notice What this round came to is not known.
    error SeedUnknown(uint64 round);
    /// @notice This is not the group's signature of the round.
    error BeaconSignatureInvalid(uint64 round);
    /// @notice Bonded nodes decide the round from `from` (Unix seconds), when no proof has come by then.
    error FallbackNotDue(uint64 round, uint256 from);
    /// @notice Bonded nodes are revealing: a proof would choose between two results.
    error FallbackDecides(uint64 round);
    /// @notice Commitments were taken until `until` (Unix seconds).
    error CommitmentsClosed(uint64 round, uint40 until);
    /// @notice Secrets are revealed from `from` to `until` (Unix seconds); both are 0 while commitments are missing.
    error NotRevealing(uint64 round, uint40 from, uint40 until);
    /// @notice The fallback of this round cannot be settled before `from` (Unix seconds; 0: it has not begun).
    error FallbackRunning(uint64 round, uint40 from);
    /// @notice The round was decided before the node's last deposit was made.
    error BondTooYoung(address node, uint40 since);
    /// @notice The node has less than this free.
    error BondTooSmall(uint256 free, uint256 needed);
    /// @notice The fallback has all the nodes it may have.
    error FallbackFull(uint256 max);
    /// @notice This node has committed in this attempt before.
    error NodeCommitted(address node);
    /// @notice This node has no commitment that this secret opens.
    error SecretMismatch(address node);
    /// @notice The node has no bond here that is free to be taken back.
    error NothingToReclaim(address node);
}
