// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ArenaParam} from "../interfaces/ITaskRegistry.sol";

/// @notice Hard bounds and defaults of the arena's parameters. What FLock documents is taken from there (SEED-SYSTEMS.md 2.3).
library ArenaParams {
    /// @return name of the parameter, its bounds, and what it is at first.
    function boundsOf(ArenaParam param) internal pure returns (string memory name, uint256 min, uint256 max, uint256 first) {
        // A month's task of 3,000 tokens, which is what nodes and validators stake: who poses one is in it like those who solve it.
        if (param == ArenaParam.CreatorStakePerDay) return ("creatorStakePerDay", 1e18, 10_000e18, 100e18);
        // FLock's 900,000 of 1,000,000; never all, so that a node lives while it works.
        if (param == ArenaParam.LockedBps) return ("lockedBps", 0, 9_500, 9_000);
        // Nobody documents FLock's: a month, as long as its longest task.
        if (param == ArenaParam.VestingSeconds) return ("vestingSeconds", 1 days, 180 days, 30 days);
        // FLock's initial exponent of 1; below it favours small stakes (and splitting them), above it large ones.
        if (param == ArenaParam.StakeExponent) return ("stakeExponent", 0.5e18, 1.5e18, 1e18);
        // Not documented: the second earns four fifths of the first, the tenth an eighth. Near FLock's worked example (0.8356).
        if (param == ArenaParam.RankRatio) return ("rankRatio", 0.5e18, 0.99e18, 0.8e18);
        // In points of 10,000: a validator that is a tenth off on average earns nothing.
        if (param == ArenaParam.Tolerance) return ("tolerance", 100, 5_000, 1_000);
        // A hundredth of the stake: a validator that is down for a day keeps the rest.
        if (param == ArenaParam.MissedBps) return ("missedBps", 0, 500, 100);
        // Half of that: an honest outlier must not fear its own opinion (CONTRACTS.md 2.6).
        if (param == ArenaParam.OutlierBps) return ("outlierBps", 0, 200, 50);
        // Twice the tolerance: of random scores about models of any quality most rounds are that far off (28 of 36 measured), of honest ones
        // and of copied ones none (0 of 252; bench/RESULTS.md). At three times it, 8 of 36.
        return ("outlierDistance", 1_000, 10_000, 2_000);
    }
}
