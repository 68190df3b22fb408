// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {ScenarioState} from "./ScenarioState.sol";
import {Assertion, IScenario, Phase} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {StreamMath} from "./libraries/StreamMath.sol";

/// @notice The part of a Scenario in which an assertion is staked, disputed and decided.
/// Asserted -> Disputed -> Asserted (upheld, final at once) or Open (struck down); nobody decides -> the round can be voided.
///
/// Bonds are paid out by pull only: no party can hold up a decision. They never mix with the pots, except that half of a lost bond joins
/// the pot of the round that was disputed. A lie costs more each time in a round; so does a dispute that fails, until rounds end
/// without one.
abstract contract Disputes is ScenarioState {
    using SafeCastLib for uint256;

    /// @dev A bond doubles at most this many times.
    uint256 private constant MAX_DOUBLINGS = 6;

    /// @dev One slot. Amounts in currency wei.
    struct Stakes {
        /// All bonds that are held here: staked, and free to be withdrawn.
        uint96 held;
        /// The federator's, on the present assertion.
        uint96 assertion;
        /// Set by a dispute, and kept until the round ends or is asserted again; 0 before.
        uint40 resolvableAt;
        /// Assertions of this round that were struck down.
        uint8 attempt;
        /// Doublings of the next dispute's bond.
        uint8 failed;
    }

    struct Challenge {
        address disputer;
        uint96 bond;
    }

    // --- disputes
    bytes32 internal _sharesHash;
    Stakes private _stakes;
    Challenge private _challenge;
    /// @dev In currency wei; a part of `_stakes.held`.
    mapping(address account => uint256) private _credits;

    /// @inheritdoc IScenario
    function dispute(uint32 round, bytes32 evidence) external locked inPhase(Phase.Asserted) {
        _checkRound(round);
        uint256 bond = disputeBond();
        require(bond != 0, ErrorsLib.NoDisputes());
        uint40 until = _machine.finalizableAt;
        require(block.timestamp < until, ErrorsLib.DisputeTooLate(until));
        // A whole window from now, so that a dispute in the last second leaves time for evidence against it.
        uint40 resolvableAt = _windowEnd(block.timestamp);
        _machine.phase = Phase.Disputed;
        _stakes.resolvableAt = resolvableAt;
        _challenge = Challenge(msg.sender, uint96(bond)); // at most 2^90, see ParamsLib
        emit RoundDisputed(round, msg.sender, bond, evidence, resolvableAt);
        _stake(bond);
    }

    /// @inheritdoc IScenario
    function giveEvidence(uint32 round, bytes32 evidence) external inPhase(Phase.Disputed) {
        _checkRound(round);
        bool party = msg.sender == _federator() || msg.sender == _challenge.disputer;
        require(party, ErrorsLib.NotParty(msg.sender));
        emit EvidenceGiven(round, msg.sender, evidence);
    }

    /// @inheritdoc IScenario
    function resolve(uint32 round, bool upheld) external locked inPhase(Phase.Disputed) {
        require(msg.sender == _address(RESOLVER), ErrorsLib.NotResolver(msg.sender));
        _checkRound(round);
        uint40 from = _stakes.resolvableAt;
        require(block.timestamp >= from, ErrorsLib.EvidenceWindowRunning(from));
        Challenge memory challenge = _challenge;
        delete _challenge;
        if (upheld) _uphold(round, challenge);
        else _strikeDown(round, challenge);
    }

    /// @inheritdoc IScenario
    function withdrawBond() external locked returns (uint256 amount) {
        amount = _credits[msg.sender];
        require(amount != 0, ErrorsLib.NoBondCredit(msg.sender));
        _credits[msg.sender] = 0;
        _stakes.held -= uint96(amount); // a part of it
        emit BondWithdrawn(msg.sender, amount);
        _push(msg.sender, amount);
    }

    // --- decisions
    function _uphold(uint32 round, Challenge memory challenge) private {
        if (_stakes.failed < MAX_DOUBLINGS) _stakes.failed += 1;
        _machine.phase = Phase.Asserted;
        _machine.finalizableAt = uint40(block.timestamp);
        address winner = _federator();
        (uint256 award, uint256 toPot) = _split(round, challenge.bond);
        emit DisputeResolved(round, true, winner, award, toPot);
        _credit(winner, award);
    }

    function _strikeDown(uint32 round, Challenge memory challenge) private {
        uint256 lost = _stakes.assertion;
        _stakes.assertion = 0;
        // Reverts for the 256th assertion of one round: that round ends by its timeout.
        _stakes.attempt += 1;
        _machine.phase = Phase.Open;
        _machine.startedAt = uint40(block.timestamp);
        _machine.finalizableAt = 0;
        (uint256 award, uint256 toPot) = _split(round, lost);
        emit DisputeResolved(round, false, challenge.disputer, award, toPot);
        _credit(challenge.disputer, award + challenge.bond);
    }

    /// @dev Half of a lost bond to the winner, the rest to the pot; all of it to the winner when the Scenario can take no more deposits,
    /// so that a decision never reverts.
    function _split(uint32 round, uint256 lost) private returns (uint256 award, uint256 toPot) {
        award = lost / 2;
        toPot = lost - award;
        if (_paid.deposited + toPot > StreamMath.MAX_LIFETIME) return (lost, 0);
        _stakes.held -= uint96(toPot); // a part of it
        _addDeposit(toPot);
        _pots[round] += toPot;
    }

    // --- stakes
    /// @dev Stakes what the next assertion costs, when it costs anything.
    function _stakeAssertion(uint256 bond) internal {
        if (bond == 0) return;
        (_stakes.assertion, _stakes.resolvableAt) = (uint96(bond), 0); // at most 2^90, see ParamsLib
        _stake(bond);
    }

    /// @dev Takes `amount` from the caller: what it has free here, then from its account.
    function _stake(uint256 amount) private {
        uint256 credit = _credits[msg.sender];
        uint256 free = FixedPointMathLib.min(credit, amount);
        if (free != 0) {
            _credits[msg.sender] = credit - free;
            emit BondStaked(msg.sender, free);
        }
        if (free == amount) return;
        _stakes.held = (_stakes.held + amount - free).toUint96();
        _pull(address(this), amount - free);
    }

    /// @dev The round ends: stakes go back to those who made them.
    function _releaseStakes() internal {
        if (_arg(BOND) == 0) return;
        uint256 bond = _stakes.assertion;
        bool disputed = _stakes.attempt != 0 || _stakes.resolvableAt != 0;
        if (!disputed && _stakes.failed != 0) _stakes.failed -= 1;
        (_stakes.assertion, _stakes.attempt, _stakes.resolvableAt) = (0, 0, 0);
        _credit(_federator(), bond);
        if (_machine.phase != Phase.Disputed) return;
        Challenge memory challenge = _challenge;
        delete _challenge;
        _credit(challenge.disputer, challenge.bond);
    }

    function _credit(address account, uint256 amount) private {
        if (amount == 0) return;
        _credits[account] += amount;
        emit BondCredited(account, amount);
    }

    /// @dev Unix seconds from which the dispute may be decided.
    function _resolvableAt() internal view returns (uint40) {
        return _stakes.resolvableAt;
    }

    function _bondsHeld() internal view returns (uint256) {
        return _stakes.held;
    }

    // --- views
    /// @inheritdoc IScenario
    function assertion() external view returns (Assertion memory a) {
        Phase phase_ = _machine.phase;
        if (phase_ != Phase.Asserted && phase_ != Phase.Disputed) return a;
        (a.sharesHash, a.bond, a.attempt) = (_sharesHash, _stakes.assertion, _stakes.attempt);
        if (phase_ == Phase.Asserted) return a;
        (a.disputer, a.disputeBond, a.resolvableAt) = (_challenge.disputer, _challenge.bond, _stakes.resolvableAt);
    }

    /// @inheritdoc IScenario
    function assertionBond() public view returns (uint256 bond) {
        bond = _arg(BOND);
        // No dispute was ever lost where there are none: nothing to read.
        if (bond != 0) bond <<= FixedPointMathLib.min(_stakes.attempt, MAX_DOUBLINGS);
    }

    /// @inheritdoc IScenario
    function disputeBond() public view returns (uint256 bond) {
        // As much as the assertion that it attacks, or more when disputes failed before.
        return FixedPointMathLib.max(_stakes.assertion, _arg(BOND) << _stakes.failed);
    }

    /// @inheritdoc IScenario
    function bondCredit(address account) external view returns (uint256) {
        return _credits[account];
    }
}
