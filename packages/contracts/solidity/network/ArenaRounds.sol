// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {ArenaRound, ArenaTask} from "./ArenaState.sol";
import {ArenaTasks} from "./ArenaTasks.sol";
import {RoundResult} from "./interfaces/IArenaRules.sol";
import {Reason} from "./interfaces/IStakeManager.sol";
import {ArenaParam, Entry, ITaskRegistry, Purse, TaskPhase, TaskRole} from "./interfaces/ITaskRegistry.sol";
import {ArenaErrors} from "./libraries/ArenaErrors.sol";
import {Ballot, ScoreVoting} from "./libraries/ScoreVoting.sol";

/// @notice The part of the arena that takes a task's rounds from submissions to rewards.
abstract contract ArenaRounds is ArenaTasks {
    using SafeCastLib for uint256;
    using ScoreVoting for Ballot;

    /// @dev Between a freeze and the first beacon round that may decide it: nobody knows that one when the freeze is mined.
    uint256 private constant BEACON_MARGIN = 30;
    /// @dev A round that no beacon has decided by then is void; bonded nodes have time to stand in for it before.
    uint40 private constant DRAW_TIMEOUT = 1 days;
    uint256 private constant BPS = 10_000;
    uint256 private constant MAX_SCORE = 10_000;
    uint256 private constant MASKS_PER_WORD = 4;
    uint256 private constant MASK_BITS = 64;

    // --- freeze and draw
    /// @inheritdoc ITaskRegistry
    function freeze(uint256 task) external locked {
        ArenaTask storage t = _inPhase(task, TaskPhase.Submitting);
        require(block.timestamp >= t.deadline, ArenaErrors.TaskPhaseRunning(task, t.deadline));
        ArenaRound storage r = t.rounds[t.round];
        _freezeNodes(task, t, r);
        _freezeValidators(task, t, r);
        if (r.entries.length == 0 || r.ballot.seats == 0) {
            _endRound(task, t, true);
            return;
        }
        t.phase = TaskPhase.Drawing;
        t.beaconRound = beacon.roundAfter(block.timestamp + BEACON_MARGIN);
        t.deadline = uint40(beacon.timeOf(t.beaconRound)) + DRAW_TIMEOUT;
        emit RoundFrozen(task, t.round, t.beaconRound);
    }

    /// @inheritdoc ITaskRegistry
    function draw(uint256 task) external locked {
        ArenaTask storage t = _inPhase(task, TaskPhase.Drawing);
        uint16 round = t.round;
        ArenaRound storage r = t.rounds[round];
        bytes32 random = beacon.seed(t.beaconRound);
        bytes32 seed = keccak256(abi.encode(random, block.chainid, address(this), task, round, TaskRole.Validator));
        uint256 models = r.entries.length;
        uint64[] memory assigned = rules.draw(seed, _seatStakes(r), models, t.terms.seats);
        r.ballot.setItems(models);
        _keepAssigned(r, assigned);
        t.phase = TaskPhase.Voting;
        uint40 commitUntil = uint40(block.timestamp) + t.terms.commitSeconds;
        t.deadline = commitUntil;
        emit RoundDrawn(task, round, seed, assigned, commitUntil, commitUntil + t.terms.revealSeconds);
    }

    /// @inheritdoc ITaskRegistry
    function voidRound(uint256 task) external locked {
        ArenaTask storage t = _inPhase(task, TaskPhase.Drawing);
        require(block.timestamp >= t.deadline, ArenaErrors.TaskPhaseRunning(task, t.deadline));
        require(!beacon.isKnown(t.beaconRound), ArenaErrors.BeaconKnown(task, t.beaconRound));
        _endRound(task, t, true);
    }

    // --- votes
    /// @inheritdoc ITaskRegistry
    function commitScores(uint256 task, uint256 seat, bytes32 commitment) external {
        ArenaTask storage t = _inPhase(task, TaskPhase.Voting);
        require(block.timestamp < t.deadline, ArenaErrors.TaskPhaseOver(task, t.deadline));
        uint16 round = t.round;
        ArenaRound storage r = t.rounds[round];
        require(_assigned(r, seat) != 0, ArenaErrors.NotDrawn(task, seat));
        r.ballot.commit(seat, msg.sender, commitment);
        emit ScoresCommitted(task, round, msg.sender, commitment);
    }

    /// @inheritdoc ITaskRegistry
    function revealScores(uint256 task, uint256 seat, uint16[] calldata scores, bytes32 salt) external {
        ArenaTask storage t = _inPhase(task, TaskPhase.Voting);
        uint256 from = t.deadline;
        uint256 until = from + t.terms.revealSeconds;
        require(block.timestamp >= from, ArenaErrors.TaskPhaseRunning(task, from));
        require(block.timestamp < until, ArenaErrors.TaskPhaseOver(task, until));
        uint16 round = t.round;
        ArenaRound storage r = t.rounds[round];
        r.ballot.reveal(seat, msg.sender, task, round, scores, salt);
        uint256 mask = _assigned(r, seat);
        for (uint256 i = 0; i < scores.length; ++i) {
            bool valid = mask >> i & 1 != 0 ? scores[i] <= MAX_SCORE : scores[i] == ScoreVoting.NONE;
            require(valid, ArenaErrors.ScoreInvalid(i, scores[i]));
        }
        emit ScoresRevealed(task, round, msg.sender, scores);
    }

    // --- count
    /// @inheritdoc ITaskRegistry
    function count(uint256 task, uint256 maxModels) external locked returns (bool done) {
        ArenaTask storage t = _inPhase(task, TaskPhase.Voting);
        ArenaRound storage r = t.rounds[t.round];
        // Before the end of reveals only when nothing is missing.
        uint256 until = r.ballot.allRevealed() ? t.deadline : uint256(t.deadline) + t.terms.revealSeconds;
        require(block.timestamp >= until, ArenaErrors.TaskPhaseRunning(task, until));
        done = r.ballot.tally(maxModels);
        if (!done) return false;
        r.counted = true;
        _reward(task, t, r);
        _endRound(task, t, false);
    }

    /// @inheritdoc ITaskRegistry
    function punish(uint256 task, uint16 round, uint256 seat) external locked returns (uint256 slashed) {
        ArenaTask storage t = _known(task);
        ArenaRound storage r = t.rounds[round];
        require(r.counted, ArenaErrors.RoundNotCounted(task, round));
        bool missed = !r.ballot.hasRevealed(seat);
        bool guilty = _assigned(r, seat) != 0 && r.punished >> seat & 1 == 0 && (missed || _isOutlier(r, seat));
        require(guilty, ArenaErrors.NothingToPunish(task, round, seat));
        r.punished |= uint64(1 << seat); // at most 64 seats
        address validator = r.ballot.seatAt[seat].voter;
        bytes32 key = _memberKey(task, validator, TaskRole.Validator);
        uint256 bps = _param(missed ? ArenaParam.MissedBps : ArenaParam.OutlierBps);
        uint256 due = FixedPointMathLib.mulDivUp(stakeManager.slashableOf(key), bps, BPS);
        emit ValidatorPunished(task, round, validator, missed);
        (slashed,) = stakeManager.slash(key, due, missed ? Reason.MISSED_REVEAL : Reason.OUTLIER, msg.sender);
    }

    function _freezeNodes(uint256 task, ArenaTask storage t, ArenaRound storage r) private {
        uint256 least = _leastStake(TaskRole.Node);
        uint256 length = t.nodes.length;
        for (uint256 i = 0; i < length; ++i) {
            address node = t.nodes[i];
            bytes32 model = t.members[node].model;
            if (model == 0) continue;
            uint96 weight = _weightOf(_memberKey(task, node, TaskRole.Node), least);
            if (weight == 0) continue;
            r.entries.push(Entry(node, weight, model));
            emit ModelEntered(task, t.round, node, model, weight);
        }
    }

    function _freezeValidators(uint256 task, ArenaTask storage t, ArenaRound storage r) private {
        uint256 least = _leastStake(TaskRole.Validator);
        uint256 length = t.validators.length;
        for (uint256 i = 0; i < length; ++i) {
            address validator = t.validators[i];
            uint96 weight = _weightOf(_memberKey(task, validator, TaskRole.Validator), least);
            if (weight == 0) continue;
            uint256 seat = r.ballot.seat(validator, weight);
            emit ValidatorSeated(task, t.round, validator, seat, weight);
        }
    }

    /// @dev Zero for a position whose own stake has become too small: it is out until it stakes again.
    function _weightOf(bytes32 key, uint256 least) private view returns (uint96) {
        return stakeManager.selfStakeOf(key) < least ? 0 : stakeManager.weightOf(key).toUint96();
    }

    function _seatStakes(ArenaRound storage r) private view returns (uint256[] memory stakes) {
        stakes = new uint256[](r.ballot.seats);
        for (uint256 i = 0; i < stakes.length; ++i) {
            stakes[i] = r.ballot.seatAt[i].weight;
        }
    }

    function _keepAssigned(ArenaRound storage r, uint64[] memory assigned) private {
        uint256 word = 0;
        for (uint256 i = 0; i < assigned.length; ++i) {
            word |= uint256(assigned[i]) << i % MASKS_PER_WORD * MASK_BITS;
            if (i % MASKS_PER_WORD != MASKS_PER_WORD - 1 && i + 1 != assigned.length) continue;
            r.assigned[i / MASKS_PER_WORD] = word;
            word = 0;
        }
    }

    function _assigned(ArenaRound storage r, uint256 seat) internal view returns (uint64) {
        return uint64(r.assigned[seat / MASKS_PER_WORD] >> seat % MASKS_PER_WORD * MASK_BITS);
    }

    function _isOutlier(ArenaRound storage r, uint256 seat) private view returns (bool) {
        (uint256 distance, uint256 works) = r.ballot.distanceOf(seat);
        return distance >= works * _param(ArenaParam.OutlierDistance);
    }

    // --- rewards
    function _resultOf(ArenaTask storage t, ArenaRound storage r) private view returns (RoundResult memory result) {
        (result.pot, result.rounds, result.round, result.shareBps) = (t.pot, t.terms.rounds, t.round, t.terms.shareBps);
        result.stakeExponent = _param(ArenaParam.StakeExponent);
        result.rankRatio = _param(ArenaParam.RankRatio);
        result.tolerance = _param(ArenaParam.Tolerance);
        uint256 models = r.entries.length;
        (result.consensus, result.nodeStakes) = (new uint16[](models), new uint256[](models));
        for (uint256 i = 0; i < models; ++i) {
            (result.consensus[i], result.nodeStakes[i]) = (r.ballot.consensusOf(i), r.entries[i].weight);
        }
        result.seatStakes = _seatStakes(r);
        uint256 seats = result.seatStakes.length;
        (result.distances, result.works) = (new uint256[](seats), new uint256[](seats));
        for (uint256 i = 0; i < seats; ++i) {
            (result.distances[i], result.works[i]) = r.ballot.distanceOf(i);
        }
    }

    function _reward(uint256 task, ArenaTask storage t, ArenaRound storage r) private {
        RoundResult memory result = _resultOf(t, r);
        (uint256[] memory nodes, uint256[] memory validators) = rules.rewards(result);
        uint256 pot = result.pot - _payNodes(t, r, nodes) - _payValidators(t, r, validators);
        t.pot = uint96(pot); // less than it was
        emit RoundCounted(task, t.round, result.consensus, nodes, validators, pot);
    }

    function _payNodes(ArenaTask storage t, ArenaRound storage r, uint256[] memory rewards) private returns (uint256 paid) {
        uint256 lockedBps = _param(ArenaParam.LockedBps);
        for (uint256 i = 0; i < rewards.length; ++i) {
            if (rewards[i] == 0) continue;
            uint256 kept = rewards[i] * lockedBps / BPS;
            Purse storage purse = t.purses[r.entries[i].node];
            // All of the pot at most, which has 96 bits.
            (purse.free, purse.locked) = (purse.free + uint96(rewards[i] - kept), purse.locked + uint96(kept));
            paid += rewards[i];
        }
    }

    function _payValidators(ArenaTask storage t, ArenaRound storage r, uint256[] memory rewards) private returns (uint256 paid) {
        for (uint256 i = 0; i < rewards.length; ++i) {
            if (rewards[i] == 0) continue;
            t.purses[r.ballot.seatAt[i].voter].free += uint96(rewards[i]); // all of the pot at most
            paid += rewards[i];
        }
    }

    function _endRound(uint256 task, ArenaTask storage t, bool isVoid) private {
        uint16 round = t.round;
        if (isVoid) emit RoundVoided(task, round);
        if (round < t.terms.rounds) {
            (t.phase, t.round) = (TaskPhase.Submitting, round + 1);
            t.deadline = uint40(block.timestamp) + t.terms.submitSeconds;
            return;
        }
        t.phase = TaskPhase.Finished;
        (t.finishedAt, t.vestingSeconds) = (uint40(block.timestamp), uint32(_param(ArenaParam.VestingSeconds))); // at most 180 days
        emit TaskFinished(task, t.vestingSeconds);
    }
}
