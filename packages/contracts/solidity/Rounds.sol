// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {Disputes} from "./Disputes.sol";
import {IScenario, Phase} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {SharesLib} from "./libraries/SharesLib.sol";

/// @notice The part of a Scenario that escrows pots and takes the rounds from open to settled.
/// Registering -> Open(1) -> Asserted(1) -> Open(2) ... -> Closed; an open round, or one that nobody finalizes or decides, can be
/// voided. Disputes has the way through Disputed.
abstract contract Rounds is Disputes {
    using SafeCastLib for uint256;

    /// @dev What earlier pages of the round in settlement did; zero when it takes one page.
    struct Settled {
        uint96 rewarded;
        uint96 carried;
    }

    uint256 private constant WAD = 1e18;

    // --- rounds
    Settled private _settled;
    uint256 internal _returned;

    /// @inheritdoc IScenario
    function fundRound(uint32 round, uint128 amount) external locked unpaused {
        _refuseIn(Phase.Closed);
        uint32 current = _machine.round;
        // Once shares are anchored the pot is fixed: later money goes to a later round, never into a running stream.
        uint32 first = _machine.phase == Phase.Open ? current : current + 1;
        _requireRound(round >= first && round <= _arg(ROUNDS), round, current);
        require(amount != 0, ErrorsLib.AmountZero());
        _addDeposit(amount);
        _pots[round] += amount;
        emit RoundFunded(round, msg.sender, amount);
        _pull(address(this), amount);
    }

    /// @inheritdoc IScenario
    function assertRound(uint32 round, bytes32 sharesHash, bytes32 evidenceRoot, bytes32 modelDigest)
        external
        locked
        unpaused
        onlyFederator
        inPhase(Phase.Open)
    {
        _checkRound(round);
        require(sharesHash != 0, ErrorsLib.SharesHashInvalid());
        _checkSchedule(round);
        uint256 bond = assertionBond();
        uint40 end = _windowEnd(block.timestamp);
        _sharesHash = sharesHash;
        _machine.phase = Phase.Asserted;
        _machine.finalizableAt = end;
        emit RoundAsserted(round, sharesHash, evidenceRoot, modelDigest, end, bond);
        _stakeAssertion(bond);
    }

    /// @inheritdoc IScenario
    function finalize(uint32 round, uint32[] calldata shares, uint16 maxClients)
        external
        locked
        inPhase(Phase.Asserted)
        returns (uint16 cursor)
    {
        _checkRound(round);
        _checkWindowOver(_machine.finalizableAt);
        require(maxClients != 0, ErrorsLib.PageEmpty());
        Page memory page = _checkedPage(round, shares, maxClients);
        if (page.shareSum == 0) {
            _void(round);
            return 0;
        }
        (uint256 rewarded, uint256 carried) = _renewPage(page, shares);
        return _settle(round, page, rewarded, carried);
    }

    /// @inheritdoc IScenario
    function voidRound(uint32 round) external locked {
        _refuseIn(Phase.Registering);
        _refuseIn(Phase.Closed);
        _checkRound(round);
        Phase phase_ = _machine.phase;
        require(_clock.turn == 0, ErrorsLib.SettlementRunning(round));
        if (phase_ != Phase.Open || msg.sender != _federator()) {
            uint256 until = _dueAt(phase_) + _arg(ROUND_TIMEOUT);
            require(block.timestamp > until, ErrorsLib.RoundNotTimedOut(until));
        }
        _void(round);
    }

    /// @inheritdoc IScenario
    function close() external locked inPhase(Phase.Closed) {
        uint256 unspent = _paid.deposited - _returned - _promised.total;
        require(unspent != 0, ErrorsLib.NothingToReturn());
        _returned += unspent;
        _machine.carried = 0;
        emit Closed(unspent);
        _push(_federator(), unspent);
    }

    /// @dev Checks the vector against its anchor and lays out the next page.
    function _checkedPage(uint32 round, uint32[] calldata shares, uint256 maxClients) private view returns (Page memory page) {
        uint256 clients = _machine.active;
        require(shares.length == clients, ErrorsLib.SharesLength(shares.length, clients));
        bytes32 given;
        (given, page.shareSum) = SharesLib.digest(address(this), round, shares);
        require(given == _sharesHash, ErrorsLib.SharesMismatch(given, _sharesHash));
        page.round = round;
        uint256 turn = _clock.turn;
        if (turn != 0) page.from = turn - 1;
        page.to = FixedPointMathLib.min(page.from + maxClients, clients);
        page.pot = _pots[round] + _machine.carried;
        if (page.to == clients) page.start = uint40(block.timestamp);
    }

    /// @dev Ends the round with its last page, or keeps the sums for the next one.
    function _settle(uint32 round, Page memory page, uint256 rewarded, uint256 carried) private returns (uint16) {
        if (page.from != 0) {
            rewarded += _settled.rewarded;
            carried += _settled.carried;
        }
        if (page.start == 0) {
            _settled = Settled(rewarded.toUint96(), carried.toUint96());
            return uint16(page.to); // at most 1,000 clients
        }
        if (page.from != 0) delete _settled;
        carried += page.pot - rewarded;
        _nextRound(round, carried);
        emit RoundFinalized(round, page.pot, carried);
        return 0;
    }

    function _void(uint32 round) private {
        uint256 carried = _pots[round] + _machine.carried;
        _nextRound(round, carried);
        emit RoundVoided(round, carried);
    }

    function _nextRound(uint32 round, uint256 carried) private {
        _releaseStakes();
        bool last = round == _arg(ROUNDS);
        Machine storage m = _machine;
        m.phase = last ? Phase.Closed : Phase.Open;
        if (!last) m.round = round + 1;
        m.startedAt = uint40(block.timestamp);
        m.finalizableAt = 0;
        m.active = m.clients;
        m.carried = carried.toUint96();
    }

    function _checkSchedule(uint32 round) private view {
        uint256 scheduled = scheduledPot(round);
        if (scheduled == 0) return;
        uint256 pot = _pots[round] + _machine.carried;
        require(pot >= scheduled, ErrorsLib.PotBelowSchedule(pot, scheduled));
    }

    /// @dev Unix seconds from which the present step of the round could be taken; roundTimeout runs from there.
    function _dueAt(Phase phase_) private view returns (uint256) {
        if (phase_ == Phase.Open) {
            // Nobody asserts during a pause. A round has one pause's time more at most: a guardian cannot keep it from its end for ever.
            uint256 startedAt = _machine.startedAt;
            return startedAt + FixedPointMathLib.min(FixedPointMathLib.zeroFloorSub(_pauseEnd(), startedAt), PAUSE);
        }
        return phase_ == Phase.Asserted ? _machine.finalizableAt : _resolvableAt();
    }

    // --- views
    /// @inheritdoc IScenario
    function scheduledPot(uint32 round) public view returns (uint256) {
        uint256 firstPot = _arg(FIRST_POT);
        if (firstPot == 0 || round == 0) return 0;
        // At most 2^90 * 1e18: the ratio is at most 1.
        return firstPot * FixedPointMathLib.rpow(_arg(POT_RATIO), round - 1, WAD) / WAD;
    }

    /// @inheritdoc IScenario
    function phase() external view returns (Phase) {
        return _machine.phase;
    }

    /// @inheritdoc IScenario
    function currentRound() external view returns (uint32) {
        return _machine.round;
    }

    /// @inheritdoc IScenario
    function roundStartedAt() external view returns (uint64) {
        return _machine.startedAt;
    }

    /// @inheritdoc IScenario
    function finalizableAt() external view returns (uint64) {
        return _machine.finalizableAt;
    }

    /// @inheritdoc IScenario
    function potOf(uint32 round) external view returns (uint256) {
        uint32 current = _machine.round;
        if (_machine.phase == Phase.Closed || round < current) return 0;
        if (round > current || current == 0) return _pots[round];
        return _pots[round] + _machine.carried + _settled.carried - _settled.rewarded;
    }
}
