// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";
import {LibBit} from "solady/utils/LibBit.sol";

import {ScoreMath} from "./ScoreMath.sol";
import {VotingErrors} from "./VotingErrors.sol";

/// @notice Who votes on a seat, and with what weight.
struct Seat {
    address voter;
    uint96 weight;
}

/// @notice One ballot: its voters are seated once, commit, and then reveal.
struct Ballot {
    /// @dev One bit per seat.
    uint64 committed;
    uint64 revealed;
    uint16 items;
    /// @dev Items whose consensus is known.
    uint16 tallied;
    uint8 seats;
    mapping(uint256 seat => Seat) seatAt;
    mapping(uint256 seat => bytes32) commitments;
    /// @dev Sixteen to a word, four words per seat.
    mapping(uint256 word => uint256) scores;
    mapping(uint256 word => uint256) consensus;
}

/// @title ScoreVoting
/// @notice Commit-reveal ballots of CONTRACTS.md 2.7: a voter gives one score to each item; what counts for an item is the median of the
/// scores by stake, in which no voter has more than a fifth.
///
/// Phases, deadlines, who may vote and what it earns or costs belong to the contract that holds the ballot, events as well. A commitment
/// names chain, contract, task, round and voter: nobody can reveal another's (attack 38).
library ScoreVoting {
    /// @notice What a voter says of an item that it was not asked about, and what is said of an item that nobody scored.
    uint16 internal constant NONE = type(uint16).max;
    uint256 internal constant MAX_SEATS = 64;
    uint256 internal constant MAX_ITEMS = 64;
    uint256 private constant SCORE_BITS = 16;
    uint256 private constant SCORES_PER_WORD = 16;
    uint256 private constant WORDS_PER_SEAT = MAX_ITEMS / SCORES_PER_WORD;

    // --- seats
    /// @notice Seats a voter, whose weight stays as it is now. That nobody sits twice is the caller's to see to.
    function seat(Ballot storage ballot, address voter, uint96 weight) internal returns (uint256 index) {
        index = ballot.seats;
        require(index < MAX_SEATS, VotingErrors.BallotFull(MAX_SEATS));
        ballot.seatAt[index] = Seat(voter, weight);
        ballot.seats = uint8(index + 1);
    }

    /// @notice Says how many items there are to score: before the first reveal, and once.
    function setItems(Ballot storage ballot, uint256 items) internal {
        require(items != 0 && items <= MAX_ITEMS, VotingErrors.BallotInvalid(items, MAX_ITEMS));
        ballot.items = uint16(items);
    }

    // --- votes
    /// @notice What a voter commits to.
    /// @param payload hash of what it will reveal; see scoresHash. @param salt 32 random bytes that only the voter knows.
    function commitmentOf(uint256 task, uint256 round, address voter, bytes32 payload, bytes32 salt)
        internal
        view
        returns (bytes32)
    {
        return keccak256(abi.encode(block.chainid, address(this), task, round, voter, payload, salt));
    }

    function scoresHash(uint16[] calldata scores) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(scores));
    }

    function commit(Ballot storage ballot, uint256 index, address voter, bytes32 commitment) internal {
        _checkSeat(ballot, index, voter);
        require(commitment != 0, VotingErrors.CommitmentZero());
        uint64 committed = ballot.committed;
        require(!_has(committed, index), VotingErrors.AlreadyCommitted(index));
        ballot.committed = _with(committed, index);
        ballot.commitments[index] = commitment;
    }

    /// @notice Checks that `given`, by commitmentOf, is what `voter` committed to, and counts it as revealed.
    function open(Ballot storage ballot, uint256 index, address voter, bytes32 given) internal {
        _checkSeat(ballot, index, voter);
        uint64 revealed = ballot.revealed;
        require(!_has(revealed, index), VotingErrors.AlreadyRevealed(index));
        bytes32 committed = ballot.commitments[index];
        require(given == committed, VotingErrors.CommitmentMismatch(given, committed));
        ballot.revealed = _with(revealed, index);
    }

    /// @notice Opens a commitment to scores and keeps them.
    /// @param scores one per item, NONE where the voter has none. What else may be scored is the caller's to check.
    function reveal(
        Ballot storage ballot,
        uint256 index,
        address voter,
        uint256 task,
        uint256 round,
        uint16[] calldata scores,
        bytes32 salt
    ) internal {
        uint256 items = ballot.items;
        require(scores.length == items, VotingErrors.ScoresLength(scores.length, items));
        open(ballot, index, voter, commitmentOf(task, round, voter, scoresHash(scores), salt));
        for (uint256 from = 0; from < items; from += SCORES_PER_WORD) {
            uint256 to = FixedPointMathLib.min(from + SCORES_PER_WORD, items);
            uint256 word = 0;
            for (uint256 i = from; i < to; ++i) {
                word |= uint256(scores[i]) << (i - from) * SCORE_BITS;
            }
            ballot.scores[index * WORDS_PER_SEAT + from / SCORES_PER_WORD] = word;
        }
    }

    // --- consensus
    /// @notice Computes the consensus of the next items, at most `maxItems`. Not before the last reveal.
    /// @return done whether that was the last item.
    function tally(Ballot storage ballot, uint256 maxItems) internal returns (bool done) {
        (uint256 from, uint256 items) = (ballot.tallied, ballot.items);
        require(from < items && maxItems != 0, VotingErrors.NothingToTally(from));
        uint256 to = FixedPointMathLib.min(from + maxItems, items);
        (uint256[] memory voters, uint96[] memory weights) = _revealers(ballot);
        for (uint256 item = from; item < to; ++item) {
            uint256 word = item / SCORES_PER_WORD;
            ballot.consensus[word] |= _consensus(ballot, item, voters, weights) << item % SCORES_PER_WORD * SCORE_BITS;
        }
        ballot.tallied = uint16(to); // at most MAX_ITEMS
        return to == items;
    }

    /// @notice NONE when nobody scored it.
    function consensusOf(Ballot storage ballot, uint256 item) internal view returns (uint16) {
        require(item < ballot.tallied, VotingErrors.NotTallied(item));
        return _scoreIn(ballot.consensus[item / SCORES_PER_WORD], item);
    }

    /// @notice How far from the consensus a voter was: summed over the items that it scored, and how many these were.
    function distanceOf(Ballot storage ballot, uint256 index) internal view returns (uint256 distance, uint256 count) {
        uint256 items = ballot.items;
        require(ballot.tallied == items, VotingErrors.NotTallied(ballot.tallied));
        if (!hasRevealed(ballot, index)) return (0, 0);
        for (uint256 from = 0; from < items; from += SCORES_PER_WORD) {
            uint256 scores = ballot.scores[index * WORDS_PER_SEAT + from / SCORES_PER_WORD];
            uint256 agreed = ballot.consensus[from / SCORES_PER_WORD];
            uint256 to = FixedPointMathLib.min(from + SCORES_PER_WORD, items);
            for (uint256 i = from; i < to; ++i) {
                uint256 score = _scoreIn(scores, i);
                if (score == NONE) continue;
                distance += FixedPointMathLib.dist(score, _scoreIn(agreed, i));
                ++count;
            }
        }
    }

    // --- readings
    function scoreOf(Ballot storage ballot, uint256 index, uint256 item) internal view returns (uint16) {
        if (!hasRevealed(ballot, index)) return NONE;
        return _scoreIn(ballot.scores[index * WORDS_PER_SEAT + item / SCORES_PER_WORD], item);
    }

    function hasCommitted(Ballot storage ballot, uint256 index) internal view returns (bool) {
        return _has(ballot.committed, index);
    }

    function hasRevealed(Ballot storage ballot, uint256 index) internal view returns (bool) {
        return _has(ballot.revealed, index);
    }

    /// @notice Whether every seat has committed; then there is nothing to wait for.
    function allCommitted(Ballot storage ballot) internal view returns (bool) {
        return ballot.committed == _all(ballot.seats);
    }

    /// @notice Whether every commitment was revealed; true as well when there is none.
    function allRevealed(Ballot storage ballot) internal view returns (bool) {
        return ballot.revealed == ballot.committed;
    }

    function _consensus(Ballot storage ballot, uint256 item, uint256[] memory voters, uint96[] memory weights)
        private
        view
        returns (uint256)
    {
        uint256[] memory votes = new uint256[](voters.length);
        uint256 count = 0;
        for (uint256 k = 0; k < voters.length; ++k) {
            uint256 score = _scoreIn(ballot.scores[voters[k] * WORDS_PER_SEAT + item / SCORES_PER_WORD], item);
            if (score != NONE) votes[count++] = ScoreMath.voteOf(score, weights[k]);
        }
        if (count == 0) return NONE;
        assembly ("memory-safe") {
            mstore(votes, count)
        }
        return ScoreMath.consensus(votes);
    }

    /// @dev Seats that revealed, with their weights.
    function _revealers(Ballot storage ballot) private view returns (uint256[] memory voters, uint96[] memory weights) {
        (uint256 seats, uint64 revealed) = (ballot.seats, ballot.revealed);
        uint256 count = LibBit.popCount(revealed);
        (voters, weights) = (new uint256[](count), new uint96[](count));
        uint256 k = 0;
        for (uint256 i = 0; i < seats; ++i) {
            if (!_has(revealed, i)) continue;
            (voters[k], weights[k]) = (i, ballot.seatAt[i].weight);
            ++k;
        }
    }

    function _checkSeat(Ballot storage ballot, uint256 index, address voter) private view {
        require(index < ballot.seats && ballot.seatAt[index].voter == voter, VotingErrors.NotSeated(voter, index));
    }

    function _scoreIn(uint256 word, uint256 item) private pure returns (uint16) {
        return uint16(word >> item % SCORES_PER_WORD * SCORE_BITS);
    }

    function _has(uint64 bits, uint256 index) private pure returns (bool) {
        return bits >> index & 1 != 0;
    }

    function _with(uint64 bits, uint256 index) private pure returns (uint64) {
        return bits | uint64(1 << index);
    }

    function _all(uint256 seats) private pure returns (uint64) {
        return uint64((1 << seats) - 1);
    }
}
