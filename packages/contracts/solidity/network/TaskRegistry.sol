// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {ArenaRounds} from "./ArenaRounds.sol";
import {ArenaParts, ArenaRound, ArenaState, ArenaTask} from "./ArenaState.sol";
import {Entry, ITaskRegistry, Member, Purse, SeatView, TaskPhase, TaskTerms, TaskView} from "./interfaces/ITaskRegistry.sol";
import {ArenaErrors} from "./libraries/ArenaErrors.sol";
import {ArenaMath} from "./libraries/ArenaMath.sol";
import {Ballot, ScoreVoting} from "./libraries/ScoreVoting.sol";

/// @title TaskRegistry
/// @notice See ITaskRegistry.
///
/// ROLES: governance sets parameters within bounds. No role reaches a pot or a purse.
/// TRUST: the StakeManager, the beacon and the emission, which governance deployed; that most of the validators' stake is honest.
/// A creator trusts nobody: it may well be all nodes and validators of its own task, and plays with its own money then.
///
/// INVARIANTS
/// 1. The currency held is at least all pots and what purses have left.
/// 2. A round gives away at most its part of the pot, and each wei once.
/// 3. Nobody is a node and a validator of one task, and nobody is punished twice for one round.
/// 4. Who scores what depends on nothing that was chosen once the beacon's round could be known.
contract TaskRegistry is ArenaRounds {
    using ScoreVoting for Ballot;

    constructor(ArenaParts memory parts) ArenaState(parts) {}

    /// @inheritdoc ITaskRegistry
    function collectEmission(uint256 task) external locked returns (uint256 amount) {
        ArenaTask storage t = _known(task);
        amount = emission.owedTo(task);
        require(amount != 0, ArenaErrors.NothingDue(task, address(emission)));
        bool finished = t.phase == TaskPhase.Finished;
        if (!finished) _addToPot(t, amount);
        emit TaskFunded(task, address(emission), amount);
        // The network's own contract, in one transaction with what it said before.
        uint256 collected = emission.collect(task);
        require(collected == amount, ErrorsLib.UnderReceived(amount, collected));
        if (finished) _pay(stakeManager.treasury(), amount);
    }

    /// @inheritdoc ITaskRegistry
    function claim(uint256 task, address account) external locked returns (uint256 paid) {
        ArenaTask storage t = _known(task);
        Purse storage purse = t.purses[account];
        (uint96 free, uint96 vested) = _due(t, purse);
        paid = uint256(free) + vested;
        require(paid != 0, ArenaErrors.NothingDue(task, account));
        (purse.free, purse.drawn) = (0, purse.drawn + vested);
        emit ArenaClaimed(task, account, free, vested);
        SafeTransferLib.safeApprove(currency, address(stakeManager), paid);
        stakeManager.reward(_memberKey(task, account, t.members[account].role), paid);
    }

    /// @dev What of a purse is due: all of what is free, and what has vested of the rest.
    function _due(ArenaTask storage t, Purse storage purse) private view returns (uint96 free, uint96 vested) {
        free = purse.free;
        if (t.phase != TaskPhase.Finished) return (free, 0);
        uint256 part = ArenaMath.vestedDown(purse.locked, block.timestamp - t.finishedAt, t.vestingSeconds);
        vested = uint96(part - purse.drawn); // at most what is locked
    }

    // --- views
    /// @inheritdoc ITaskRegistry
    function termsOf(uint256 task) external view returns (TaskTerms memory) {
        return _tasks[task].terms;
    }

    /// @inheritdoc ITaskRegistry
    function taskOf(uint256 task) external view returns (TaskView memory v) {
        ArenaTask storage t = _tasks[task];
        (v.creator, v.phase, v.round) = (t.creator, t.phase, t.round);
        (v.nodes, v.validators) = (uint8(t.nodes.length), uint8(t.validators.length)); // at most 64
        (v.deadline, v.finishedAt, v.beaconRound) = (t.deadline, t.finishedAt, t.beaconRound);
        (v.pot, v.creatorStake, v.vestingSeconds) = (t.pot, t.creatorStake, t.vestingSeconds);
    }

    /// @inheritdoc ITaskRegistry
    function memberOf(uint256 task, address account) external view returns (Member memory) {
        return _tasks[task].members[account];
    }

    /// @inheritdoc ITaskRegistry
    function membersOf(uint256 task) external view returns (address[] memory nodes, address[] memory validators) {
        return (_tasks[task].nodes, _tasks[task].validators);
    }

    /// @inheritdoc ITaskRegistry
    function entriesOf(uint256 task, uint16 round) external view returns (Entry[] memory) {
        return _tasks[task].rounds[round].entries;
    }

    /// @inheritdoc ITaskRegistry
    function seatOf(uint256 task, uint16 round, address validator) external view returns (SeatView memory v) {
        ArenaRound storage r = _tasks[task].rounds[round];
        for (uint256 i = 0; i < r.ballot.seats; ++i) {
            if (r.ballot.seatAt[i].voter != validator) continue;
            (v.seated, v.seat, v.assigned, v.punished) = (true, uint8(i), _assigned(r, i), r.punished >> i & 1 != 0); // at most 64 seats
            (v.committed, v.revealed) = (r.ballot.hasCommitted(i), r.ballot.hasRevealed(i));
        }
    }

    /// @inheritdoc ITaskRegistry
    function consensusOf(uint256 task, uint16 round, uint256 model) external view returns (uint16) {
        return _tasks[task].rounds[round].ballot.consensusOf(model);
    }

    /// @inheritdoc ITaskRegistry
    function purseOf(uint256 task, address account) external view returns (Purse memory purse, uint256 due) {
        ArenaTask storage t = _tasks[task];
        purse = t.purses[account];
        (uint96 free, uint96 vested) = _due(t, t.purses[account]);
        due = uint256(free) + vested;
    }
}
