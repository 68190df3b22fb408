// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAggregatorLease, Lease} from "./interfaces/IAggregatorLease.sol";
import {IScenario} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";

/// @title AggregatorLease
/// @notice See IAggregatorLease.
///
/// TRUST: `scenario` is any address, and what it says of its federator is believed for its own lease only. It is asked by a static call,
/// so it cannot call back. The federator could lead in two processes that lie to each other; the lease is against accidents of one
/// federator's machines, and the silos see every term.
contract AggregatorLease is IAggregatorLease {
    uint32 private constant MIN_DURATION = 10;
    uint32 private constant MAX_DURATION = 1 days;

    mapping(address scenario => Lease lease) private _leases;

    /// @inheritdoc IAggregatorLease
    function acquire(address scenario, bytes32 holder, uint32 duration, uint32 floor) external returns (uint64 term) {
        _checkFederator(scenario);
        _checkDuration(duration);
        require(holder != bytes32(0), ErrorsLib.LeaseHolderZero());
        Lease storage lease = _leases[scenario];
        bool free = block.timestamp >= lease.expiresAt || lease.holder == holder;
        require(free, ErrorsLib.LeaseHeld(lease.term, lease.expiresAt));
        term = (lease.term > floor ? lease.term : floor) + 1;
        uint64 expiresAt = uint64(block.timestamp) + duration;
        (lease.holder, lease.term, lease.expiresAt) = (holder, term, expiresAt);
        emit LeaseAcquired(scenario, term, holder, expiresAt);
    }

    /// @inheritdoc IAggregatorLease
    function renew(address scenario, uint64 term, uint32 duration) external {
        _checkDuration(duration);
        Lease storage lease = _ownLease(scenario, term);
        uint64 expiresAt = uint64(block.timestamp) + duration;
        lease.expiresAt = expiresAt;
        emit LeaseRenewed(scenario, term, expiresAt);
    }

    /// @inheritdoc IAggregatorLease
    function release(address scenario, uint64 term) external {
        _ownLease(scenario, term).expiresAt = uint64(block.timestamp);
        emit LeaseReleased(scenario, term);
    }

    /// @inheritdoc IAggregatorLease
    function leaseOf(address scenario) external view returns (Lease memory) {
        return _leases[scenario];
    }

    /// @dev The lease that the caller holds in `term`; term 0 is nobody's.
    function _ownLease(address scenario, uint64 term) private view returns (Lease storage lease) {
        _checkFederator(scenario);
        lease = _leases[scenario];
        require(term != 0 && lease.term == term, ErrorsLib.LeaseLost(term, lease.term));
    }

    function _checkFederator(address scenario) private view {
        require(IScenario(scenario).federator() == msg.sender, ErrorsLib.NotFederator(msg.sender));
    }

    function _checkDuration(uint32 duration) private pure {
        bool valid = duration >= MIN_DURATION && duration <= MAX_DURATION;
        require(valid, ErrorsLib.LeaseDuration(duration, MIN_DURATION, MAX_DURATION));
    }
}
