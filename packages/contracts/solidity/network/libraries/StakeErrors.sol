// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Errors of stake, delegation and slashing.
library StakeErrors {
    /// @notice There is no such role.
    error RoleUnknown(bytes32 role);
    /// @notice Nobody ever staked in this position.
    error PositionUnknown(bytes32 key);
    /// @notice The caller is not the operator of this position.
    error NotOperator(bytes32 key, address caller);
    /// @notice An operator stakes in its own position; it does not delegate to it.
    error OwnPosition(bytes32 key);
    /// @notice The position would have less than its role needs.
    error StakeBelowMin(uint256 stake, uint256 min);
    /// @notice There is less active stake than was asked for.
    error StakeTooSmall(uint256 asked, uint256 active);
    /// @notice The caller has fewer shares than that.
    error SharesTooFew(uint256 asked, uint256 shares);
    /// @notice A delegation is at least `min` wei.
    error DelegationBelowMin(uint256 amount, uint256 min);
    /// @notice Fewer shares come out than the delegator accepts.
    error SharesBelowMin(uint256 shares, uint256 min);
    /// @notice Nothing waits to become active.
    error NothingPending(bytes32 key, address delegator);
    /// @notice What waits becomes active at `from` (Unix seconds).
    error ActivationTooEarly(uint256 from);
    /// @notice An account has at most `max` requests under way in a position; withdraw those that are ready.
    error TooManyRequests(uint256 max);
    /// @notice No request has thawed yet; the next one is ready at `readyAt` (Unix seconds), 0: there is none.
    error NothingThawed(uint256 readyAt);
    /// @notice The position takes part in something until `until` (Unix seconds) at the latest.
    error PositionHeld(bytes32 key, uint256 until);
    /// @notice The position is not held.
    error PositionNotHeld(bytes32 key);
    /// @notice A commission is at most `max` bps.
    error CommissionAboveMax(uint256 bps, uint256 max);
    /// @notice A commission rises by at most `max` bps at a time.
    error CommissionStep(uint256 rise, uint256 max);
    /// @notice A commission rises once in 30 days: the next time from `from` (Unix seconds).
    error CommissionTooSoon(uint256 from);
    /// @notice The parameter lies outside its bounds.
    error ParameterOutOfRange(uint256 value, uint256 min, uint256 max);
}
