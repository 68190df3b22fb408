// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AlliancePhase} from "../interfaces/IAlliance.sol";

/// @notice Errors of alliances.
library AllianceErrors {
    /// @notice No alliance has this number.
    error UnknownAlliance(uint256 id);
    /// @notice The alliance is in another phase.
    error AllianceInPhase(uint256 id, AlliancePhase phase);
    /// @notice The alliance is over.
    error AllianceFinished(uint256 id);
    /// @notice The alliance is not over yet.
    error AllianceRunning(uint256 id);
    /// @notice What this phase waits for may still come until `until` (Unix seconds).
    error PhaseRunning(AlliancePhase phase, uint256 until);
    /// @notice The phase took contributions or votes until `until` (Unix seconds).
    error PhaseOver(AlliancePhase phase, uint256 until);
    /// @notice `participants` are there; the alliance starts with `min`.
    error TooFewParticipants(uint256 participants, uint256 min);
    /// @notice The alliance has all the participants it may have.
    error AllianceFull(uint256 max);
    /// @notice This account takes part already.
    error AlreadyParticipates(address account);
    /// @notice This account takes no part.
    error NotAParticipant(address account);
    /// @notice The account's own stake in this alliance is below its least.
    error StakeBelowMinimum(address account, uint256 stake, uint256 min);
    /// @notice `account` is not the proposer of this seat.
    error NotProposer(address account, uint256 seat);
    /// @notice The proposer of this seat has contributed before.
    error AlreadyContributed(uint256 seat);
    /// @notice A digest is not zero.
    error AllianceDigestZero();
    /// @notice A score is -1 or +1, a digest is not zero, and only contributions that are there can be approved.
    error VoteInvalid();
    /// @notice The alliance was funded with less than its least.
    error PoolBelowMinimum(uint256 amount, uint256 min);
    /// @notice The caller has nothing to come from this alliance.
    error NothingOwed(uint256 id, address account);
    /// @notice No emission goes to alliances.
    error NoEmission();
}
