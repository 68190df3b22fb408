// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {CurrencyHolder} from "./CurrencyHolder.sol";
import {NetworkManaged} from "./NetworkManaged.sol";
import {Asset, IStakeManager, Parameter} from "./interfaces/IStakeManager.sol";
import {Roles} from "./libraries/Roles.sol";
import {StakeErrors} from "./libraries/StakeErrors.sol";
import {StakeMath} from "./libraries/StakeMath.sol";
import {StakeParams} from "./libraries/StakeParams.sol";

/// @notice What the StakeManager keeps, its parameters, and how stake of either asset comes in and goes out.
abstract contract StakeState is IStakeManager, CurrencyHolder, NetworkManaged {
    using SafeCastLib for uint256;

    /// @dev Stake of one asset on one side of a position: an operator's own (no shares), or a delegation pool.
    struct Pool {
        uint128 tokens;
        uint128 thawing;
        /// < 2^152, see StakeMath.
        uint192 shares;
        uint24 nonce;
        uint24 thawNonce;
        uint192 thawShares;
        /// Rewards that arrive between `streamFrom` and `streamUntil`.
        uint128 streaming;
        uint40 streamFrom;
        uint40 streamUntil;
        /// Rewards per share of a LOCKED pool, scaled by 2^128, by nonce: those of an earlier nonce grow no more.
        mapping(uint256 nonce => uint256 index) indexOf;
    }

    struct Position {
        address operator;
        uint16 commission;
        uint16 nextCommission;
        uint40 nextFrom;
        /// Whether anybody ever delegated.
        bool delegated;
        /// A Parameter: the one that holds the role's least stake.
        Parameter role;
        /// Own stake that came within the last day: not counted when a reward is split with delegators.
        uint96 fresh;
        uint40 freshUntil;
        uint40 raisedAt;
        uint40 heldUntil;
        uint32 holds;
        uint256 task;
        /// What small slashes may still take until `smallUntil`.
        uint128 smallLeft;
        uint40 smallUntil;
        Pool[2] own;
        Pool[2] pools;
    }

    struct Delegation {
        uint192 shares;
        uint24 nonce;
        uint128 pending;
        uint40 activeFrom;
        uint192 minShares;
        /// Of a LOCKED pool's index: up to where `earned` knows.
        uint256 paid;
        uint128 earned;
    }

    struct Request {
        uint192 shares;
        uint40 readyAt;
        uint24 nonce;
    }

    struct Queue {
        uint32 head;
        uint32 tail;
        mapping(uint256 place => Request request) requests;
    }

    /// @dev What slashes and fees leave, in wei.
    struct Spoils {
        uint128 toBurn;
        uint128 toTreasury;
        uint128 lockedToBurn;
    }

    /// @notice What is delegated becomes active after this: nobody delegates for the moment of a reward.
    uint256 public constant ACTIVATION_DELAY = 1 days;
    /// @notice A reward arrives in a delegation pool over this.
    uint256 public constant REWARD_STREAM = 1 days;
    /// @notice A hold ends by itself this long after the last one.
    uint256 public constant MAX_HOLD = 90 days;
    /// @notice Requests of one account in one position and asset that may be under way.
    uint256 public constant MAX_REQUESTS = 32;
    /// @notice Least delegation, in wei.
    uint256 public constant MIN_DELEGATION = 1e18;
    uint256 internal constant UNIT = 1e18;
    uint256 internal constant INDEX_ONE = 1 << 128;

    /// @notice LockedStake.
    address public immutable lockedStake;
    /// @notice Least thawing period: twice the longest time that a proof of misconduct takes.
    uint256 public immutable minThawing;

    /// @inheritdoc IStakeManager
    address public treasury;
    uint32[16] private _parameters;
    Spoils internal _spoils;
    mapping(bytes32 key => Position position) internal _positions;
    mapping(bytes32 key => mapping(Asset asset => mapping(address delegator => Delegation delegation))) internal _delegations;
    mapping(bytes32 key => mapping(Asset asset => mapping(address owner => Queue queue))) internal _queues;
    /// @inheritdoc IStakeManager
    mapping(uint256 task => uint256 stake) public taskStakeOf;
    /// @inheritdoc IStakeManager
    mapping(address account => uint256 amount) public earnedOf;

    /// @param thawing first thawing period. @param longestProof seconds from misconduct to its slash at the latest: challenge, committee
    /// and appeal together.
    constructor(
        address authority_,
        address currency_,
        address lockedStake_,
        address treasury_,
        uint32 thawing,
        uint32 longestProof
    ) CurrencyHolder(currency_) NetworkManaged(authority_) {
        require(lockedStake_.code.length != 0, ErrorsLib.InvalidParam("lockedStake"));
        lockedStake = lockedStake_;
        (uint256 least,) = StakeParams.boundsOf(Parameter.THAWING);
        minThawing = 2 * uint256(longestProof) > least ? 2 * uint256(longestProof) : least;
        _setTreasury(treasury_);
        for (uint256 i = 1; i < _parameters.length; ++i) {
            _setParameter(Parameter(i), uint32(StakeParams.initialOf(Parameter(i)))); // within bounds that fit
        }
        _setParameter(Parameter.THAWING, thawing);
    }

    // --- governance
    /// @inheritdoc IStakeManager
    function setParameter(Parameter which, uint32 value) external restricted {
        _setParameter(which, value);
    }

    /// @inheritdoc IStakeManager
    function setTreasury(address treasury_) external restricted {
        _setTreasury(treasury_);
    }

    /// @inheritdoc IStakeManager
    function parameterOf(Parameter which) external view returns (uint32) {
        return _parameters[uint256(which)];
    }

    /// @inheritdoc IStakeManager
    function boundsOf(Parameter which) public view returns (uint256 min, uint256 max) {
        (min, max) = StakeParams.boundsOf(which);
        if (which == Parameter.THAWING) min = minThawing;
    }

    function _setParameter(Parameter which, uint32 value) private {
        (uint256 min, uint256 max) = boundsOf(which);
        require(value >= min && value <= max, StakeErrors.ParameterOutOfRange(value, min, max));
        _parameters[uint256(which)] = value;
        emit ParameterSet(which, value);
    }

    function _setTreasury(address treasury_) private {
        _checkRecipient(treasury_);
        treasury = treasury_;
        emit TreasurySet(treasury_);
    }

    function _parameter(Parameter which) internal view returns (uint256) {
        return _parameters[uint256(which)];
    }

    // --- positions
    /// @inheritdoc IStakeManager
    function keyOf(address operator, bytes32 role, uint256 task) public pure returns (bytes32) {
        return keccak256(abi.encode(operator, role, task));
    }

    function _known(bytes32 key) internal view returns (Position storage p) {
        p = _positions[key];
        require(p.operator != address(0), StakeErrors.PositionUnknown(key));
    }

    function _ownTokens(Position storage p) internal view returns (uint256) {
        return uint256(p.own[0].tokens) + p.own[1].tokens;
    }

    /// @dev The side of a position that `account` has its stake on.
    function _sideOf(Position storage p, Asset asset, address account) internal view returns (Pool storage) {
        return account == p.operator ? p.own[uint256(asset)] : p.pools[uint256(asset)];
    }

    /// @dev A creator's stake is a pledge: it draws no emission.
    function _addToTask(Position storage p, uint256 amount) internal {
        if (p.role != Parameter.MIN_TASK_CREATOR && amount != 0) taskStakeOf[p.task] += amount;
    }

    function _takeFromTask(Position storage p, uint256 amount) internal {
        if (p.role != Parameter.MIN_TASK_CREATOR && amount != 0) taskStakeOf[p.task] -= amount;
    }

    // --- streams
    /// @dev Rewards of a pool that have arrived since its last change. While it has no shares, time stands still.
    function _arrived(Pool storage pool) internal view returns (uint256) {
        uint256 streaming = pool.streaming;
        if (streaming == 0 || pool.shares == 0) return 0;
        uint256 from = pool.streamFrom;
        uint256 until = pool.streamUntil;
        if (block.timestamp >= until) return streaming;
        return streaming * (block.timestamp - from) / (until - from);
    }

    /// @dev Active stake of a pool; what nobody has shares of is nobody's.
    function _active(Pool storage pool, Asset asset) internal view returns (uint256) {
        if (pool.shares == 0) return 0;
        return pool.tokens + (asset == Asset.PLAIN ? _arrived(pool) : 0);
    }

    /// @dev Lets arrive what is due, before shares, tokens or the stream change.
    function _letArrive(bytes32 key, Position storage p, Asset asset) internal returns (Pool storage pool) {
        pool = p.pools[uint256(asset)];
        uint256 streaming = pool.streaming;
        if (streaming == 0) return pool;
        uint256 amount = _arrived(pool);
        if (pool.shares == 0) pool.streamUntil += uint40(block.timestamp) - pool.streamFrom;
        pool.streamFrom = uint40(block.timestamp);
        if (amount == 0) return pool;
        pool.streaming = uint128(streaming - amount); // at most what there was
        if (asset == Asset.PLAIN) {
            pool.tokens += uint128(amount); // the same
            _addToTask(p, amount);
        } else {
            pool.indexOf[pool.nonce] += amount * INDEX_ONE / pool.shares;
        }
        emit Streamed(key, asset, amount);
    }

    // --- assets
    /// @dev Both tokens are the network's own: they deliver what they are asked for, or revert.
    function _pullAsset(Asset asset, uint256 amount) internal {
        SafeTransferLib.safeTransferFrom(_tokenOf(asset), msg.sender, address(this), amount);
    }

    function _pushAsset(Asset asset, address to, uint256 amount) internal {
        if (amount != 0) SafeTransferLib.safeTransfer(_tokenOf(asset), to, amount);
    }

    function _tokenOf(Asset asset) private view returns (address) {
        return asset == Asset.PLAIN ? currency : lockedStake;
    }

    function _least(Parameter role) internal view returns (uint256) {
        return _parameter(role) * UNIT;
    }
}
