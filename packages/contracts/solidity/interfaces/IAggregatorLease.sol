// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Who leads a Scenario, until when, in which term.
struct Lease {
    /// @dev Names a process, not an account: leader and standby act for the same federator. Zero: nobody ever led.
    bytes32 holder;
    /// @dev Grows with every acquisition, for ever: what an earlier leader says or sends can be told from the present one's.
    uint64 term;
    /// @dev Unix seconds from which another holder may acquire.
    uint64 expiresAt;
}

/// @title AggregatorLease
/// @notice Says which of a federator's aggregators leads a Scenario: one at a time, each in a term of its own (fencing). It holds no
/// money, is nobody's, and one deployment serves every Scenario of a chain. It is deployed by CREATE2 without arguments, so that its
/// address follows from its code.
interface IAggregatorLease {
    event LeaseAcquired(address indexed scenario, uint64 indexed term, bytes32 indexed holder, uint64 expiresAt);
    event LeaseRenewed(address indexed scenario, uint64 indexed term, uint64 expiresAt);
    event LeaseReleased(address indexed scenario, uint64 indexed term);

    /// @notice Takes the lead in a new term: when nobody holds it, when it has expired, or as its holder (who started again).
    /// Only the account that `scenario` names as its federator.
    /// @param holder anything but zero that tells one aggregator from another.
    /// @param duration seconds, 10 to 86,400.
    /// @param floor a term that was spoken before; the new one is above it and above every earlier one of `scenario`.
    function acquire(address scenario, bytes32 holder, uint32 duration, uint32 floor) external returns (uint64 term);

    /// @notice The leader of `term` goes on for `duration` seconds from now. Allowed after the expiry as long as nobody else took it.
    function renew(address scenario, uint64 term, uint32 duration) external;

    /// @notice The leader of `term` steps down: another may acquire in this very block.
    function release(address scenario, uint64 term) external;

    /// @notice The lease of `scenario`; all zero when nobody ever led.
    function leaseOf(address scenario) external view returns (Lease memory);
}
