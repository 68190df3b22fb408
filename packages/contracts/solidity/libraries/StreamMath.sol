// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Arithmetic of the stream ledger (CONTRACTS.md 2.4). Everything per token wei is scaled by 2^64; divisions round down and
/// hand back their remainder.
/// @dev Bounds: lifetime rewards <= 2^90 wei, supply >= 1e18 > 2^59, window >= 60 s. So rewards scaled are <= 2^154, an accumulator
/// <= 2^95, a rate <= 2^89, and |accumulator * balance|, |correction| <= 2^155.
library StreamMath {
    uint256 internal constant SCALE_BITS = 64;

    /// @notice Most currency that one Scenario may ever take, in wei.
    uint256 internal constant MAX_LIFETIME = 1 << 90;

    /// @notice Part of `pot` that goes to one of the shares. 2^90 * 2^32 does not overflow; `sum` is not zero.
    function rewardDown(uint256 pot, uint256 share, uint256 sum) internal pure returns (uint256) {
        unchecked {
            return pot * share / sum;
        }
    }

    /// @notice Starts a new stream from a reward and from what the running one has left.
    /// @param issuance how many times the supply of issuance weight 1 the token has. @param left that supply times the seconds that the
    /// stream of `oldRate` has left. @param whole that supply times the window.
    /// @return rate per second and token wei. @return remainder scaled currency that no rate can express.
    function renewDown(uint256 reward, uint256 oldRate, uint256 issuance, uint256 left, uint256 whole)
        internal
        pure
        returns (uint256 rate, uint256 remainder)
    {
        // Both terms of the sum are <= 2^154, and the rate times its divisor <= the sum; neither factor of that is zero.
        unchecked {
            uint256 total = (reward << SCALE_BITS) + oldRate * left * issuance;
            rate = total / (whole * issuance);
            remainder = total - rate * whole * issuance;
        }
    }

    /// @notice Accumulator after `elapsed` seconds of a stream. All that was ever streamed per token wei: <= 2^95.
    function accumulated(uint256 base, uint256 rate, uint256 elapsed) internal pure returns (uint256) {
        unchecked {
            return base + rate * elapsed;
        }
    }

    /// @notice Whole wei that an account may claim. `correction` makes up for every move at another accumulator.
    function entitledDown(uint256 acc, uint256 balance, int256 correction) internal pure returns (uint256) {
        // acc * balance <= 2^154 fits int256. The sum is never negative: it is what the balance earned while it was held.
        return uint256(int256(acc * balance) + correction) >> SCALE_BITS;
    }
}
