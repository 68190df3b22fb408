// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";
import {LibBit} from "solady/utils/LibBit.sol";

import {Verdict, Vote} from "../interfaces/IAlliance.sol";
import {Seat} from "./ScoreVoting.sol";
import {ScoreMath} from "./ScoreMath.sol";

/// @notice What the votes of a round come to.
struct Count {
    Verdict verdict;
    /// @dev Zero when no digest has more than half of what was revealed.
    bytes32 digest;
    int256 sum;
    uint64 approved;
}

/// @notice What a voter did in a round that came to a verdict.
enum Stand {
    Silent,
    Majority,
    Minority
}

/// @notice Votes, merits and shares of an alliance's round; src/model/network/alliance.ts computes the same.
library AllianceMath {
    uint256 internal constant WAD = 1e18;
    /// @dev Of the weight that was drawn to vote, at least half has to be revealed: the silence of some must not decide.
    uint256 internal constant QUORUM_DIVISOR = 2;
    /// @dev Of one role: who has them weighs a sixteenth, and is whole again after being right as often. More would hardly take more of a
    /// liar's weight, and keep an honest node whose data differ waiting for longer.
    uint256 internal constant MAX_STRIKES = 4;
    /// @dev Strikes of an account are one number: where those of each role begin in it.
    uint256 internal constant WORK = 0;
    uint256 internal constant VOTES = 8;
    uint256 private constant ROLE_MASK = type(uint8).max;

    /// @notice Counts the votes that were revealed. Weights count up to a fifth of what was revealed.
    /// @param votes one per seat; those of seats that are not in `revealed` are not looked at.
    /// @param contributed one bit per contribution that there is.
    function count(Seat[] memory seats, Vote[] memory votes, uint64 revealed, uint64 contributed)
        internal
        pure
        returns (Count memory result)
    {
        (uint256[] memory weights, uint256 total, bool quorum) = _capped(seats, revealed);
        if (!quorum) return result;
        uint256 support;
        (result.digest, support) = _majority(votes, weights, total);
        if (result.digest == 0) return result;
        for (uint256 i = 0; i < votes.length; ++i) {
            if (weights[i] == 0 || votes[i].digest != result.digest) continue;
            result.sum += votes[i].score > 0 ? int256(weights[i]) : -int256(weights[i]);
        }
        if (result.sum == 0) return result;
        result.verdict = result.sum > 0 ? Verdict.Accepted : Verdict.Rejected;
        result.approved = _approved(votes, weights, result.digest, support, contributed);
    }

    /// @notice Where a voter stands; nobody is in the minority of a round without a verdict.
    function standOf(Count memory result, Vote memory vote, bool revealed) internal pure returns (Stand) {
        if (!revealed) return Stand.Silent;
        if (result.verdict == Verdict.Undecided) return Stand.Majority;
        bool same = vote.digest == result.digest && vote.score > 0 == result.sum > 0;
        return same ? Stand.Majority : Stand.Minority;
    }

    /// @notice What part of a voter's weight is paid: 1e18 when it saw every contribution as most did, less for each that it did not.
    function closenessDown(uint64 mine, uint64 agreed, uint64 contributed) internal pure returns (uint256) {
        uint256 all = LibBit.popCount(contributed);
        if (all == 0) return 0;
        return (all - LibBit.popCount((mine ^ agreed) & contributed)) * WAD / all;
    }

    /// @notice A round's pot: what is left over the rounds that are left, this one included.
    function potDown(uint256 pool, uint256 rounds, uint256 round) internal pure returns (uint256) {
        return pool / (rounds - round + 1);
    }

    /// @notice What merits are paid of `pot`. What a seat does not earn is nobody else's: it stays in the pool, so that nobody gains by a
    /// strike or a penalty of another's. The sum of shares is never more than the pot.
    /// @param pot below 2^96. @param merits below 2^156, of which `most` is the sum if nobody had ever done wrong.
    function sharesDown(uint256 pot, uint256[] memory merits, uint256 most)
        internal
        pure
        returns (uint256[] memory shares, uint256 paid)
    {
        shares = new uint256[](merits.length);
        if (most == 0) return (shares, 0);
        for (uint256 i = 0; i < merits.length; ++i) {
            shares[i] = pot * merits[i] / most;
            paid += shares[i];
        }
    }

    /// @notice Strikes after a round in which the account did wrong in a role: one more, up to the most.
    function struck(uint256 strikes, uint256 role) internal pure returns (uint256) {
        return strikesIn(strikes, role) < MAX_STRIKES ? strikes + (1 << role) : strikes;
    }

    /// @notice Strikes after a round in which it did right: one less, if there is one. What is right in one role mends nothing in the
    /// other: otherwise who proposes honestly could lie as a voter for ever.
    function mended(uint256 strikes, uint256 role) internal pure returns (uint256) {
        return strikesIn(strikes, role) != 0 ? strikes - (1 << role) : strikes;
    }

    function strikesIn(uint256 strikes, uint256 role) internal pure returns (uint256) {
        return strikes >> role & ROLE_MASK;
    }

    /// @notice How often an account's weight is halved: once for each strike, of whichever role.
    function halvings(uint256 strikes) internal pure returns (uint256) {
        return strikesIn(strikes, WORK) + strikesIn(strikes, VOTES);
    }

    /// @notice How many are drawn of `candidates`: as many as are wanted, or fewer in proportion, one of each at least.
    /// @param candidates at least 2.
    function seatsOf(uint256 candidates, uint256 proposers, uint256 voters) internal pure returns (uint256, uint256) {
        uint256 wanted = proposers + voters;
        if (candidates >= wanted) return (proposers, voters);
        uint256 fewer = FixedPointMathLib.max(proposers * candidates / wanted, 1);
        return (fewer, candidates - fewer);
    }

    /// @notice Part of a stake, rounded up: a penalty is never nothing.
    function penaltyUp(uint256 stake, uint256 bps) internal pure returns (uint256) {
        return FixedPointMathLib.divUp(stake * bps, ScoreMath.BPS);
    }

    /// @dev Weights of those who revealed, capped; 0 for the others.
    function _capped(Seat[] memory seats, uint64 revealed)
        private
        pure
        returns (uint256[] memory weights, uint256 total, bool quorum)
    {
        weights = new uint256[](seats.length);
        uint256 drawn = 0;
        uint256 heard = 0;
        for (uint256 i = 0; i < seats.length; ++i) {
            drawn += seats[i].weight;
            if (revealed >> i & 1 != 0) heard += seats[i].weight;
        }
        uint256 cap = ScoreMath.capUp(heard);
        for (uint256 i = 0; i < seats.length; ++i) {
            if (revealed >> i & 1 == 0) continue;
            weights[i] = FixedPointMathLib.min(seats[i].weight, cap);
            total += weights[i];
        }
        quorum = heard != 0 && heard * QUORUM_DIVISOR >= drawn;
    }

    /// @dev The digest that has more than half of `total`, if there is one: whoever outlasts the others one against one.
    function _majority(Vote[] memory votes, uint256[] memory weights, uint256 total)
        private
        pure
        returns (bytes32 digest, uint256 support)
    {
        uint256 lead = 0;
        for (uint256 i = 0; i < votes.length; ++i) {
            if (votes[i].digest == digest) {
                lead += weights[i];
            } else if (weights[i] > lead) {
                (digest, lead) = (votes[i].digest, weights[i] - lead);
            } else {
                lead -= weights[i];
            }
        }
        for (uint256 i = 0; i < votes.length; ++i) {
            if (votes[i].digest == digest) support += weights[i];
        }
        if (2 * support <= total) return (0, 0);
    }

    /// @dev Contributions that more than half of those approve of who voted for the digest.
    function _approved(Vote[] memory votes, uint256[] memory weights, bytes32 digest, uint256 support, uint64 contributed)
        private
        pure
        returns (uint64 approved)
    {
        for (uint256 k = 0; contributed >> k != 0; ++k) {
            if (contributed >> k & 1 == 0) continue;
            uint256 pro = 0;
            for (uint256 i = 0; i < votes.length; ++i) {
                if (votes[i].digest == digest && votes[i].approved >> k & 1 != 0) pro += weights[i];
            }
            if (2 * pro > support) approved |= uint64(1 << k);
        }
    }
}
