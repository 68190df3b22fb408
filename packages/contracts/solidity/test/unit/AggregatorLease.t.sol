// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AggregatorLease} from "../../AggregatorLease.sol";
import {IAggregatorLease, Lease} from "../../interfaces/IAggregatorLease.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {TestBase} from "../base/TestBase.sol";
import {ScenarioOf} from "../mocks/ScenarioOf.sol";

/// @notice Attack notes: a second leader, a leader that was deposed, a stranger, a term that falls, a Scenario that calls back.
contract AggregatorLeaseTest is TestBase {
    bytes32 private constant A = bytes32(uint256(1));
    bytes32 private constant B = bytes32(uint256(2));
    uint32 private constant HOUR = 3_600;

    AggregatorLease private leases;
    address private scenario;
    address private federator;

    function setUp() external {
        federator = account("federator");
        leases = new AggregatorLease();
        scenario = address(new ScenarioOf(federator));
        vm.warp(1_000_000);
    }

    function _acquire(bytes32 holder) private returns (uint64) {
        vm.prank(federator);
        return leases.acquire(scenario, holder, HOUR, 0);
    }

    function _renew(uint64 term) private {
        vm.prank(federator);
        leases.renew(scenario, term, HOUR);
    }

    function _assertLease(bytes32 holder, uint64 term, uint256 expiresAt) private view {
        Lease memory lease = leases.leaseOf(scenario);
        assertEq(lease.holder, holder, "holder");
        assertEq(lease.term, term, "term");
        assertEq(lease.expiresAt, expiresAt, "expiresAt");
    }

    function test_leaseOf_isZeroBeforeAnybodyLed() external view {
        _assertLease(0, 0, 0);
    }

    function test_acquire_startsTermOne() external {
        vm.expectEmit(address(leases));
        emit IAggregatorLease.LeaseAcquired(scenario, 1, A, uint64(block.timestamp) + HOUR);
        assertEq(_acquire(A), 1, "term");
        _assertLease(A, 1, block.timestamp + HOUR);
    }

    function test_acquire_startsANewTermForItsHolderWhoStartedAgain() external {
        _acquire(A);
        vm.warp(block.timestamp + 1);
        assertEq(_acquire(A), 2, "term");
        _assertLease(A, 2, block.timestamp + HOUR);
    }

    /// Attack: a second leader while the first one's lease runs, to its last second.
    function test_acquire_refusesAnotherHolderUntilTheExpiry() external {
        _acquire(A);
        uint64 expiresAt = uint64(block.timestamp) + HOUR;
        vm.warp(expiresAt - 1);
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.LeaseHeld.selector, 1, expiresAt));
        leases.acquire(scenario, B, HOUR, 0);
        vm.warp(expiresAt);
        assertEq(_acquire(B), 2, "term");
        _assertLease(B, 2, block.timestamp + HOUR);
    }

    function test_acquire_goesAboveTheTermThatWasSpokenBefore() external {
        vm.startPrank(federator);
        assertEq(leases.acquire(scenario, A, HOUR, 41), 42, "above the floor");
        assertEq(leases.acquire(scenario, A, HOUR, 7), 43, "never below the last");
        assertEq(leases.acquire(scenario, A, HOUR, type(uint32).max), uint256(type(uint32).max) + 1, "highest floor");
        assertEq(leases.acquire(scenario, A, HOUR, type(uint32).max), uint256(type(uint32).max) + 2, "and on");
    }

    function test_acquire_keepsScenariosApart() external {
        _acquire(A);
        address other = address(new ScenarioOf(federator));
        vm.prank(federator);
        assertEq(leases.acquire(other, B, HOUR, 0), 1, "own terms");
        _assertLease(A, 1, block.timestamp + HOUR);
    }

    /// Attack: somebody else takes, renews or ends the federator's lease.
    function test_strangersChangeNothing() external {
        _acquire(A);
        address stranger = account("stranger");
        bytes memory refusal = abi.encodeWithSelector(ErrorsLib.NotFederator.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(refusal);
        leases.acquire(scenario, A, HOUR, 0);
        vm.expectRevert(refusal);
        leases.renew(scenario, 1, HOUR);
        vm.expectRevert(refusal);
        leases.release(scenario, 1);
        _assertLease(A, 1, block.timestamp + HOUR);
    }

    function test_acquire_refusesNobodyAndNoScenario() external {
        vm.startPrank(federator);
        vm.expectRevert(ErrorsLib.LeaseHolderZero.selector);
        leases.acquire(scenario, 0, HOUR, 0);
        vm.expectRevert();
        leases.acquire(address(0xdead), A, HOUR, 0);
    }

    function test_acquireAndRenew_boundTheDuration() external {
        uint32[4] memory wrong = [uint32(0), 9, 86_401, type(uint32).max];
        _acquire(A);
        vm.startPrank(federator);
        for (uint256 i = 0; i < wrong.length; ++i) {
            bytes memory refusal = abi.encodeWithSelector(ErrorsLib.LeaseDuration.selector, wrong[i], 10, 86_400);
            vm.expectRevert(refusal);
            leases.acquire(scenario, A, wrong[i], 0);
            vm.expectRevert(refusal);
            leases.renew(scenario, 1, wrong[i]);
        }
        leases.acquire(scenario, A, 10, 0);
        leases.acquire(scenario, A, 86_400, 0);
        leases.renew(scenario, 3, 10);
        leases.renew(scenario, 3, 86_400);
    }

    function test_renew_countsFromNow() external {
        _acquire(A);
        vm.warp(block.timestamp + HOUR / 2);
        vm.expectEmit(address(leases));
        emit IAggregatorLease.LeaseRenewed(scenario, 1, uint64(block.timestamp) + HOUR);
        _renew(1);
        _assertLease(A, 1, block.timestamp + HOUR);
    }

    /// Nobody took it meanwhile, so nobody else led.
    function test_renew_revivesAnExpiredLease() external {
        _acquire(A);
        vm.warp(block.timestamp + 10 * HOUR);
        _renew(1);
        _assertLease(A, 1, block.timestamp + HOUR);
    }

    /// Attack: a leader that was away comes back after another took over; also as the same holder in an earlier term.
    function test_aTermThatIsOverStaysOver() external {
        _acquire(A);
        vm.warp(block.timestamp + HOUR);
        _acquire(B);
        _acquire(B);
        vm.startPrank(federator);
        for (uint64 old = 0; old < 5; ++old) {
            if (old == 3) continue;
            bytes memory refusal = abi.encodeWithSelector(ErrorsLib.LeaseLost.selector, old, 3);
            vm.expectRevert(refusal);
            leases.renew(scenario, old, HOUR);
            vm.expectRevert(refusal);
            leases.release(scenario, old);
        }
        _assertLease(B, 3, block.timestamp + HOUR);
    }

    /// Attack: term 0 of a Scenario that nobody leads.
    function test_nobodysLeaseIsNotRenewed() external {
        vm.startPrank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.LeaseLost.selector, 0, 0));
        leases.renew(scenario, 0, HOUR);
    }

    function test_release_letsAnotherLeadAtOnce() external {
        _acquire(A);
        vm.expectEmit(address(leases));
        emit IAggregatorLease.LeaseReleased(scenario, 1);
        vm.prank(federator);
        leases.release(scenario, 1);
        _assertLease(A, 1, block.timestamp);
        assertEq(_acquire(B), 2, "term");
    }

    function testFuzz_acquire_isForTheHolderOrAfterTheExpiry(bytes32 holder, uint32 later, uint32 duration, uint32 floor) external {
        vm.assume(holder != 0);
        duration = uint32(bound(duration, 10, 86_400));
        later = uint32(bound(later, 0, 2 * 86_400));
        vm.prank(federator);
        uint64 first = leases.acquire(scenario, A, duration, floor);
        vm.warp(block.timestamp + later);
        vm.prank(federator);
        if (holder != A && later < duration) {
            vm.expectRevert(abi.encodeWithSelector(ErrorsLib.LeaseHeld.selector, first, block.timestamp - later + duration));
            leases.acquire(scenario, holder, duration, floor);
        } else {
            assertEq(leases.acquire(scenario, holder, duration, floor), first + 1, "term");
        }
    }
}
