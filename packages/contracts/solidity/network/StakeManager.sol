// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Slashing} from "./Slashing.sol";
import {StakeState} from "./StakeState.sol";
import {Asset, IStakeManager, Parameter, PoolView, PositionView, Reason} from "./interfaces/IStakeManager.sol";
import {StakeMath} from "./libraries/StakeMath.sol";
import {StakeParams} from "./libraries/StakeParams.sol";

/// @title StakeManager
/// @notice See IStakeManager.
///
/// TRUST: NetworkToken and LockedStake, which call nobody. Contracts that may slash (AccessManager) decide whom and why; how much, the
/// caps here decide.
/// ROLES: governance sets parameters inside their bounds; contracts of the network reward, slash, hold and release. Nothing stops who
/// takes stake out: a hold delays an operator's own by MAX_HOLD at most after the last one.
///
/// INVARIANTS
/// 1. NetworkToken held = own stakes + pools + thawing + pending + streaming + earned + spoils (+ gifts, + less than a wei per reward).
/// 2. LockedStake held = own stakes + pools + thawing + pending + locked spoils (+ gifts).
/// 3. The price of a pool's shares never falls but by a slash.
/// 4. taskStakeOf is the sum of active stakes of the task's positions.
contract StakeManager is Slashing {
    constructor(
        address authority_,
        address currency_,
        address lockedStake_,
        address treasury_,
        uint32 thawing,
        uint32 longestProof
    ) StakeState(authority_, currency_, lockedStake_, treasury_, thawing, longestProof) {}

    /// @inheritdoc IStakeManager
    function selfStakeOf(bytes32 key) external view returns (uint256) {
        return _ownTokens(_positions[key]);
    }

    /// @inheritdoc IStakeManager
    function delegatedOf(bytes32 key) external view returns (uint256) {
        return _delegated(_positions[key]);
    }

    /// @inheritdoc IStakeManager
    function weightOf(bytes32 key) external view returns (uint256) {
        Position storage p = _positions[key];
        uint256 own = _ownTokens(p);
        if (own == 0 || own < _least(p.role)) return 0;
        uint256 factor = _parameter(Parameter.DELEGATION_FACTOR);
        return StakeMath.weightDown(own, _delegated(p), factor, _parameter(Parameter.DELEGATION_RATIO));
    }

    /// @inheritdoc IStakeManager
    function slashableOf(bytes32 key) external view returns (uint256) {
        Position storage p = _positions[key];
        return _ownTokens(p) + p.own[0].thawing + p.own[1].thawing;
    }

    /// @inheritdoc IStakeManager
    function positionOf(bytes32 key) external view returns (PositionView memory v) {
        Position storage p = _positions[key];
        if (p.operator == address(0)) return v;
        (v.operator, v.role, v.task) = (p.operator, StakeParams.roleOf(p.role), p.task);
        v.commission = _commission(p);
        if (block.timestamp < p.nextFrom) (v.nextCommission, v.nextCommissionFrom) = (p.nextCommission, p.nextFrom);
        (v.heldUntil, v.holds) = (p.heldUntil, p.holds);
    }

    /// @inheritdoc IStakeManager
    function ownStakeOf(bytes32 key, Asset asset) external view returns (PoolView memory) {
        Pool storage own = _positions[key].own[uint256(asset)];
        return _view(own, own.tokens);
    }

    /// @inheritdoc IStakeManager
    function poolOf(bytes32 key, Asset asset) external view returns (PoolView memory v) {
        Pool storage pool = _positions[key].pools[uint256(asset)];
        uint256 arrived = _arrived(pool);
        v = _view(pool, pool.tokens + (asset == Asset.PLAIN ? arrived : 0));
        v.streaming -= arrived;
    }

    /// @inheritdoc IStakeManager
    function minStake(bytes32 role) external view returns (uint256) {
        return _least(StakeParams.minOf(role));
    }

    /// @inheritdoc IStakeManager
    function reasonCap(Reason reason) external view returns (uint16) {
        (Parameter which, bool full) = StakeParams.capOf(reason);
        return uint16(full ? StakeMath.BPS : _parameter(which)); // at most 10,000
    }

    function _delegated(Position storage p) private view returns (uint256) {
        return _active(p.pools[0], Asset.PLAIN) + _active(p.pools[1], Asset.LOCKED);
    }

    function _view(Pool storage pool, uint256 tokens) private view returns (PoolView memory v) {
        (v.tokens, v.shares, v.thawing, v.thawShares) = (tokens, pool.shares, pool.thawing, pool.thawShares);
        (v.streaming, v.streamUntil) = (pool.streaming, pool.streamUntil);
        (v.nonce, v.thawNonce) = (pool.nonce, pool.thawNonce);
    }
}
