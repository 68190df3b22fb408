// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {DelegationPools} from "./DelegationPools.sol";
import {ILockedStake} from "./interfaces/ILockedStake.sol";
import {INetworkToken} from "./interfaces/INetworkToken.sol";
import {Asset, IStakeManager, Parameter, Reason} from "./interfaces/IStakeManager.sol";
import {StakeMath} from "./libraries/StakeMath.sol";
import {StakeParams} from "./libraries/StakeParams.sol";

/// @notice Rewards and slashes of a position; neither depends on how many delegators it has.
abstract contract Slashing is DelegationPools {
    uint256 private constant DAY = 1 days;

    /// @dev One side of a position, while it is slashed: what of it a slash can reach, and how much it takes.
    struct Side {
        uint256 plain;
        uint256 locked;
        uint256 takePlain;
        uint256 takeLocked;
    }

    /// @inheritdoc IStakeManager
    function reward(bytes32 key, uint256 amount) external locked restricted {
        require(amount != 0, ErrorsLib.AmountZero());
        Position storage p = _known(key);
        Pool storage plain = _letArrive(key, p, Asset.PLAIN);
        Pool storage gm = _letArrive(key, p, Asset.LOCKED);
        uint256 lockedTokens = _active(gm, Asset.LOCKED);
        uint256 delegated = _active(plain, Asset.PLAIN) + lockedTokens;
        uint256 toPools = StakeMath.delegatorsDown(amount, _commission(p), _settledOwn(p), delegated);
        uint256 toLocked = StakeMath.shareDown(toPools, lockedTokens, delegated);
        _stream(plain, toPools - toLocked);
        _stream(gm, toLocked);
        if (amount != toPools) earnedOf[p.operator] += amount - toPools;
        emit Rewarded(key, amount, amount - toPools, toPools - toLocked, toLocked);
        _pullAsset(Asset.PLAIN, amount);
    }

    /// @inheritdoc IStakeManager
    function slash(bytes32 key, uint256 amount, Reason reason, address reporter)
        external
        locked
        restricted
        returns (uint256 self, uint256 delegated)
    {
        Position storage p = _known(key);
        Side memory own = _reach(p.own);
        self = _capOwn(p, own.plain + own.locked, amount, reason);
        // The operator has one purse: its own token first, which is worth more than what is locked.
        own.takePlain = self < own.plain ? self : own.plain;
        own.takeLocked = self - own.takePlain;
        uint256 active = _takeSide(key, p.own, own, false);
        uint256 selfPlain = own.takePlain;
        self = selfPlain + own.takeLocked;
        if (reason == Reason.EQUIVOCATION && amount > self) {
            Side memory pools = _capPools(key, p, amount - self);
            active += _takeSide(key, p.pools, pools, true);
            delegated = pools.takePlain + pools.takeLocked;
            own.takePlain += pools.takePlain;
            own.takeLocked += pools.takeLocked;
        }
        _takeFromTask(p, active);
        uint256 fee = _share(own.takePlain, own.takeLocked, selfPlain, reporter);
        emit Slashed(key, reason, reporter, self, delegated, fee);
    }

    /// @inheritdoc IStakeManager
    function claim(address account) external locked returns (uint256 paid) {
        uint256 amount = earnedOf[account];
        require(amount != 0, ErrorsLib.AmountZero());
        earnedOf[account] = 0;
        uint256 fee = StakeMath.partDown(amount, _parameter(Parameter.CLAIM_FEE));
        if (fee != 0) _spoils.toTreasury += uint128(fee); // less than the supply
        paid = amount - fee;
        emit Claimed(account, paid, fee);
        _pushAsset(Asset.PLAIN, account, paid);
    }

    /// @inheritdoc IStakeManager
    function sweep() external locked returns (uint256 burned, uint256 toTreasury) {
        Spoils memory spoils_ = _spoils;
        (burned, toTreasury) = (spoils_.toBurn, spoils_.toTreasury);
        delete _spoils;
        emit Swept(burned, toTreasury, spoils_.lockedToBurn);
        if (burned != 0) INetworkToken(currency).burn(burned);
        if (spoils_.lockedToBurn != 0) ILockedStake(lockedStake).burn(spoils_.lockedToBurn);
        _pushAsset(Asset.PLAIN, treasury, toTreasury);
    }

    /// @inheritdoc IStakeManager
    function spoils() external view returns (uint256 toBurn, uint256 toTreasury, uint256 lockedToBurn) {
        return (_spoils.toBurn, _spoils.toTreasury, _spoils.lockedToBurn);
    }

    /// @dev Own stake that has been there for a day: an operator cannot enlarge its part for the moment of a reward.
    function _settledOwn(Position storage p) private view returns (uint256) {
        uint256 own = _ownTokens(p);
        if (block.timestamp >= p.freshUntil) return own;
        return own > p.fresh ? own - p.fresh : 0;
    }

    /// @dev Adds to what is on its way into a pool; all of it then takes the whole time again.
    function _stream(Pool storage pool, uint256 amount) private {
        if (amount == 0) return;
        pool.streaming += uint128(amount); // less than the supply
        (pool.streamFrom, pool.streamUntil) = (uint40(block.timestamp), uint40(block.timestamp + REWARD_STREAM));
    }

    function _reach(Pool[2] storage pools) private view returns (Side memory side) {
        side.plain = uint256(pools[0].tokens) + pools[0].thawing;
        side.locked = uint256(pools[1].tokens) + pools[1].thawing;
    }

    /// @dev What a slash takes of an operator's own: no more than the reason's cap, and for small reasons the day's.
    function _capOwn(Position storage p, uint256 stake_, uint256 amount, Reason reason) private returns (uint256 taken) {
        (Parameter cap, bool full) = StakeParams.capOf(reason);
        uint256 most = full ? stake_ : StakeMath.partUp(stake_, _parameter(cap));
        taken = amount < most ? amount : most;
        if (reason > Reason.OUTLIER) return taken;
        uint256 left = p.smallLeft;
        if (block.timestamp >= p.smallUntil) {
            left = StakeMath.partUp(stake_, _parameter(Parameter.DAILY_CAP));
            p.smallUntil = uint40(block.timestamp + DAY);
        }
        if (taken > left) taken = left;
        p.smallLeft = uint128(left - taken); // at most the stake
    }

    /// @dev What is left of a proven fraud falls on delegators up to their cap, in both assets alike.
    function _capPools(bytes32 key, Position storage p, uint256 amount) private returns (Side memory pools) {
        _letArrive(key, p, Asset.PLAIN);
        pools = _reach(p.pools);
        uint256 whole = pools.plain + pools.locked;
        uint256 most = StakeMath.partUp(whole, _parameter(Parameter.DELEGATOR_CAP));
        uint256 taken = amount < most ? amount : most;
        pools.takeLocked = StakeMath.shareDown(taken, pools.locked, whole);
        pools.takePlain = taken - pools.takeLocked;
        // Rewards that have arrived belong to the shares of before, also when those become void.
        if (pools.takeLocked != 0) _letArrive(key, p, Asset.LOCKED);
    }

    /// @dev Takes both assets of one side. `side` then says what was taken: a pool that is left with dust loses that too.
    function _takeSide(bytes32 key, Pool[2] storage pools, Side memory side, bool delegated) private returns (uint256 active) {
        uint256 taken;
        (taken, side.takePlain) = _take(key, Asset.PLAIN, pools[0], side.takePlain, delegated);
        active = taken;
        (taken, side.takeLocked) = _take(key, Asset.LOCKED, pools[1], side.takeLocked, delegated);
        active += taken;
    }

    /// @dev Takes `amount` of the active and the thawing part alike. @return active taken from the active part. @return all taken.
    function _take(bytes32 key, Asset asset, Pool storage pool, uint256 amount, bool delegated)
        private
        returns (uint256 active, uint256 all)
    {
        if (amount == 0) return (0, 0);
        (uint256 tokens, uint256 thawing) = (pool.tokens, pool.thawing);
        uint256 thawed = StakeMath.shareDown(amount, thawing, tokens + thawing);
        active = amount - thawed;
        bool anew = false;
        // An operator's own stake has no shares, and what does not thaw is not slashed there.
        if (delegated && StakeMath.isDust(tokens - active, pool.shares)) {
            (active, anew) = (tokens, true);
            (pool.shares, pool.nonce) = (0, pool.nonce + 1);
        }
        if (thawed != 0 && StakeMath.isDust(thawing - thawed, pool.thawShares)) {
            (thawed, anew) = (thawing, true);
            (pool.thawShares, pool.thawNonce) = (0, pool.thawNonce + 1);
        }
        (pool.tokens, pool.thawing) = (uint128(tokens - active), uint128(thawing - thawed)); // at most what they were
        emit StakeSlashed(key, asset, delegated, active, thawed);
        if (anew) emit PoolRestarted(key, asset, delegated, pool.nonce, pool.thawNonce);
        all = active + thawed;
    }

    /// @dev Splits what was slashed: the reporter gets part of the operator's own token only, so that slashing oneself, with or without
    /// delegators, is always a loss. What is locked is burned.
    function _share(uint256 plain, uint256 gm, uint256 selfPlain, address reporter) private returns (uint256 fee) {
        if (reporter != address(0)) fee = StakeMath.partDown(selfPlain, _parameter(Parameter.REPORTER_PART));
        if (fee != 0) earnedOf[reporter] += fee;
        uint256 toTreasury = StakeMath.partDown(plain - fee, _parameter(Parameter.TREASURY_PART));
        _spoils.toTreasury += uint128(toTreasury); // less than the supply, as the others
        _spoils.toBurn += uint128(plain - fee - toTreasury);
        if (gm != 0) _spoils.lockedToBurn += uint128(gm);
    }
}
