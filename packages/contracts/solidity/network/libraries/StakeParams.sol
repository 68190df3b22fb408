// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Parameter, Reason} from "../interfaces/IStakeManager.sol";
import {Roles} from "./Roles.sol";
import {StakeErrors} from "./StakeErrors.sol";

/// @notice Hard bounds and defaults of what governance may set. Amounts in whole tokens, parts in bps, times in seconds.
library StakeParams {
    uint256 private constant BPS = 10_000;

    /// @notice Least and most that governance may set.
    function boundsOf(Parameter which) internal pure returns (uint256 min, uint256 max) {
        // The constructor raises the least to twice the longest proof (CONTRACTS.md 9, 7).
        if (which == Parameter.THAWING) return (1 hours, 30 days);
        if (which == Parameter.REGISTRATION_FEE) return (0, 1_000);
        if (which <= Parameter.MIN_ALLIANCE) return (1, 100_000);
        if (which == Parameter.DELEGATION_RATIO) return (1, 20);
        // CONTRACTS.md 9, 8: at most 1 %.
        if (which == Parameter.CLAIM_FEE) return (0, 100);
        // At most a tenth: who slashes itself loses nine tenths.
        if (which == Parameter.REPORTER_PART) return (0, 1_000);
        if (which == Parameter.DAILY_CAP) return (10, 1_000);
        if (which == Parameter.CAP_MISSED_REVEAL) return (0, 500);
        if (which == Parameter.CAP_OUTLIER) return (0, 200);
        if (which == Parameter.CAP_WRONG_ASSESSMENT) return (1_000, BPS);
        // DELEGATION_FACTOR, TREASURY_PART, DELEGATOR_CAP.
        return (0, BPS);
    }

    /// @notice What a network starts with; the first thawing period is the constructor's.
    function initialOf(Parameter which) internal pure returns (uint256) {
        // A hundredth of a node's least stake: throw-away identities cost something, honest ones hardly anything.
        if (which == Parameter.REGISTRATION_FEE) return 30;
        // Alliances are small and add a least stake of their own.
        if (which == Parameter.MIN_ALLIANCE) return 100;
        // FLock's least stake of nodes and validators; a creator of tasks risks as much.
        if (which < Parameter.MIN_ALLIANCE) return 3_000;
        // Delegated stake counts in full, as in FLock's worked example: delegators choose, and fraud reaches them.
        if (which == Parameter.DELEGATION_FACTOR) return BPS;
        // An operator's own stake stays at least an eleventh of what it weighs.
        if (which == Parameter.DELEGATION_RATIO) return 10;
        // CONTRACTS.md 9, 8.
        if (which == Parameter.CLAIM_FEE) return 0;
        // FLock's 10 %.
        if (which == Parameter.REPORTER_PART) return 1_000;
        // Half of the rest is burned, so that nobody who governs the treasury gains all that others lose.
        if (which == Parameter.TREASURY_PART) return 5_000;
        // All small slashes of a day together: an honest outlier keeps its stake, whoever is silent for weeks loses it.
        if (which == Parameter.DAILY_CAP) return 500;
        // Only for equivocation, which has to be proven; nothing of this network can: see Reason.
        if (which == Parameter.DELEGATOR_CAP) return 1_000;
        // A missed reveal may be a power cut.
        if (which == Parameter.CAP_MISSED_REVEAL) return 100;
        // An outlier may be honest.
        if (which == Parameter.CAP_OUTLIER) return 50;
        // CAP_WRONG_ASSESSMENT: decided by a dispute, which this network has none of.
        return 5_000;
    }

    /// @notice Most that a slash for `reason` may take of what it can reach.
    /// @return which parameter says so. @return full whether it is all of it, always.
    function capOf(Reason reason) internal pure returns (Parameter which, bool full) {
        if (reason == Reason.MISSED_REVEAL) return (Parameter.CAP_MISSED_REVEAL, false);
        if (reason == Reason.OUTLIER) return (Parameter.CAP_OUTLIER, false);
        return (Parameter.CAP_WRONG_ASSESSMENT, reason == Reason.EQUIVOCATION);
    }

    /// @notice The parameter that holds the least stake of `role`.
    function minOf(bytes32 role) internal pure returns (Parameter) {
        if (role == Roles.TASK_CREATOR) return Parameter.MIN_TASK_CREATOR;
        if (role == Roles.TRAINING_NODE) return Parameter.MIN_TRAINING_NODE;
        if (role == Roles.VALIDATOR) return Parameter.MIN_VALIDATOR;
        require(role == Roles.ALLIANCE, StakeErrors.RoleUnknown(role));
        return Parameter.MIN_ALLIANCE;
    }

    /// @notice The role whose least stake `which` holds.
    function roleOf(Parameter which) internal pure returns (bytes32) {
        if (which == Parameter.MIN_TASK_CREATOR) return Roles.TASK_CREATOR;
        if (which == Parameter.MIN_TRAINING_NODE) return Roles.TRAINING_NODE;
        return which == Parameter.MIN_VALIDATOR ? Roles.VALIDATOR : Roles.ALLIANCE;
    }
}
