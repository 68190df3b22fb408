// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CurrencyHolder} from "./CurrencyHolder.sol";
import {NetworkManaged} from "./NetworkManaged.sol";
import {AllianceParams, AlliancePhase, AllianceTerms, IAlliance, Verdict, Vote} from "./interfaces/IAlliance.sol";
import {IAllianceRules} from "./interfaces/IAllianceRules.sol";
import {IRandomBeacon} from "./interfaces/IRandomBeacon.sol";
import {IStakeManager} from "./interfaces/IStakeManager.sol";
import {AllianceErrors} from "./libraries/AllianceErrors.sol";
import {Roles} from "./libraries/Roles.sol";
import {Ballot, Seat} from "./libraries/ScoreVoting.sol";

/// @notice What the parts of an alliance share: its books, and what governance decides for all of them.
abstract contract AllianceState is CurrencyHolder, NetworkManaged, IAlliance {
    /// @dev What changes from phase to phase; one slot.
    struct Machine {
        AlliancePhase phase;
        uint32 round;
        uint40 until;
        uint64 beaconRound;
        uint96 pool;
    }

    /// @dev One slot.
    struct Member {
        address account;
        /// As of the last freeze: stake, halved for each strike. What the draw, the votes and the pay go by.
        uint96 weight;
    }

    struct Standing {
        /// Index of the member, plus one; 0 for nobody.
        uint8 place;
        bool leaving;
        uint96 earned;
        uint96 funded;
        /// See AllianceMath; they stay with the account when it leaves.
        uint16 strikes;
        bytes32 peerKey;
    }

    struct Round {
        uint8 proposers;
        Verdict verdict;
        uint64 contributed;
        uint64 approved;
        bytes32 digest;
        /// Of the voters.
        Ballot ballot;
        mapping(uint256 seat => Seat) proposerAt;
        mapping(uint256 seat => bytes32) contributions;
        mapping(uint256 seat => Vote) votes;
    }

    struct Book {
        address creator;
        /// All that was ever put in, and what was given back of it.
        uint96 funded;
        /// What was left at the end, to be refunded; 0 before.
        uint96 unspent;
        bytes32 model;
        Machine machine;
        AllianceTerms terms;
        Member[] members;
        mapping(address account => Standing) standings;
        mapping(uint32 round => Round) rounds;
    }

    /// @dev A task's number is its contract's address above the contract's own number.
    uint256 private constant TASK_SHIFT = 96;
    IStakeManager public immutable stakes;
    IRandomBeacon public immutable beacon;
    IAllianceRules public immutable rules;
    /// @inheritdoc IAlliance
    uint256 public alliances;
    address public emission;
    address public treasury;
    AllianceParams internal _params;
    mapping(uint256 id => Book) internal _books;

    constructor(IStakeManager stakes_, IRandomBeacon beacon_, IAllianceRules rules_, AllianceParams memory params_) {
        (stakes, beacon, rules) = (stakes_, beacon_, rules_);
        _setParams(params_);
    }

    // --- governance
    /// @inheritdoc IAlliance
    function setParams(AllianceParams calldata params_) external restricted {
        _setParams(params_);
    }

    /// @inheritdoc IAlliance
    function setSources(address emission_, address treasury_) external restricted {
        (emission, treasury) = (emission_, treasury_);
        emit AllianceSourcesSet(emission_, treasury_);
    }

    function _setParams(AllianceParams memory p) private {
        rules.checkParams(p);
        _params = p;
        emit AllianceParamsSet(p);
    }

    // --- helpers
    function _book(uint256 id) internal view returns (Book storage book) {
        book = _books[id];
        require(book.machine.phase != AlliancePhase.None, AllianceErrors.UnknownAlliance(id));
    }

    function _inPhase(uint256 id, AlliancePhase phase) internal view returns (Book storage book) {
        book = _book(id);
        require(book.machine.phase == phase, AllianceErrors.AllianceInPhase(id, book.machine.phase));
        require(block.timestamp < book.machine.until, AllianceErrors.PhaseOver(phase, book.machine.until));
    }

    function _keyOf(uint256 id, address account) internal view returns (bytes32) {
        return stakes.keyOf(account, Roles.ALLIANCE, taskOf(id));
    }

    /// @inheritdoc IAlliance
    function taskOf(uint256 id) public view returns (uint256) {
        return uint256(uint160(address(this))) << TASK_SHIFT | id;
    }

    /// @inheritdoc IAlliance
    function params() external view returns (AllianceParams memory) {
        return _params;
    }
}
