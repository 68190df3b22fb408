// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";

import {ScoreMath} from "./ScoreMath.sol";

/// @notice What a round of the arena pays. SEED-SYSTEMS.md 2.3 b to f; src/model/network/arena-rewards.ts computes the same.
/// @dev Bounds: pots and stakes below 2^90, stake powers (of at most 1.5) below 2^106, at most 64 of each: no product passes 2^210.
library ArenaMath {
    uint256 internal constant WAD = 1e18;
    uint256 internal constant BPS = 10_000;

    /// @notice A round's part of a pot: what is left by the rounds that are left.
    function roundReward(uint256 pot, uint256 rounds, uint256 round) internal pure returns (uint256) {
        return pot / (rounds - round + 1);
    }

    /// @notice R_T = R * (gamma + (1 - 2 gamma) * T / (T + S)), rounded down; validators get the rest. All of it when there are no
    /// validators, half when nobody has a stake.
    /// @param shareBps gamma, at most 5,000. @param nodes T. @param validators S.
    function nodesPartDown(uint256 reward, uint256 shareBps, uint256 nodes, uint256 validators) internal pure returns (uint256) {
        uint256 stakes = nodes + validators;
        if (stakes == 0) return reward / 2;
        return reward * (shareBps * stakes + (BPS - 2 * shareBps) * nodes) / (BPS * stakes);
    }

    /// @notice stake ^ exponent, both scaled by 1e18.
    function stakePower(uint256 stake, uint256 exponent) internal pure returns (uint256) {
        if (exponent == WAD || stake == 0) return stake;
        // Stakes are below 2^90 and exponents at most 1.5e18, so that both are positive and the power has less than 2^106.
        return uint256(FixedPointMathLib.powWad(int256(stake), int256(exponent)));
    }

    /// @notice What each node gets: by ratio^rank * stake^exponent, the best score first, of equal ones the earlier. Nobody gets anything
    /// for a score of zero, or without one. Rounded down.
    function nodeRewards(uint256 reward, uint16[] memory scores, uint256[] memory stakes, uint256 ratio, uint256 exponent)
        internal
        pure
        returns (uint256[] memory rewards)
    {
        uint256 length = scores.length;
        rewards = new uint256[](length);
        uint256 sum = 0;
        uint256 factor = WAD;
        bool[] memory placed = new bool[](length);
        for (uint256 rank = 0; rank < length; ++rank) {
            uint256 best = _best(scores, placed);
            if (best == length) break;
            placed[best] = true;
            rewards[best] = factor * stakePower(stakes[best], exponent) / WAD;
            sum += rewards[best];
            factor = factor * ratio / WAD;
        }
        _share(reward, rewards, sum);
    }

    /// @notice What each validator gets: by closeness * work * stake^exponent. Rounded down.
    /// @param distances to the consensus, summed over `works` scores.
    function validatorRewards(
        uint256 reward,
        uint256[] memory distances,
        uint256[] memory works,
        uint256[] memory stakes,
        uint256 tolerance,
        uint256 exponent
    ) internal pure returns (uint256[] memory rewards) {
        rewards = new uint256[](stakes.length);
        uint256 sum = 0;
        for (uint256 i = 0; i < stakes.length; ++i) {
            if (works[i] == 0) continue;
            uint256 closeness = ScoreMath.closenessDown(distances[i], works[i], tolerance);
            rewards[i] = stakePower(stakes[i], exponent) * works[i] * closeness / WAD;
            sum += rewards[i];
        }
        _share(reward, rewards, sum);
    }

    /// @notice What of `locked` has vested `elapsed` seconds after the end.
    function vestedDown(uint256 locked, uint256 elapsed, uint256 duration) internal pure returns (uint256) {
        return elapsed >= duration ? locked : locked * elapsed / duration;
    }

    /// @dev Turns weights into parts of `reward`.
    function _share(uint256 reward, uint256[] memory weights, uint256 sum) private pure {
        if (sum == 0) return;
        for (uint256 i = 0; i < weights.length; ++i) {
            weights[i] = reward * weights[i] / sum;
        }
    }

    /// @dev The highest score that is not placed, or the length when none is left that earns.
    function _best(uint16[] memory scores, bool[] memory placed) private pure returns (uint256 best) {
        best = scores.length;
        uint256 highest = 0;
        for (uint256 i = 0; i < scores.length; ++i) {
            // No score at all is the highest number.
            if (placed[i] || scores[i] > BPS || scores[i] <= highest) continue;
            (best, highest) = (i, scores[i]);
        }
    }
}
