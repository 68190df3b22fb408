// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";

/// @notice Who scores which model: for each one so many validators, drawn without replacement by the square root of their stakes, so that
/// more stake gives more work at a falling rate. src/model/network/assignment.ts draws the same.
///
/// A stake that is split draws more often than a whole one, by at most the square root of its parts; what bounds the parts is the least
/// stake of a validator. No vote gets safer by it: those are weighted by stake.
library Assignment {
    uint256 private constant HALF_WORD = 128;

    /// @notice For each validator the models that it scores, one bit each.
    /// @param models at most 64. @param seats validators per model; all of those with stake, when there are no more.
    function draw(bytes32 seed, uint256[] memory stakes, uint256 models, uint256 seats)
        internal
        pure
        returns (uint64[] memory assigned)
    {
        uint256 count = stakes.length;
        assigned = new uint64[](count);
        uint256[] memory weights = new uint256[](count);
        uint256 sum = 0;
        for (uint256 i = 0; i < count; ++i) {
            weights[i] = FixedPointMathLib.sqrt(stakes[i]);
            sum += weights[i];
        }
        for (uint256 model = 0; model < models; ++model) {
            _drawFor(assigned, weights, sum, keccak256(abi.encode(seed, model)), model, seats);
        }
    }

    function _drawFor(
        uint64[] memory assigned,
        uint256[] memory weights,
        uint256 left,
        bytes32 seed,
        uint256 model,
        uint256 seats
    ) private pure {
        uint64 bit = uint64(1 << model);
        for (uint256 k = 0; k < seats && left != 0; ++k) {
            // Multiply and take the upper half: square roots of stakes have less than 2^46, so that it is off by less than 2^-76.
            uint256 point = (uint256(keccak256(abi.encode(seed, k))) >> HALF_WORD) * left >> HALF_WORD;
            for (uint256 i = 0; i < weights.length; ++i) {
                if (assigned[i] & bit != 0) continue;
                if (point < weights[i]) {
                    assigned[i] |= bit;
                    left -= weights[i];
                    break;
                }
                point -= weights[i];
            }
        }
    }
}
