// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {OwnStake} from "./OwnStake.sol";
import {Asset, DelegationView, IStakeManager} from "./interfaces/IStakeManager.sol";
import {StakeErrors} from "./libraries/StakeErrors.sol";
import {StakeMath} from "./libraries/StakeMath.sol";

/// @notice Delegation: one pool of shares per position and asset. A PLAIN pool's rewards raise the price of its shares; a LOCKED pool's
/// are kept apart from its principal, in NetworkToken per share.
abstract contract DelegationPools is OwnStake {
    using SafeCastLib for uint256;

    /// @inheritdoc IStakeManager
    function delegate(address operator, bytes32 role, uint256 task, uint256 amount, uint256 minShares)
        external
        locked
        returns (uint256)
    {
        return _delegate(keyOf(operator, role, task), Asset.PLAIN, amount, minShares);
    }

    /// @inheritdoc IStakeManager
    function delegateLocked(address operator, bytes32 role, uint256 task, uint256 amount, uint256 minShares)
        external
        locked
        returns (uint256)
    {
        return _delegate(keyOf(operator, role, task), Asset.LOCKED, amount, minShares);
    }

    /// @inheritdoc IStakeManager
    function activate(bytes32 key, Asset asset, address delegator) external locked returns (uint256 shares) {
        Position storage p = _known(key);
        Delegation storage d = _delegations[key][asset][delegator];
        require(d.pending != 0, StakeErrors.NothingPending(key, delegator));
        require(block.timestamp >= d.activeFrom, StakeErrors.ActivationTooEarly(d.activeFrom));
        Pool storage pool = _letArrive(key, p, asset);
        shares = StakeMath.sharesDown(d.pending, pool.tokens, pool.shares);
        require(shares >= d.minShares, StakeErrors.SharesBelowMin(shares, d.minShares));
        _activate(key, p, asset, delegator, shares);
    }

    /// @inheritdoc IStakeManager
    function cancelDelegation(bytes32 key, Asset asset) external locked returns (uint256 amount) {
        Delegation storage d = _delegations[key][asset][msg.sender];
        amount = d.pending;
        require(amount != 0, StakeErrors.NothingPending(key, msg.sender));
        (d.pending, d.activeFrom, d.minShares) = (0, 0, 0);
        emit DelegationCancelled(key, asset, msg.sender, amount);
        _pushAsset(asset, msg.sender, amount);
    }

    /// @inheritdoc IStakeManager
    function undelegate(bytes32 key, uint256 shares) external locked returns (uint256) {
        return _undelegate(key, Asset.PLAIN, shares);
    }

    /// @inheritdoc IStakeManager
    function undelegateLocked(bytes32 key, uint256 shares) external locked returns (uint256) {
        return _undelegate(key, Asset.LOCKED, shares);
    }

    /// @inheritdoc IStakeManager
    function claimLocked(bytes32 key, address delegator) external locked returns (uint256 paid) {
        Delegation storage d = _delegations[key][Asset.LOCKED][delegator];
        _settle(_letArrive(key, _known(key), Asset.LOCKED), d);
        paid = d.earned;
        d.earned = 0;
        emit LockedClaimed(key, delegator, paid);
        _pushAsset(Asset.PLAIN, delegator, paid);
    }

    /// @inheritdoc IStakeManager
    function delegationOf(bytes32 key, Asset asset, address delegator) external view returns (DelegationView memory v) {
        Pool storage pool = _positions[key].pools[uint256(asset)];
        Delegation storage d = _delegations[key][asset][delegator];
        (v.pending, v.activeFrom, v.earned) = (d.pending, d.activeFrom, d.earned + _unsettled(pool, d));
        if (d.nonce != pool.nonce || d.shares == 0) return v;
        v.shares = d.shares;
        v.tokens = StakeMath.tokensDown(d.shares, _active(pool, asset), pool.shares);
        if (asset == Asset.LOCKED) v.earned += FixedPointMathLib.mulDiv(_arrived(pool), d.shares, pool.shares);
    }

    function _delegate(bytes32 key, Asset asset, uint256 amount, uint256 minShares) private returns (uint256 shares) {
        require(amount >= MIN_DELEGATION, StakeErrors.DelegationBelowMin(amount, MIN_DELEGATION));
        Position storage p = _known(key);
        require(msg.sender != p.operator, StakeErrors.OwnPosition(key));
        if (!p.delegated) p.delegated = true;
        Pool storage pool = _activateDue(key, p, asset);
        shares = StakeMath.sharesDown(amount, pool.tokens, pool.shares);
        Delegation storage d = _delegations[key][asset][msg.sender];
        uint40 from = uint40(block.timestamp + ACTIVATION_DELAY);
        d.pending = (d.pending + amount).toUint128();
        (d.activeFrom, d.minShares) = (from, minShares.toUint192());
        emit Delegated(key, asset, msg.sender, amount, from);
        _pullAsset(asset, amount);
    }

    /// @dev What the caller has waiting for a day becomes active, unless it would get too few shares: then it goes on waiting.
    function _activateDue(bytes32 key, Position storage p, Asset asset) private returns (Pool storage pool) {
        pool = _letArrive(key, p, asset);
        Delegation storage d = _delegations[key][asset][msg.sender];
        if (d.pending == 0 || block.timestamp < d.activeFrom) return pool;
        uint256 shares = StakeMath.sharesDown(d.pending, pool.tokens, pool.shares);
        if (shares >= d.minShares) _activate(key, p, asset, msg.sender, shares);
    }

    function _activate(bytes32 key, Position storage p, Asset asset, address delegator, uint256 shares) private {
        Pool storage pool = p.pools[uint256(asset)];
        Delegation storage d = _delegations[key][asset][delegator];
        uint128 amount = d.pending;
        _settle(pool, d);
        d.shares += uint192(shares); // < 2^152
        (d.pending, d.activeFrom, d.minShares) = (0, 0, 0);
        pool.tokens += amount;
        pool.shares += uint192(shares); // the same
        _addToTask(p, amount);
        emit DelegationActivated(key, asset, delegator, amount, shares);
    }

    function _undelegate(bytes32 key, Asset asset, uint256 shares) private returns (uint256 amount) {
        Position storage p = _known(key);
        Pool storage pool = _activateDue(key, p, asset);
        Delegation storage d = _delegations[key][asset][msg.sender];
        _settle(pool, d);
        require(shares <= d.shares, StakeErrors.SharesTooFew(shares, d.shares));
        amount = StakeMath.tokensDown(shares, pool.tokens, pool.shares);
        d.shares -= uint192(shares); // at most what there was, as the next two
        pool.shares -= uint192(shares);
        pool.tokens -= uint128(amount);
        _takeFromTask(p, amount);
        _thaw(key, asset, pool, shares, amount);
    }

    /// @dev Brings a delegation up to its pool's rewards; shares of a pool that was wiped out are void.
    function _settle(Pool storage pool, Delegation storage d) private {
        uint256 earned = _unsettled(pool, d);
        if (earned != 0) d.earned += uint128(earned); // at most what came in
        uint24 nonce = pool.nonce;
        if (d.nonce != nonce) (d.nonce, d.shares) = (nonce, 0);
        uint256 index = pool.indexOf[nonce];
        if (d.paid != index) d.paid = index;
    }

    function _unsettled(Pool storage pool, Delegation storage d) private view returns (uint256) {
        uint256 shares = d.shares;
        return shares == 0 ? 0 : FixedPointMathLib.fullMulDiv(shares, pool.indexOf[d.nonce] - d.paid, INDEX_ONE);
    }
}
