// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {StakeState} from "./StakeState.sol";
import {Asset, IStakeManager, Parameter, ThawView} from "./interfaces/IStakeManager.sol";
import {StakeErrors} from "./libraries/StakeErrors.sol";
import {StakeMath} from "./libraries/StakeMath.sol";

/// @notice The way out: what leaves a stake or a pool waits in a thawing part of it, where a slash still reaches it. Nothing pauses it.
abstract contract Thawing is StakeState {
    using SafeCastLib for uint256;

    /// @inheritdoc IStakeManager
    function withdraw(bytes32 key, uint256 max) external locked returns (uint256) {
        return _withdraw(key, Asset.PLAIN, max);
    }

    /// @inheritdoc IStakeManager
    function withdrawLocked(bytes32 key, uint256 max) external locked returns (uint256) {
        return _withdraw(key, Asset.LOCKED, max);
    }

    /// @inheritdoc IStakeManager
    function thawsOf(bytes32 key, Asset asset, address owner) external view returns (ThawView[] memory thaws) {
        Pool storage pool = _sideOf(_positions[key], asset, owner);
        Queue storage queue = _queues[key][asset][owner];
        uint256 head = queue.head;
        thaws = new ThawView[](queue.tail - head);
        for (uint256 i = 0; i < thaws.length; ++i) {
            Request memory r = queue.requests[head + i];
            uint256 tokens = r.nonce == pool.thawNonce ? StakeMath.tokensDown(r.shares, pool.thawing, pool.thawShares) : 0;
            thaws[i] = ThawView(tokens, r.readyAt);
        }
    }

    /// @dev Moves `amount` that has left the active part into the thawing part, for the caller.
    function _thaw(bytes32 key, Asset asset, Pool storage pool, uint256 shares, uint256 amount)
        internal
        returns (uint40 readyAt)
    {
        require(amount != 0, ErrorsLib.AmountZero());
        Queue storage queue = _queues[key][asset][msg.sender];
        uint256 place = queue.tail;
        require(place - queue.head < MAX_REQUESTS, StakeErrors.TooManyRequests(MAX_REQUESTS));
        readyAt = uint40(block.timestamp + _parameter(Parameter.THAWING)); // at most 30 days from now
        uint256 thawShares = StakeMath.sharesDown(amount, pool.thawing, pool.thawShares);
        pool.thawing += amount.toUint128();
        pool.thawShares += uint192(thawShares); // < 2^152
        queue.requests[place] = Request(uint192(thawShares), readyAt, pool.thawNonce);
        queue.tail = uint32(place + 1); // 2^32 requests are not made
        emit ThawStarted(key, asset, msg.sender, shares, amount, thawShares, readyAt);
    }

    function _withdraw(bytes32 key, Asset asset, uint256 max) private returns (uint256 amount) {
        Position storage p = _known(key);
        if (msg.sender == p.operator) _checkFree(key, p);
        uint256 requests;
        (requests, amount) = _takeThawed(_sideOf(p, asset, msg.sender), _queues[key][asset][msg.sender], max);
        emit Withdrawn(key, asset, msg.sender, requests, amount);
        _pushAsset(asset, msg.sender, amount);
    }

    /// @dev Takes the oldest requests that are ready; those that a slash has voided are worth nothing.
    function _takeThawed(Pool storage pool, Queue storage queue, uint256 max) private returns (uint256 taken, uint256 amount) {
        (uint256 place, uint256 tail) = (queue.head, queue.tail);
        (uint256 thawing, uint256 thawShares) = (pool.thawing, pool.thawShares);
        for (; taken < max && place < tail; ++place) {
            Request memory r = queue.requests[place];
            if (block.timestamp < r.readyAt) break;
            if (r.nonce == pool.thawNonce) {
                uint256 tokens = StakeMath.tokensDown(r.shares, thawing, thawShares);
                amount += tokens;
                thawing -= tokens;
                thawShares -= r.shares;
            }
            ++taken;
            delete queue.requests[place];
        }
        require(taken != 0, StakeErrors.NothingThawed(place < tail ? queue.requests[place].readyAt : 0));
        queue.head = uint32(place); // at most the tail
        (pool.thawing, pool.thawShares) = (uint128(thawing), uint192(thawShares)); // at most what they were
    }

    function _checkFree(bytes32 key, Position storage p) private view {
        uint256 until = p.heldUntil;
        require(p.holds == 0 || block.timestamp >= until, StakeErrors.PositionHeld(key, until));
    }
}
