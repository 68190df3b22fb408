// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AggregatorLease} from "../../AggregatorLease.sol";
import {Lease} from "../../interfaces/IAggregatorLease.sol";
import {TestBase} from "../base/TestBase.sol";
import {ScenarioOf} from "../mocks/ScenarioOf.sol";

/// @notice Three aggregators of one federator, each of which believes what the contract last told it, at any time and in any order.
contract LeaseHandler is TestBase {
    uint256 private constant PROCESSES = 3;

    AggregatorLease public immutable leases = new AggregatorLease();
    address public immutable scenario = address(new ScenarioOf(address(this)));
    uint256 public steps;
    uint64 public highest;
    /// @dev What each process knows of its own lead.
    uint64[PROCESSES] private _terms;
    uint256[PROCESSES] private _until;

    function acquire(uint256 who, uint32 duration, uint32 floor) external {
        who %= PROCESSES;
        duration = uint32(bound(duration, 10, 300));
        try leases.acquire(scenario, bytes32(who + 1), duration, floor % 1_000) returns (uint64 term) {
            assertTrue(term > highest, "a term came twice");
            (highest, _terms[who], _until[who]) = (term, term, block.timestamp + duration);
        } catch {
            assertTrue(leases.leaseOf(scenario).holder != bytes32(who + 1), "its own holder refused");
            assertTrue(block.timestamp < leases.leaseOf(scenario).expiresAt, "refused though expired");
        }
        ++steps;
    }

    function renew(uint256 who, uint32 duration) external {
        who %= PROCESSES;
        duration = uint32(bound(duration, 10, 300));
        uint64 term = _terms[who];
        try leases.renew(scenario, term, duration) {
            assertEq(term, highest, "an old term renewed");
            _until[who] = block.timestamp + duration;
        } catch {
            assertTrue(term != highest || term == 0, "the leader refused");
        }
        ++steps;
    }

    function release(uint256 who) external {
        who %= PROCESSES;
        uint64 term = _terms[who];
        try leases.release(scenario, term) {
            assertEq(term, highest, "an old term released");
            _until[who] = block.timestamp;
        } catch {
            assertTrue(term != highest || term == 0, "the leader refused");
        }
        ++steps;
    }

    function wait_(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 400));
        ++steps;
    }

    /// @notice How many processes believe that they lead now.
    function leaders() external view returns (uint256 count) {
        for (uint256 i = 0; i < PROCESSES; ++i) {
            if (block.timestamp < _until[i]) ++count;
        }
    }

    function lease() external view returns (Lease memory) {
        return leases.leaseOf(scenario);
    }
}
