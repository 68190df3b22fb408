// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IArenaRules, RoundResult} from "./interfaces/IArenaRules.sol";
import {ArenaParam, TaskTerms} from "./interfaces/ITaskRegistry.sol";
import {ArenaErrors} from "./libraries/ArenaErrors.sol";
import {ArenaMath} from "./libraries/ArenaMath.sol";
import {ArenaParams} from "./libraries/ArenaParams.sol";
import {Assignment} from "./libraries/Assignment.sol";

/// @title ArenaRules
/// @notice See IArenaRules. It has no state, no owner and no money.
contract ArenaRules is IArenaRules {
    uint256 private constant MAX_ROUNDS = 365;
    /// @dev Far above the drift of block times.
    uint256 private constant MIN_PHASE = 60;
    uint256 private constant MAX_PHASE = 14 days;
    /// @dev Twice FLock's longest task, and below what a hold on stake lasts (StakeManager.MAX_HOLD), delays included.
    uint256 private constant MAX_DURATION = 60 days;
    uint256 private constant MAX_SHARE_BPS = 5_000;
    /// @dev With more a round would not fit one transaction.
    uint256 private constant MAX_SEATS = 16;

    /// @inheritdoc IArenaRules
    function checkTerms(TaskTerms calldata t) external pure returns (uint256 duration) {
        _check("manifest", uint256(t.manifest), 1, type(uint256).max);
        _check("evaluation", uint256(t.evaluation), 1, type(uint256).max);
        _check("rounds", t.rounds, 1, MAX_ROUNDS);
        _check("submitSeconds", t.submitSeconds, MIN_PHASE, MAX_PHASE);
        _check("commitSeconds", t.commitSeconds, MIN_PHASE, MAX_PHASE);
        _check("revealSeconds", t.revealSeconds, MIN_PHASE, MAX_PHASE);
        _check("shareBps", t.shareBps, 0, MAX_SHARE_BPS);
        _check("seats", t.seats, 1, MAX_SEATS);
        duration = uint256(t.rounds) * (uint256(t.submitSeconds) + t.commitSeconds + t.revealSeconds);
        _check("duration", duration, 0, MAX_DURATION);
    }

    /// @inheritdoc IArenaRules
    function checkParam(ArenaParam param, uint256 value) external pure {
        (string memory name, uint256 min, uint256 max,) = ArenaParams.boundsOf(param);
        require(value >= min && value <= max, ArenaErrors.ArenaParamOutOfRange(name, value, min, max));
    }

    /// @inheritdoc IArenaRules
    function paramOf(ArenaParam param) external pure returns (uint256 first, uint256 min, uint256 max) {
        (, min, max, first) = ArenaParams.boundsOf(param);
    }

    /// @inheritdoc IArenaRules
    function draw(bytes32 seed, uint256[] calldata stakes, uint256 models, uint256 seats)
        external
        pure
        returns (uint64[] memory)
    {
        return Assignment.draw(seed, stakes, models, seats);
    }

    /// @inheritdoc IArenaRules
    function rewards(RoundResult calldata r) external pure returns (uint256[] memory nodes, uint256[] memory validators) {
        uint256 all = ArenaMath.roundReward(r.pot, r.rounds, r.round);
        uint256 toNodes = ArenaMath.nodesPartDown(all, r.shareBps, _sum(r.nodeStakes), _sum(r.seatStakes));
        nodes = ArenaMath.nodeRewards(toNodes, r.consensus, r.nodeStakes, r.rankRatio, r.stakeExponent);
        validators = ArenaMath.validatorRewards(all - toNodes, r.distances, r.works, r.seatStakes, r.tolerance, r.stakeExponent);
    }

    function _sum(uint256[] calldata values) private pure returns (uint256 sum) {
        for (uint256 i = 0; i < values.length; ++i) {
            sum += values[i];
        }
    }

    function _check(string memory term, uint256 value, uint256 min, uint256 max) private pure {
        require(value >= min && value <= max, ArenaErrors.TaskTermInvalid(term, value, min, max));
    }
}
