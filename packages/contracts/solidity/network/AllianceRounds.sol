// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AllianceMembers} from "./AllianceMembers.sol";
import {AlliancePhase, AllianceTerms, IAlliance, Verdict, Vote} from "./interfaces/IAlliance.sol";
import {Docket, Judgement} from "./interfaces/IAllianceRules.sol";
import {Reason} from "./interfaces/IStakeManager.sol";
import {AllianceErrors} from "./libraries/AllianceErrors.sol";
import {AllianceMath} from "./libraries/AllianceMath.sol";
import {Ballot, ScoreVoting, Seat} from "./libraries/ScoreVoting.sol";

/// @notice The part of an alliance that takes a round from its draw to its end.
/// Idle -> Drawing -> Contributing -> Committing -> Revealing -> Idle ... -> Finished; a round without contributions or commitments ends
/// early, and a draw whose beacon never comes is given up.
///
/// A round pays at its end, from the pool as it is then, what its number gives; whenever it is settled it is settled once.
abstract contract AllianceRounds is AllianceMembers {
    using ScoreVoting for Ballot;

    /// @dev An alliance that nobody opens a round of for this long is over.
    uint256 private constant IDLE_TIMEOUT = 30 days;

    /// @inheritdoc IAlliance
    function contribute(uint256 id, uint256 seat, bytes32 digest) external {
        Book storage book = _inPhase(id, AlliancePhase.Contributing);
        uint32 number = book.machine.round;
        Round storage round = book.rounds[number];
        bool seated = seat < round.proposers && round.proposerAt[seat].voter == msg.sender;
        require(seated, AllianceErrors.NotProposer(msg.sender, seat));
        require(digest != 0, AllianceErrors.AllianceDigestZero());
        uint64 bit = uint64(1 << seat);
        require(round.contributed & bit == 0, AllianceErrors.AlreadyContributed(seat));
        round.contributed |= bit;
        round.contributions[seat] = digest;
        emit Contributed(id, number, msg.sender, seat, digest);
    }

    /// @inheritdoc IAlliance
    function commitVote(uint256 id, uint256 seat, bytes32 commitment) external {
        Book storage book = _inPhase(id, AlliancePhase.Committing);
        uint32 number = book.machine.round;
        book.rounds[number].ballot.commit(seat, msg.sender, commitment);
        emit VoteCommitted(id, number, msg.sender, seat, commitment);
    }

    /// @inheritdoc IAlliance
    function revealVote(uint256 id, uint256 seat, Vote calldata vote, bytes32 salt) external {
        Book storage book = _inPhase(id, AlliancePhase.Revealing);
        uint32 number = book.machine.round;
        Round storage round = book.rounds[number];
        bool valid = vote.digest != 0 && (vote.score == 1 || vote.score == -1) && vote.approved & ~round.contributed == 0;
        require(valid, AllianceErrors.VoteInvalid());
        round.ballot.open(seat, msg.sender, commitmentOf(id, number, msg.sender, vote, salt));
        round.votes[seat] = vote;
        emit VoteRevealed(id, number, msg.sender, seat, vote);
    }

    /// @inheritdoc IAlliance
    function advance(uint256 id) external locked returns (AlliancePhase) {
        Machine memory m = _book(id).machine;
        require(m.phase != AlliancePhase.Finished, AllianceErrors.AllianceFinished(id));
        if (m.phase == AlliancePhase.Idle) _leaveIdle(id, m);
        else if (m.phase == AlliancePhase.Drawing) _leaveDrawing(id, m);
        else _leaveRound(id, m, _books[id].rounds[m.round]);
        return _books[id].machine.phase;
    }

    // --- steps
    function _leaveIdle(uint256 id, Machine memory m) private {
        require(block.timestamp >= m.until, AllianceErrors.PhaseRunning(m.phase, m.until));
        if (block.timestamp >= m.until + IDLE_TIMEOUT) {
            _finish(id);
            emit PhaseAdvanced(id, m.round, AlliancePhase.Finished, 0);
        } else {
            _freeze(id);
        }
    }

    function _leaveDrawing(uint256 id, Machine memory m) private {
        if (beacon.isKnown(m.beaconRound)) {
            _draw(id, beacon.seed(m.beaconRound));
            return;
        }
        require(block.timestamp >= m.until, AllianceErrors.PhaseRunning(m.phase, m.until));
        emit DrawVoided(id, m.round, m.beaconRound);
        _rest(id, m.round);
    }

    function _leaveRound(uint256 id, Machine memory m, Round storage round) private {
        bool over = block.timestamp >= m.until || _isComplete(m.phase, round);
        require(over, AllianceErrors.PhaseRunning(m.phase, m.until));
        AllianceTerms storage terms = _books[id].terms;
        if (m.phase == AlliancePhase.Contributing && round.contributed != 0) {
            _enter(id, m.round, AlliancePhase.Committing, terms.commitWindow);
        } else if (m.phase == AlliancePhase.Committing && round.ballot.committed != 0) {
            _enter(id, m.round, AlliancePhase.Revealing, terms.revealWindow);
        } else {
            _settle(id, m);
        }
    }

    /// @dev Whether everybody has done what the phase waits for.
    function _isComplete(AlliancePhase phase, Round storage round) private view returns (bool) {
        if (phase == AlliancePhase.Contributing) return round.contributed == _bits(round.proposers);
        return phase == AlliancePhase.Committing ? round.ballot.allCommitted() : round.ballot.allRevealed();
    }

    function _enter(uint256 id, uint32 number, AlliancePhase phase, uint32 window) private {
        uint40 until = uint40(block.timestamp) + window;
        (_books[id].machine.phase, _books[id].machine.until) = (phase, until);
        emit PhaseAdvanced(id, number, phase, until);
    }

    function _rest(uint256 id, uint32 next) private {
        _books[id].machine.round = next;
        _enter(id, next, AlliancePhase.Idle, _params.restWindow);
    }

    // --- settlement
    /// @dev Ends the round: verdict, model, rewards, the next phase; penalties last, because the StakeManager is called for them.
    function _settle(uint256 id, Machine memory m) private {
        Book storage book = _books[id];
        Round storage round = book.rounds[m.round];
        (Docket memory docket, address[] memory accounts) = _docketOf(id, m, round);
        Judgement memory j = rules.judge(docket);
        (round.verdict, round.digest, round.approved) = (j.verdict, j.digest, j.approved);
        if (j.verdict == Verdict.Accepted) book.model = j.digest;
        book.machine.pool -= uint96(j.paid); // at most the pot
        emit RoundSettled(id, m.round, j.verdict, j.digest, j.sum, j.approved, book.model, docket.pot, j.paid);
        _pay(id, m.round, accounts, j);
        if (m.round == book.terms.rounds) {
            _finish(id);
            emit PhaseAdvanced(id, m.round, AlliancePhase.Finished, 0);
        } else {
            _rest(id, m.round + 1);
        }
        _penalise(id, m.round, accounts, j);
    }

    /// @dev Strikes count from the next round on.
    function _pay(uint256 id, uint32 number, address[] memory accounts, Judgement memory j) private {
        for (uint256 i = 0; i < accounts.length; ++i) {
            Standing storage standing = _books[id].standings[accounts[i]];
            if (j.shares[i] != 0) {
                standing.earned += uint96(j.shares[i]); // of a pool that fits
                emit Earned(id, number, accounts[i], j.shares[i]);
            }
            uint16 strikes = uint16(j.strikes[i]);
            if (strikes == standing.strikes) continue;
            standing.strikes = strikes;
            emit Struck(id, number, accounts[i], strikes);
        }
    }

    /// @dev Each seat once, and nobody has two: nobody is penalised twice for one round.
    function _penalise(uint256 id, uint32 number, address[] memory accounts, Judgement memory j) private {
        for (uint256 i = 0; i < accounts.length; ++i) {
            if (j.penalties[i] == 0) continue;
            bool missed = j.missed >> i & 1 != 0;
            bytes32 key = _keyOf(id, accounts[i]);
            uint256 taken = AllianceMath.penaltyUp(stakes.slashableOf(key), j.penalties[i]);
            // Of what is thawing as well: nobody gets away with it. Who has lost everything is let go when the next round is opened.
            if (taken != 0) (taken,) = stakes.slash(key, taken, missed ? Reason.MISSED_REVEAL : Reason.OUTLIER, msg.sender);
            emit Penalised(id, number, accounts[i], missed, taken);
        }
    }

    function _docketOf(uint256 id, Machine memory m, Round storage round)
        private
        view
        returns (Docket memory d, address[] memory accounts)
    {
        (d.proposers, d.voters) = _seatsOf(round);
        (uint256 proposers, uint256 voters) = (d.proposers.length, d.voters.length);
        d.votes = new Vote[](voters);
        (accounts, d.strikes) = (new address[](proposers + voters), new uint256[](proposers + voters));
        for (uint256 k = 0; k < proposers; ++k) {
            accounts[k] = d.proposers[k].voter;
        }
        for (uint256 k = 0; k < voters; ++k) {
            accounts[proposers + k] = d.voters[k].voter;
            d.votes[k] = round.votes[k];
        }
        for (uint256 i = 0; i < accounts.length; ++i) {
            d.strikes[i] = _books[id].standings[accounts[i]].strikes;
        }
        (d.contributed, d.revealed) = (round.contributed, round.ballot.revealed);
        d.voted = m.phase != AlliancePhase.Contributing;
        (d.missedBps, d.outlierBps) = (_params.missedBps, _params.outlierBps);
        d.pot = potOf(id);
    }

    function _seatsOf(Round storage round) internal view returns (Seat[] memory proposers, Seat[] memory voters) {
        (proposers, voters) = (new Seat[](round.proposers), new Seat[](round.ballot.seats));
        for (uint256 k = 0; k < proposers.length; ++k) {
            proposers[k] = round.proposerAt[k];
        }
        for (uint256 k = 0; k < voters.length; ++k) {
            voters[k] = round.ballot.seatAt[k];
        }
    }

    function _bits(uint256 count) private pure returns (uint64) {
        return uint64((1 << count) - 1);
    }

    /// @inheritdoc IAlliance
    function commitmentOf(uint256 id, uint32 round, address voter, Vote calldata vote, bytes32 salt)
        public
        view
        returns (bytes32)
    {
        return ScoreVoting.commitmentOf(taskOf(id), round, voter, keccak256(abi.encode(vote)), salt);
    }
}
