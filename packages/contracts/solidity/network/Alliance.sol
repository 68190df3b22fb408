// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AllianceRounds} from "./AllianceRounds.sol";
import {AllianceState} from "./AllianceState.sol";
import {CurrencyHolder} from "./CurrencyHolder.sol";
import {NetworkManaged} from "./NetworkManaged.sol";
import {AllianceParams, AlliancePhase, AllianceTerms, AllianceView, IAlliance, RoundView, Vote} from "./interfaces/IAlliance.sol";
import {IAllianceRules} from "./interfaces/IAllianceRules.sol";
import {IRandomBeacon} from "./interfaces/IRandomBeacon.sol";
import {IStakeManager} from "./interfaces/IStakeManager.sol";
import {AllianceErrors} from "./libraries/AllianceErrors.sol";
import {Roles} from "./libraries/Roles.sol";
import {Seat} from "./libraries/ScoreVoting.sol";

/// @title Alliance
/// @notice See IAlliance.
///
/// TRUST: most of the stake that votes is honest. The contract cannot see training: whoever has more than half of a round's votes decides
/// its model. The beacon decides who has them.
contract Alliance is AllianceRounds {
    /// @param currency_ what pools are in: the StakeManager's token.
    constructor(
        address authority_,
        address currency_,
        IStakeManager stakes_,
        IRandomBeacon beacon_,
        IAllianceRules rules_,
        AllianceParams memory params_
    ) NetworkManaged(authority_) CurrencyHolder(currency_) AllianceState(stakes_, beacon_, rules_, params_) {}

    /// @inheritdoc IAlliance
    function create(AllianceTerms calldata terms, uint96 amount) external locked returns (uint256 id) {
        rules.checkTerms(terms, stakes.minStake(Roles.ALLIANCE));
        require(amount != 0 && amount >= _params.minPool, AllianceErrors.PoolBelowMinimum(amount, _params.minPool));
        id = ++alliances;
        Book storage book = _books[id];
        (book.creator, book.model, book.terms) = (msg.sender, terms.model, terms);
        (book.machine.phase, book.machine.round) = (AlliancePhase.Idle, 1);
        book.machine.until = uint40(block.timestamp) + _params.restWindow;
        emit AllianceCreated(id, msg.sender, terms);
        _addToPool(id, msg.sender, amount);
        _pull(amount);
    }

    // --- views
    /// @inheritdoc IAlliance
    function allianceOf(uint256 id) external view returns (AllianceView memory) {
        Book storage book = _book(id);
        Machine memory m = book.machine;
        uint8 participants = uint8(book.members.length); // at most 64
        return AllianceView(book.creator, m.phase, m.round, m.until, m.beaconRound, participants, book.model, m.pool);
    }

    /// @inheritdoc IAlliance
    function termsOf(uint256 id) external view returns (AllianceTerms memory) {
        return _book(id).terms;
    }

    /// @inheritdoc IAlliance
    function roundOf(uint256 id, uint32 number) external view returns (RoundView memory v) {
        Round storage round = _books[id].rounds[number];
        (v.proposers, v.voters, v.contributed) = (round.proposers, round.ballot.seats, round.contributed);
        (v.committed, v.revealed) = (round.ballot.committed, round.ballot.revealed);
        (v.verdict, v.approved, v.digest) = (round.verdict, round.approved, round.digest);
    }

    /// @inheritdoc IAlliance
    function seatsOf(uint256 id, uint32 number) external view returns (Seat[] memory proposers, Seat[] memory voters) {
        return _seatsOf(_books[id].rounds[number]);
    }

    /// @inheritdoc IAlliance
    function participantsOf(uint256 id) external view returns (address[] memory) {
        return _accountsOf(_books[id].members);
    }

    /// @inheritdoc IAlliance
    function peerKeyOf(uint256 id, address account) external view returns (bytes32) {
        return _books[id].standings[account].peerKey;
    }

    /// @inheritdoc IAlliance
    function contributionOf(uint256 id, uint32 number, uint256 seat) external view returns (bytes32) {
        return _books[id].rounds[number].contributions[seat];
    }

    /// @inheritdoc IAlliance
    function voteOf(uint256 id, uint32 number, uint256 seat) external view returns (Vote memory) {
        return _books[id].rounds[number].votes[seat];
    }
}
