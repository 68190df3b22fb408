// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a lock weighs and gives back. SEED-SYSTEMS.md 2.5.
/// @dev Bounds: principals < 2^90, amounts < 2^92, durations < 2^27, slopes < 2^15. No product passes 2^182.
library LockMath {
    uint256 private constant BPS = 10_000;

    /// @notice Locked stake for `principal`: principal * (1 + slope * (duration - base) / most), not less than the principal.
    /// @param slope in bps. @param duration at most `most`.
    function amountDown(uint256 principal, uint256 duration, uint256 base, uint256 most, uint256 slope)
        internal
        pure
        returns (uint256)
    {
        if (duration <= base) return principal;
        return principal + principal * slope * (duration - base) / (BPS * most);
    }

    /// @notice Principal for `amount` of the `left` that a lock has; all of it for all.
    function principalDown(uint256 principal, uint256 left, uint256 amount) internal pure returns (uint256) {
        return principal * amount / left;
    }
}
