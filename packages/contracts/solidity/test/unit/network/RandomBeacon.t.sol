// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {FallbackParams, GroupKey, IRandomBeacon, Scheme} from "../../../network/interfaces/IRandomBeacon.sol";
import {BeaconErrors} from "../../../network/libraries/BeaconErrors.sol";
import {BeaconBase} from "../../base/network/BeaconBase.sol";

/// @notice Rounds, their times and keys. What a wrong signature does is in test/attack/network/Randomness.t.sol.
contract RandomBeaconTest is BeaconBase {
    uint64 private constant SECOND_EPOCH = 1 << 48;

    function setUp() external {
        deployBeacon(Scheme.BN254, "beacon-bn254.json");
    }

    function test_rounds_followTheClockOfDrand() external view {
        assertEq(beacon.timeOf(1), GENESIS, "the first");
        assertEq(beacon.roundAt(BEACON_START), (BEACON_START - GENESIS) / PERIOD + 1, "now");
        assertEq(beacon.timeOf(beacon.roundAt(BEACON_START)), BEACON_START - (BEACON_START - GENESIS) % PERIOD, "time");
        assertEq(beacon.roundAfter(BEACON_START), beacon.roundAt(BEACON_START) + 1, "after");
        assertTrue(beacon.timeOf(beacon.roundAfter(BEACON_START)) > BEACON_START, "strictly later");
    }

    /// Before the first key was in force, there is no telling which round there was.
    function test_roundAt_refusesWhatWasBeforeTheFirstKey() external {
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.BeforeFirstRound.selector, BEACON_START - 1));
        beacon.roundAt(BEACON_START - 1);
    }

    function test_prove_keepsTheSeedAndSaysSo() external {
        uint64 round = rounds[4].round;
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.SeedUnknown.selector, round));
        beacon.seed(round);
        assertTrue(!beacon.isKnown(round) && beacon.isProvable(round), "due, and not known");
        vm.expectEmit(address(beacon));
        emit IRandomBeacon.RoundProven(round, rounds[4].seed, rounds[4].point);
        beacon.prove(round, rounds[4].point);
        assertTrue(beacon.isKnown(round), "known");
        assertEq(beacon.seed(round), rounds[4].seed, "seed");
    }

    function test_prove_once() external {
        beacon.prove(rounds[0].round, rounds[0].point);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.RoundKnown.selector, rounds[0].round));
        beacon.prove(rounds[0].round, rounds[0].point);
    }

    function test_prove_notBeforeItIsDue() external {
        vm.warp(GENESIS + 8 * PERIOD);
        assertTrue(!beacon.isProvable(16), "not due");
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.RoundNotDue.selector, 16, GENESIS + 15 * PERIOD));
        beacon.prove(16, rounds[3].point);
    }

    function test_prove_refusesRoundsOfNoKey() external {
        uint256[4] memory point = rounds[0].point;
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.UnknownBeaconRound.selector, 0));
        beacon.prove(0, point);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.UnknownBeaconRound.selector, SECOND_EPOCH + 1));
        beacon.prove(SECOND_EPOCH + 1, point);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.UnknownBeaconRound.selector, SECOND_EPOCH));
        beacon.timeOf(SECOND_EPOCH);
    }

    // --- keys
    function test_setKey_takesEffectAfterItsNotice() external {
        bytes memory second = loadKey("beacon-bls12381.json");
        uint40 from = uint40(BEACON_START + 1 days);
        beacon.setKey(Scheme.BLS12381, GENESIS, 30, from, second);
        assertEq(beacon.roundAt(from - 1) >> 48, 0, "the old one until then");
        assertEq(beacon.roundAt(from) >> 48, 1, "the new one from then");
        assertEq(beacon.timeOf(beacon.roundAt(from)), from - (from - GENESIS) % 30, "its clock");
        assertEq(beacon.epochs(), 2, "keys");
        GroupKey memory key = beacon.keyOf(1);
        assertEq(uint256(key.scheme), uint256(Scheme.BLS12381), "scheme");
        // What belongs to the first key stays its own.
        vm.warp(from);
        beacon.prove(rounds[0].round, rounds[0].point);
        loadRounds("beacon-bls12381.json");
        beacon.prove(SECOND_EPOCH + rounds[2].round, rounds[2].point);
        assertEq(beacon.seed(SECOND_EPOCH + rounds[2].round), rounds[2].seed, "of the second key");
        assertTrue(!beacon.isKnown(rounds[2].round), "not of the first");
    }

    function test_setKey_oneAtATimeWithNotice() external {
        bytes memory second = loadKey("beacon-bls12381.json");
        uint40 now_ = uint40(block.timestamp);
        _expectInvalid("activeFrom");
        beacon.setKey(Scheme.BLS12381, GENESIS, PERIOD, now_ + 1 days - 1, second);
        beacon.setKey(Scheme.BLS12381, GENESIS, PERIOD, now_ + 1 days, second);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.KeyPending.selector, now_ + 1 days));
        beacon.setKey(Scheme.BLS12381, GENESIS, PERIOD, now_ + 2 days, second);
    }

    function test_setKey_boundsTheClock() external {
        bytes memory second = loadKey("beacon-bls12381.json");
        uint40 from = uint40(block.timestamp + 1 days);
        _expectInvalid("period");
        beacon.setKey(Scheme.BLS12381, GENESIS, 0, from, second);
        _expectInvalid("period");
        beacon.setKey(Scheme.BLS12381, GENESIS, 1 hours + 1, from, second);
        _expectInvalid("genesis");
        beacon.setKey(Scheme.BLS12381, 0, PERIOD, from, second);
        _expectInvalid("genesis");
        beacon.setKey(Scheme.BLS12381, from + 1, PERIOD, from, second);
    }

    function test_setKey_isGovernances() external {
        address stranger = account("stranger");
        bytes memory key = loadKey("beacon-bn254.json");
        uint40 from = uint40(block.timestamp + 1 days);
        vm.startPrank(stranger);
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger);
        vm.expectRevert(refusal);
        beacon.setKey(Scheme.BN254, GENESIS, PERIOD, from, key);
        vm.expectRevert(refusal);
        beacon.setFallbackParams(defaultFallback());
        vm.expectRevert(refusal);
        beacon.sweepForfeits(stranger);
    }

    function test_setFallbackParams_boundsThem() external {
        FallbackParams memory p = defaultFallback();
        p.delay = 2 hours;
        beacon.setFallbackParams(p);
        assertEq(beacon.fallbackParams().delay, 2 hours, "set");
        string[5] memory fields = ["delay", "commitWindow", "revealWindow", "minCommits", "bond"];
        for (uint256 i = 0; i < 10; ++i) {
            p = defaultFallback();
            bool low = i % 2 == 0;
            if (i / 2 == 0) p.delay = low ? 5 minutes - 1 : 7 days + 1;
            if (i / 2 == 1) p.commitWindow = low ? 2 minutes - 1 : 1 days + 1;
            if (i / 2 == 2) p.revealWindow = low ? 2 minutes - 1 : 1 days + 1;
            if (i / 2 == 3) p.minCommits = low ? 1 : 17;
            if (i / 2 == 4) p.bond = low ? 1e18 - 1 : 1_000_000e18 + 1;
            _expectInvalid(fields[i / 2]);
            beacon.setFallbackParams(p);
        }
    }

    function _expectInvalid(string memory field) private {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidParam.selector, field));
    }
}
