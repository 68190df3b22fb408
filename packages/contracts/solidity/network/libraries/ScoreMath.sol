// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";
import {LibSort} from "solady/utils/LibSort.sol";

/// @notice What a ballot comes to. src/model/network/score-voting.ts computes the same.
library ScoreMath {
    uint256 internal constant WAD = 1e18;
    uint256 internal constant BPS = 10_000;
    /// @dev Most weight of one voter, as a part of all that voted; see CONTRACTS.md 9. It limits one identity, which can split itself:
    /// what keeps a ballot honest is that most of the stake is.
    uint256 internal constant CAP_BPS = 2_000;
    /// @dev A vote is a score above its weight: sorting votes sorts scores.
    uint256 private constant WEIGHT_BITS = 96;
    uint256 private constant WEIGHT_MASK = type(uint96).max;

    /// @notice The most that one of several voters counts, who have `total` together. Rounded up, so that no weight is capped to nothing.
    function capUp(uint256 total) internal pure returns (uint256) {
        return FixedPointMathLib.divUp(total * CAP_BPS, BPS);
    }

    function voteOf(uint256 score, uint96 weight) internal pure returns (uint256) {
        return score << WEIGHT_BITS | weight;
    }

    /// @notice The median by capped weight: the score below and above which there is at most half of it; when exactly half is at one score
    /// and below, the middle (down) between that and the next, so that nobody gains by scoring low. What less than half of the weight says
    /// cannot move it beyond what the others said.
    /// @param votes see voteOf; at least one has weight. They come back sorted.
    function consensus(uint256[] memory votes) internal pure returns (uint256 score) {
        uint256 total = 0;
        for (uint256 i = 0; i < votes.length; ++i) {
            total += votes[i] & WEIGHT_MASK;
        }
        uint256 cap = capUp(total);
        uint256 capped = 0;
        for (uint256 i = 0; i < votes.length; ++i) {
            capped += FixedPointMathLib.min(votes[i] & WEIGHT_MASK, cap);
        }
        // The shortest code (a TaskRegistry of the legacy pipeline has room for no other), and as quick: an item of the arena has 16 votes.
        LibSort.insertionSort(votes);
        uint256 below = 0;
        for (uint256 i = 0; i < votes.length; ++i) {
            uint256 weight = FixedPointMathLib.min(votes[i] & WEIGHT_MASK, cap);
            if (weight == 0) continue;
            // Half of the weight was at the score before, or below it.
            if (2 * below == capped) return (score + (votes[i] >> WEIGHT_BITS)) / 2;
            score = votes[i] >> WEIGHT_BITS;
            below += weight;
            if (2 * below > capped) return score;
        }
    }

    /// @notice 1e18 for no distance, falling in a straight line to 0 at `tolerance` and beyond.
    /// @param distance summed over `count` scores. @param tolerance of one score; above 0.
    function closenessDown(uint256 distance, uint256 count, uint256 tolerance) internal pure returns (uint256) {
        uint256 bound = tolerance * count;
        return distance >= bound ? 0 : (bound - distance) * WAD / bound;
    }
}
