// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice One lock: principal that waits, and the locked stake that was given for it.
struct Lock {
    address owner;
    /// @dev When it opens (Unix seconds).
    uint40 unlockAt;
    /// @dev NetworkToken wei that the owner gets back.
    uint128 principal;
    /// @dev Locked stake, in wei, that has to be burned for that.
    uint128 amount;
}

/// @notice Multiplier of a lock for t seconds: 1 up to `base`; then 1 + slope * (t - base) / most, up to `most`.
struct Curve {
    uint32 base;
    uint32 most;
    /// @dev In bps.
    uint32 slope;
}

/// @title LockedStake
/// @notice Stake that is locked for a time and weighs more ("gm"): an ERC-20 that moves between an account and registered staking
/// contracts only. SEED-SYSTEMS.md 2.5. Rewards are paid in NetworkToken by whoever owes them, and never become principal here.
interface ILockedStake {
    event LockOpened(uint256 indexed id, address indexed owner, uint256 principal, uint256 amount, uint40 unlockAt);
    event LockRedeemed(uint256 indexed id, address indexed owner, uint256 principal, uint256 amount);
    event StakingContractSet(address indexed account, bool open);
    event CurveSet(uint32 base, uint32 most, uint32 slope);

    /// @notice Locks `principal` of the caller's NetworkToken for `duration` seconds, one day to the curve's most.
    /// @return id of the lock. @return amount of locked stake: principal * multiplier, rounded down.
    function lock(uint256 principal, uint256 duration) external returns (uint256 id, uint256 amount);

    /// @notice Burns `amount` of the caller's locked stake and pays its part of the lock's principal; the lock must be open. Locked stake
    /// that was slashed is gone, and so is its part of the principal.
    function redeem(uint256 id, uint256 amount) external returns (uint256 principal);

    /// @notice Destroys locked stake of the caller; the principal behind it is nobody's any more.
    function burn(uint256 amount) external;

    /// @notice A contract that locked stake may be moved into, or no more. What is in it can always be moved out.
    function setStakingContract(address account, bool open) external;

    /// @notice For locks from now on, inside hard bounds.
    function setCurve(Curve calldata curve) external;

    /// @notice Locked stake for a principal, as things are.
    function amountFor(uint256 principal, uint256 duration) external view returns (uint256);
    function lockOf(uint256 id) external view returns (Lock memory);
    function curve() external view returns (Curve memory);
    function lockCount() external view returns (uint256);
    function token() external view returns (address);
}
