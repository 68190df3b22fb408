// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {Thawing} from "./Thawing.sol";
import {Asset, IStakeManager, Parameter} from "./interfaces/IStakeManager.sol";
import {StakeErrors} from "./libraries/StakeErrors.sol";
import {StakeParams} from "./libraries/StakeParams.sol";

/// @notice An operator's own stake and its commission.
abstract contract OwnStake is Thawing {
    using SafeCastLib for uint256;

    /// @notice Most commission, in bps.
    uint256 public constant MAX_COMMISSION = 5_000;
    /// @notice Most that a commission rises at a time, in bps.
    uint256 public constant MAX_COMMISSION_STEP = 500;
    uint256 private constant COMMISSION_REST = 30 days;
    /// @dev Notice of a rise beyond the thawing period: who disagrees has left before it comes.
    uint256 private constant NOTICE_SLACK = 1 days;

    /// @inheritdoc IStakeManager
    function stake(bytes32 role, uint256 task, uint256 amount) external locked {
        _stake(Asset.PLAIN, role, task, amount);
    }

    /// @inheritdoc IStakeManager
    function stakeLocked(bytes32 role, uint256 task, uint256 amount) external locked {
        _stake(Asset.LOCKED, role, task, amount);
    }

    /// @inheritdoc IStakeManager
    function unstake(bytes32 role, uint256 task, uint256 amount) external locked returns (uint40) {
        return _unstake(Asset.PLAIN, role, task, amount);
    }

    /// @inheritdoc IStakeManager
    function unstakeLocked(bytes32 role, uint256 task, uint256 amount) external locked returns (uint40) {
        return _unstake(Asset.LOCKED, role, task, amount);
    }

    /// @inheritdoc IStakeManager
    function setCommission(bytes32 key, uint16 bps) external {
        Position storage p = _positions[key];
        require(p.operator == msg.sender, StakeErrors.NotOperator(key, msg.sender));
        require(bps <= MAX_COMMISSION, StakeErrors.CommissionAboveMax(bps, MAX_COMMISSION));
        uint256 current = _commission(p);
        if (bps <= current || !p.delegated) {
            (p.commission, p.nextCommission, p.nextFrom) = (bps, 0, 0);
            emit CommissionSet(key, bps, uint40(block.timestamp));
            return;
        }
        _announce(key, p, current, bps);
    }

    /// @inheritdoc IStakeManager
    function hold(bytes32 key) external restricted {
        Position storage p = _known(key);
        uint40 until = uint40(block.timestamp + MAX_HOLD);
        uint32 holds = p.holds + 1;
        (p.holds, p.heldUntil) = (holds, until);
        emit Held(key, msg.sender, holds, until);
    }

    /// @inheritdoc IStakeManager
    function release(bytes32 key) external restricted {
        Position storage p = _known(key);
        uint32 holds = p.holds;
        require(holds != 0, StakeErrors.PositionNotHeld(key));
        p.holds = holds - 1;
        emit Released(key, msg.sender, holds - 1);
    }

    /// @dev In force now.
    function _commission(Position storage p) internal view returns (uint16) {
        uint256 from = p.nextFrom;
        return from != 0 && block.timestamp >= from ? p.nextCommission : p.commission;
    }

    function _stake(Asset asset, bytes32 role, uint256 task, uint256 amount) private {
        require(amount != 0, ErrorsLib.AmountZero());
        bytes32 key = keyOf(msg.sender, role, task);
        Position storage p = _positions[key];
        uint256 fee = p.operator == address(0) ? _open(key, p, role, task) : 0;
        if (p.delegated) _addFresh(p, amount);
        p.own[uint256(asset)].tokens += amount.toUint128();
        uint256 min = _least(p.role);
        uint256 total = _ownTokens(p);
        require(total >= min, StakeErrors.StakeBelowMin(total, min));
        _addToTask(p, amount);
        emit Staked(key, asset, amount);
        if (asset == Asset.PLAIN) (amount, fee) = (amount + fee, 0);
        if (fee != 0) _pullAsset(Asset.PLAIN, fee);
        _pullAsset(asset, amount);
    }

    function _open(bytes32 key, Position storage p, bytes32 role, uint256 task) private returns (uint256 fee) {
        Parameter min = StakeParams.minOf(role);
        (p.operator, p.role, p.task) = (msg.sender, min, task);
        if (min == Parameter.MIN_TRAINING_NODE) fee = _parameter(Parameter.REGISTRATION_FEE) * UNIT;
        if (fee != 0) _spoils.toTreasury += uint128(fee); // at most 1,000 tokens
        emit PositionOpened(key, msg.sender, role, task, fee);
    }

    /// @dev What comes within a day of the last addition counts as one.
    function _addFresh(Position storage p, uint256 amount) private {
        uint256 fresh = block.timestamp < p.freshUntil ? p.fresh + amount : amount;
        p.fresh = fresh.toUint96();
        p.freshUntil = uint40(block.timestamp + ACTIVATION_DELAY);
    }

    function _unstake(Asset asset, bytes32 role, uint256 task, uint256 amount) private returns (uint40) {
        bytes32 key = keyOf(msg.sender, role, task);
        Position storage p = _known(key);
        Pool storage own = p.own[uint256(asset)];
        uint256 tokens = own.tokens;
        require(amount <= tokens, StakeErrors.StakeTooSmall(amount, tokens));
        own.tokens = uint128(tokens - amount); // at most what there was
        _takeFromTask(p, amount);
        return _thaw(key, asset, own, 0, amount);
    }

    function _announce(bytes32 key, Position storage p, uint256 current, uint16 bps) private {
        require(bps - current <= MAX_COMMISSION_STEP, StakeErrors.CommissionStep(bps - current, MAX_COMMISSION_STEP));
        uint256 from = p.raisedAt + COMMISSION_REST;
        require(p.raisedAt == 0 || block.timestamp >= from, StakeErrors.CommissionTooSoon(from));
        uint40 effective = uint40(block.timestamp + _parameter(Parameter.THAWING) + NOTICE_SLACK);
        (p.commission, p.nextCommission, p.nextFrom) = (uint16(current), bps, effective);
        p.raisedAt = uint40(block.timestamp);
        emit CommissionSet(key, bps, effective);
    }
}
