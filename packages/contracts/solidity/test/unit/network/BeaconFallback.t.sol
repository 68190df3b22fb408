// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {Fallback, IRandomBeacon, Scheme} from "../../../network/interfaces/IRandomBeacon.sol";
import {BeaconErrors} from "../../../network/libraries/BeaconErrors.sol";
import {BeaconBase} from "../../base/network/BeaconBase.sol";

/// @notice Bonded nodes decide a round that nobody proves: bonds, commitments, secrets, and who pays for silence.
contract BeaconFallbackTest is BeaconBase {
    address private a;
    address private b;
    address private c;
    uint64 private round;
    uint256 private due;

    function setUp() external {
        deployBeacon(Scheme.BN254, "beacon-bn254.json");
        (a, b, c) = (bondedNode("a", 2), bondedNode("b", 2), bondedNode("c", 2));
        round = beacon.roundAfter(block.timestamp);
        due = beacon.timeOf(round);
        vm.warp(due + DELAY);
    }

    function _commitThree() private {
        commitAs(a, round);
        commitAs(b, round);
        commitAs(c, round);
    }

    function test_fallback_decidesWhatNobodyProved() external {
        _commitThree();
        Fallback memory f = beacon.fallbackOf(round);
        assertEq(f.commitEnd, block.timestamp + COMMIT_WINDOW, "commitments end");
        assertEq(f.revealEnd, f.commitEnd + REVEAL_WINDOW, "reveals end");
        assertEq(f.held, 3 * uint256(NODE_BOND), "held");
        vm.warp(f.commitEnd);
        revealAs(c, round);
        revealAs(a, round);
        revealAs(b, round);
        vm.warp(f.revealEnd);
        bytes32 mix = _part(a) ^ _part(b) ^ _part(c);
        bytes32 expected = keccak256(abi.encode(block.chainid, address(beacon), round, uint32(0), mix));
        vm.expectEmit(address(beacon));
        emit IRandomBeacon.FallbackSettled(round, 0, expected, 0);
        beacon.settleFallback(round);
        assertEq(beacon.seed(round), expected, "seed");
        assertEq(beacon.freeBondOf(a), 2 * uint256(NODE_BOND), "freed");
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.RoundKnown.selector, round));
        beacon.settleFallback(round);
    }

    function test_fallback_costsTheSilentTheirBond() external {
        _commitThree();
        vm.warp(beacon.fallbackOf(round).commitEnd);
        revealAs(a, round);
        revealAs(b, round);
        vm.warp(beacon.fallbackOf(round).revealEnd);
        beacon.settleFallback(round);
        assertTrue(beacon.isKnown(round), "decided without it");
        assertEq(beacon.forfeits(), NODE_BOND, "forfeited");
        assertEq(beacon.freeBondOf(c), NODE_BOND, "the rest is its own");
        vm.prank(c);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.NothingToReclaim.selector, c));
        beacon.reclaimFallback(round);
        beacon.sweepForfeits(address(0xfee));
        assertEq(bondCurrency.balanceOf(address(0xfee)), NODE_BOND, "swept");
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        beacon.sweepForfeits(address(0xfee));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, address(0)));
        beacon.sweepForfeits(address(0));
    }

    /// Nobody reveals: all bonds are lost, and there is another attempt, with commitments of its own.
    function test_fallback_startsAgainWhenNobodyReveals() external {
        _commitThree();
        vm.warp(beacon.fallbackOf(round).revealEnd);
        vm.expectEmit(address(beacon));
        emit IRandomBeacon.FallbackFailed(round, 0, 3 * uint256(NODE_BOND));
        beacon.settleFallback(round);
        assertTrue(!beacon.isKnown(round), "not known");
        assertEq(beacon.forfeits(), 3 * uint256(NODE_BOND), "forfeited");
        _commitThree();
        assertEq(beacon.fallbackOf(round).attempt, 1, "attempt");
        vm.warp(beacon.fallbackOf(round).commitEnd);
        revealAs(b, round);
        vm.warp(beacon.fallbackOf(round).revealEnd);
        beacon.settleFallback(round);
        assertTrue(beacon.isKnown(round), "known");
        assertEq(beacon.freeBondOf(a), 0, "silent twice");
        assertEq(beacon.freeBondOf(b), NODE_BOND, "silent once");
        assertEq(beacon.forfeits(), 5 * uint256(NODE_BOND), "each bond once");
    }

    function test_commit_boundsWhoAndWhen() external {
        uint64 later = beacon.roundAfter(block.timestamp);
        bytes32 hash = keccak256("hash");
        vm.startPrank(a);
        uint256 from = beacon.timeOf(later) + DELAY;
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.FallbackNotDue.selector, later, from));
        beacon.commitFallback(later, hash);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.SecretMismatch.selector, a));
        beacon.commitFallback(round, 0);
        beacon.commitFallback(round, hash);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.NodeCommitted.selector, a));
        beacon.commitFallback(round, hash);
        vm.stopPrank();
        commitAs(b, round);
        commitAs(c, round);
        uint40 end = beacon.fallbackOf(round).commitEnd;
        vm.warp(end);
        vm.prank(account("d"));
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.CommitmentsClosed.selector, round, end));
        beacon.commitFallback(round, hash);
    }

    function test_commit_wantsABondOfItsOwn() external {
        vm.prank(a);
        beacon.withdrawBond(a, uint256(NODE_BOND) + 1);
        vm.prank(a);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.BondTooSmall.selector, NODE_BOND - 1, NODE_BOND));
        beacon.commitFallback(round, keccak256("hash"));
    }

    /// A node that comes because the round has failed has no part in it.
    function test_commit_refusesBondsThatAreYoungerThanTheRound() external {
        address late = bondedNode("late", 1);
        vm.prank(late);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.BondTooYoung.selector, late, block.timestamp));
        beacon.commitFallback(round, keccak256("hash"));
    }

    function test_reveal_boundsWhatAndWhen() external {
        _commitThree();
        Fallback memory f = beacon.fallbackOf(round);
        bytes memory closed = abi.encodeWithSelector(BeaconErrors.NotRevealing.selector, round, f.commitEnd, f.revealEnd);
        vm.startPrank(a);
        vm.expectRevert(closed);
        beacon.revealFallback(round, secretOf(a));
        vm.warp(f.commitEnd);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.SecretMismatch.selector, a));
        beacon.revealFallback(round, "another");
        beacon.revealFallback(round, secretOf(a));
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.SecretMismatch.selector, a));
        beacon.revealFallback(round, secretOf(a));
        vm.stopPrank();
        vm.warp(f.revealEnd);
        vm.prank(b);
        vm.expectRevert(closed);
        beacon.revealFallback(round, secretOf(b));
    }

    function test_settle_notBeforeTheEndOfReveals() external {
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.FallbackRunning.selector, round, 0));
        beacon.settleFallback(round);
        _commitThree();
        uint40 end = beacon.fallbackOf(round).revealEnd;
        vm.warp(end - 1);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.FallbackRunning.selector, round, end));
        beacon.settleFallback(round);
    }

    /// Too few commit: whoever did has its bond back when it wants.
    function test_reclaim_whileTooFewHaveCommitted() external {
        commitAs(a, round);
        assertEq(beacon.freeBondOf(a), NODE_BOND, "one is held");
        vm.prank(a);
        beacon.reclaimFallback(round);
        assertEq(beacon.freeBondOf(a), 2 * uint256(NODE_BOND), "free");
        assertEq(beacon.fallbackOf(round).commits, 0, "not counted any more");
        // It can come back, and the three are three again.
        _commitThree();
        assertTrue(beacon.fallbackOf(round).commitEnd != 0, "scheduled");
        vm.prank(a);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.NothingToReclaim.selector, a));
        beacon.reclaimFallback(round);
    }

    function test_bonds_inAndOut() external {
        vm.startPrank(a);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        beacon.depositBond(0);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        beacon.withdrawBond(a, 0);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, address(0)));
        beacon.withdrawBond(address(0), 1);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.BondTooSmall.selector, 2 * uint256(NODE_BOND), 1e30));
        beacon.withdrawBond(a, 1e30);
        beacon.withdrawBond(a, 2 * uint256(NODE_BOND));
        assertEq(bondCurrency.balanceOf(a), 2 * uint256(NODE_BOND), "paid");
    }

    /// Sixty-four nodes are enough for one round.
    function test_commit_boundsTheNodes() external {
        address[] memory many = new address[](65);
        for (uint256 i = 0; i < 65; ++i) {
            many[i] = bondedNode(string.concat("many-", vm.toString(i)), 1);
        }
        round = beacon.roundAfter(block.timestamp);
        vm.warp(beacon.timeOf(round) + DELAY);
        for (uint256 i = 0; i < 64; ++i) {
            commitAs(many[i], round);
        }
        vm.prank(many[64]);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.FallbackFull.selector, 64));
        beacon.commitFallback(round, keccak256("hash"));
    }

    function _part(address node) private pure returns (bytes32) {
        return keccak256(abi.encode(secretOf(node), node));
    }
}
