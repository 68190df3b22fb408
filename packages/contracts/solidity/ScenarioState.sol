// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {StreamLedger} from "./StreamLedger.sol";
import {IScenario, Phase} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {StreamMath} from "./libraries/StreamMath.sol";

/// @notice State and guards that the parts of a Scenario share.
abstract contract ScenarioState is StreamLedger, IScenario {
    using SafeCastLib for uint256;

    /// @dev One slot.
    struct Machine {
        Phase phase;
        /// Counts from 1; 0 while registering.
        uint32 round;
        uint40 startedAt;
        uint40 finalizableAt;
        /// Clients registered.
        uint16 clients;
        /// Clients that take part in the current round.
        uint16 active;
        bool marketOpen;
        /// What earlier rounds left for the current one, in wei.
        uint96 carried;
    }

    /// @dev Currency in wei, at most MAX_LIFETIME.
    struct Paid {
        uint96 deposited;
        uint96 claimed;
    }

    /// @dev Longest pause.
    uint256 internal constant PAUSE = 3 days;

    // --- machine
    Machine internal _machine;
    /// @dev In wei; what earlier rounds carried over comes on top.
    mapping(uint32 round => uint256) internal _pots;
    // --- money
    Paid internal _paid;

    // What a modifier says is copied into every function that has it; so they only call.
    modifier onlyFederator() {
        _checkFederator();
        _;
    }

    modifier inPhase(Phase phase_) {
        _checkPhase(phase_);
        _;
    }

    modifier unpaused() {
        _checkGuardianAllows();
        _;
    }

    function _checkGuardianAllows() private view {
        // Without a guardian nobody pauses: the slot need not be read.
        if (_arg(GUARDIAN) != 0) _checkUnpaused();
    }

    function _checkFederator() internal view {
        require(msg.sender == _federator(), ErrorsLib.NotFederator(msg.sender));
    }

    function _checkPhase(Phase expected) internal view {
        Phase actual = _machine.phase;
        require(actual == expected, ErrorsLib.WrongPhase(actual));
    }

    function _refuseIn(Phase refused) internal view {
        require(_machine.phase != refused, ErrorsLib.WrongPhase(refused));
    }

    /// @dev When a challenge window that begins at `from` ends, in Unix seconds.
    function _windowEnd(uint256 from) internal view returns (uint40) {
        return uint40(from + _arg(CHALLENGE_WINDOW));
    }

    function _checkWindowOver(uint256 until) internal view {
        require(block.timestamp >= until, ErrorsLib.ChallengeWindowRunning(uint64(until)));
    }

    /// @dev Pulls exactly `amount` of the currency from the caller to `to`; a currency that delivers less is refused.
    function _pull(address to, uint256 amount) internal {
        address currency = _address(CURRENCY);
        uint256 before = SafeTransferLib.balanceOf(currency, to);
        SafeTransferLib.safeTransferFrom(currency, msg.sender, to, amount);
        uint256 received = SafeTransferLib.balanceOf(currency, to) - before;
        require(received >= amount, ErrorsLib.UnderReceived(amount, received));
    }

    function _push(address to, uint256 amount) internal {
        SafeTransferLib.safeTransfer(_address(CURRENCY), to, amount);
    }

    function _addDeposit(uint256 amount) internal {
        uint256 total = _paid.deposited + amount;
        require(total <= StreamMath.MAX_LIFETIME, ErrorsLib.DepositAboveLimit(total, StreamMath.MAX_LIFETIME));
        _paid.deposited = total.toUint96();
    }

    function _checkRound(uint32 round) internal view {
        uint32 current = _machine.round;
        _requireRound(round == current, round, current);
    }

    function _requireRound(bool possible, uint32 round, uint32 current) internal pure {
        require(possible, ErrorsLib.WrongRound(round, current));
    }

    function _marketOpen() internal view override returns (bool) {
        return _machine.marketOpen;
    }
}
