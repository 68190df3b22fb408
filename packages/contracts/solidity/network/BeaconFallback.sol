// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {CurrencyHolder} from "./CurrencyHolder.sol";
import {NetworkManaged} from "./NetworkManaged.sol";
import {Fallback, FallbackParams, IRandomBeacon} from "./interfaces/IRandomBeacon.sol";
import {BeaconErrors} from "./libraries/BeaconErrors.sol";

/// @notice The part of the beacon in which bonded nodes decide a round that no proof came for.
/// Overdue -> committing (a proof still wins) -> revealing (it does not any more) -> known; or, when nobody reveals, committing again.
///
/// Only nodes whose last deposit is older than the round take part: nobody joins because a round has failed. Each commitment holds a
/// bond of its own, so that a node that stands in for many rounds pays for each that it spoils.
///
/// TRUST: of those who commit, one must keep its secret until commitments have ended, and reveal it. All of them together pick the
/// result; the last of them to reveal picks between two, for a bond.
abstract contract BeaconFallback is CurrencyHolder, NetworkManaged, IRandomBeacon {
    using SafeCastLib for uint256;

    struct Bond {
        uint96 free;
        /// @dev Last deposit, in Unix seconds.
        uint40 since;
    }

    struct Commitment {
        bytes32 hash;
        uint96 bond;
    }

    /// @dev A round's proof is public within seconds: who waits this long for it waits for a beacon that has stopped.
    uint32 private constant MIN_DELAY = 5 minutes;
    uint32 private constant MAX_DELAY = 7 days;
    /// @dev Long enough for nodes that look once a minute; with a day for each, an overdue round is decided within days.
    uint32 private constant MIN_WINDOW = 2 minutes;
    uint32 private constant MAX_WINDOW = 1 days;
    /// @dev One node alone would know the result before it commits.
    uint8 private constant MIN_COMMITS = 2;
    uint8 private constant MAX_COMMITS = 16;
    /// @dev Whoever wants to spoil a fallback by its number of nodes pays for each.
    uint256 private constant MAX_NODES = 64;
    uint96 private constant MIN_BOND = 1e18;
    uint96 private constant MAX_BOND = 1_000_000e18;

    FallbackParams private _params;
    uint96 private _forfeits;
    mapping(address node => Bond) private _bonds;
    mapping(uint64 round => Fallback) private _fallbacks;
    mapping(uint64 round => mapping(uint32 attempt => mapping(address node => Commitment))) private _commitments;

    constructor(FallbackParams memory params) {
        _setParams(params);
    }

    /// @inheritdoc IRandomBeacon
    function setFallbackParams(FallbackParams calldata params) external restricted {
        _setParams(params);
    }

    // --- bonds
    /// @inheritdoc IRandomBeacon
    function depositBond(uint256 amount) external locked {
        require(amount != 0, ErrorsLib.AmountZero());
        _bonds[msg.sender] = Bond((_bonds[msg.sender].free + amount).toUint96(), uint40(block.timestamp));
        emit BondDeposited(msg.sender, amount);
        _pull(amount);
    }

    /// @inheritdoc IRandomBeacon
    function withdrawBond(address to, uint256 amount) external locked {
        _checkRecipient(to);
        require(amount != 0, ErrorsLib.AmountZero());
        _takeFree(amount);
        emit BondWithdrawn(msg.sender, to, amount);
        _push(to, amount);
    }

    // --- commit and reveal
    /// @inheritdoc IRandomBeacon
    function commitFallback(uint64 round, bytes32 commitment) external {
        _checkUnknown(round);
        uint256 due = timeOf(round);
        FallbackParams memory p = _params;
        require(block.timestamp >= due + p.delay, BeaconErrors.FallbackNotDue(round, due + p.delay));
        require(_bonds[msg.sender].since < due, BeaconErrors.BondTooYoung(msg.sender, _bonds[msg.sender].since));
        require(commitment != 0, BeaconErrors.SecretMismatch(msg.sender));
        Fallback storage f = _fallbacks[round];
        uint40 end = f.commitEnd;
        require(end == 0 || block.timestamp < end, BeaconErrors.CommitmentsClosed(round, end));
        uint8 commits = f.commits;
        require(commits < MAX_NODES, BeaconErrors.FallbackFull(MAX_NODES));
        uint32 attempt = f.attempt;
        Commitment storage c = _commitments[round][attempt][msg.sender];
        require(c.hash == 0, BeaconErrors.NodeCommitted(msg.sender));
        _takeFree(p.bond);
        (c.hash, c.bond) = (commitment, p.bond);
        (f.commits, f.held) = (commits + 1, f.held + p.bond); // at most 64 bonds of at most 2^80
        emit FallbackCommitted(round, attempt, msg.sender, commitment, p.bond);
        // With as many as it takes, the others have a window from now.
        if (end == 0 && commits + 1 >= p.minCommits) _schedule(round, f, p);
    }

    /// @inheritdoc IRandomBeacon
    function revealFallback(uint64 round, bytes32 secret) external {
        Fallback storage f = _fallbacks[round];
        bool open = f.commitEnd != 0 && block.timestamp >= f.commitEnd && block.timestamp < f.revealEnd;
        require(open && !isKnown(round), BeaconErrors.NotRevealing(round, f.commitEnd, f.revealEnd));
        uint32 attempt = f.attempt;
        bytes32 given = fallbackCommitment(round, attempt, msg.sender, secret);
        Commitment storage c = _commitments[round][attempt][msg.sender];
        require(c.hash == given, BeaconErrors.SecretMismatch(msg.sender));
        uint96 bond = _closeCommitment(f, c);
        ++f.reveals; // at most as many as commitments
        // In whatever order they come; each was fixed before any other was known.
        f.mix ^= keccak256(abi.encode(secret, msg.sender));
        emit FallbackRevealed(round, attempt, msg.sender, secret);
        _bonds[msg.sender].free += bond;
    }

    /// @inheritdoc IRandomBeacon
    function settleFallback(uint64 round) external {
        _checkUnknown(round);
        Fallback storage f = _fallbacks[round];
        require(f.revealEnd != 0 && block.timestamp >= f.revealEnd, BeaconErrors.FallbackRunning(round, f.revealEnd));
        (uint32 attempt, uint96 forfeited) = (f.attempt, f.held);
        _forfeits += forfeited;
        f.held = 0;
        if (f.reveals == 0) {
            (f.attempt, f.commits, f.commitEnd, f.revealEnd) = (attempt + 1, 0, 0, 0);
            emit FallbackFailed(round, attempt, forfeited);
        } else {
            bytes32 seed_ = keccak256(abi.encode(block.chainid, address(this), round, attempt, f.mix));
            _keep(round, seed_);
            emit FallbackSettled(round, attempt, seed_, forfeited);
        }
    }

    /// @inheritdoc IRandomBeacon
    function reclaimFallback(uint64 round) external {
        Fallback storage f = _fallbacks[round];
        Commitment storage c = _commitments[round][f.attempt][msg.sender];
        // A proof comes before reveals only, so whoever has a commitment then was never asked to reveal it.
        bool free = f.commitEnd == 0 || (f.reveals == 0 && isKnown(round));
        require(free && c.hash != 0, BeaconErrors.NothingToReclaim(msg.sender));
        if (f.commitEnd == 0) --f.commits; // it was counted
        uint96 bond = _closeCommitment(f, c);
        emit FallbackReclaimed(round, f.attempt, msg.sender, bond);
        _bonds[msg.sender].free += bond;
    }

    /// @inheritdoc IRandomBeacon
    function sweepForfeits(address to) external restricted locked {
        _checkRecipient(to);
        uint256 amount = _forfeits;
        require(amount != 0, ErrorsLib.AmountZero());
        _forfeits = 0;
        emit ForfeitsSwept(to, amount);
        _push(to, amount);
    }

    // --- helpers
    function _schedule(uint64 round, Fallback storage f, FallbackParams memory p) private {
        uint40 commitEnd = uint40(block.timestamp) + p.commitWindow;
        uint40 revealEnd = commitEnd + p.revealWindow;
        (f.commitEnd, f.revealEnd) = (commitEnd, revealEnd);
        emit FallbackScheduled(round, f.attempt, commitEnd, revealEnd);
    }

    /// @dev Forgets a commitment; its bond is the caller's to give back.
    function _closeCommitment(Fallback storage f, Commitment storage c) private returns (uint96 bond) {
        bond = c.bond;
        (c.hash, c.bond) = (0, 0);
        f.held -= bond;
    }

    function _takeFree(uint256 amount) private {
        uint256 free = _bonds[msg.sender].free;
        require(free >= amount, BeaconErrors.BondTooSmall(free, amount));
        _bonds[msg.sender].free = uint96(free - amount); // less than before
    }

    function _setParams(FallbackParams memory p) private {
        _require(p.delay >= MIN_DELAY && p.delay <= MAX_DELAY, "delay");
        _require(p.commitWindow >= MIN_WINDOW && p.commitWindow <= MAX_WINDOW, "commitWindow");
        _require(p.revealWindow >= MIN_WINDOW && p.revealWindow <= MAX_WINDOW, "revealWindow");
        _require(p.minCommits >= MIN_COMMITS && p.minCommits <= MAX_COMMITS, "minCommits");
        _require(p.bond >= MIN_BOND && p.bond <= MAX_BOND, "bond");
        _params = p;
        emit FallbackParamsSet(p);
    }

    function _require(bool ok, string memory field) internal pure {
        require(ok, ErrorsLib.InvalidParam(field));
    }

    function _checkUnknown(uint64 round) internal view {
        require(!isKnown(round), BeaconErrors.RoundKnown(round));
    }

    /// @dev Proofs are refused from the first moment at which a secret can be seen: nobody chooses between two results.
    function _checkNotRevealing(uint64 round) internal view {
        uint40 end = _fallbacks[round].commitEnd;
        require(end == 0 || block.timestamp < end, BeaconErrors.FallbackDecides(round));
    }

    // --- views
    /// @inheritdoc IRandomBeacon
    function fallbackCommitment(uint64 round, uint32 attempt, address node, bytes32 secret) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), round, attempt, node, secret));
    }

    /// @inheritdoc IRandomBeacon
    function fallbackOf(uint64 round) external view returns (Fallback memory) {
        return _fallbacks[round];
    }

    /// @inheritdoc IRandomBeacon
    function fallbackParams() external view returns (FallbackParams memory) {
        return _params;
    }

    /// @inheritdoc IRandomBeacon
    function freeBondOf(address node) external view returns (uint256) {
        return _bonds[node].free;
    }

    /// @inheritdoc IRandomBeacon
    function forfeits() external view returns (uint256) {
        return _forfeits;
    }

    /// @inheritdoc IRandomBeacon
    function timeOf(uint64 round) public view virtual returns (uint256);

    /// @inheritdoc IRandomBeacon
    function isKnown(uint64 round) public view virtual returns (bool);

    /// @dev Keeps what a round came to, for ever.
    function _keep(uint64 round, bytes32 seed_) internal virtual;
}
