// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The network's emission. CONTRACTS.md 2.2, SEED-SYSTEMS.md 2.4. Everything rounds down.
library EmissionMath {
    uint256 internal constant BPS = 10_000;
    uint256 internal constant MONTHS = 60;
    uint256 internal constant MONTH_DAYS = 30;

    /// @notice All that is ever emitted, in wei; the floors of 60 months leave 22,050 wei of it unminted.
    uint256 internal constant SHARE = 420_000_000e18;

    /// @dev Emission of a day of the first month: SHARE * (1 - 0.99) / (30 * (1 - 0.99 ^ 60)), rounded down. 309,157.6759 tokens.
    uint256 private constant FIRST = 309_157_675_932_627_700_866_861;

    /// @dev A month emits 99 % of what the month before did.
    uint256 private constant DECAY_NUMERATOR = 99;
    uint256 private constant DECAY_DENOMINATOR = 100;

    /// @notice Emission of day `day`, counted from 0; none after 60 months.
    function emissionOn(uint256 day) internal pure returns (uint256 daily) {
        uint256 month = day / MONTH_DAYS;
        if (month >= MONTHS) return 0;
        daily = FIRST;
        for (uint256 i = 0; i < month; ++i) {
            daily = daily * DECAY_NUMERATOR / DECAY_DENOMINATOR;
        }
    }

    /// @notice Emission of the first `days_` days together.
    function emissionUntil(uint256 days_) internal pure returns (uint256 total) {
        uint256 daily = FIRST;
        for (uint256 i = 0; i < MONTHS && days_ != 0; ++i) {
            uint256 part = days_ < MONTH_DAYS ? days_ : MONTH_DAYS;
            total += part * daily;
            days_ -= part;
            daily = daily * DECAY_NUMERATOR / DECAY_DENOMINATOR;
        }
    }
}
