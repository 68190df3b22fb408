// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Scheme} from "../../../network/interfaces/IRandomBeacon.sol";
import {BeaconErrors} from "../../../network/libraries/BeaconErrors.sol";
import {BeaconBase} from "../../base/network/BeaconBase.sol";

/// @notice Attacks 35 and 36 of CONTRACTS.md 3: whoever withholds a beacon, or brings a false one.
contract RandomnessAttackTest is BeaconBase {
    uint256 private constant BLS_P_HIGH = 0x1a0111ea397fe69a4b1ba7b6434bacd7;
    uint256 private constant BLS_P_LOW = 0x64774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab;
    uint256 private constant BN_P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;

    address private a;
    address private b;
    uint64 private round;

    // --- 36: what is no signature of the round
    function test_attack_36_wrongRoundIsRefused() external {
        string[4] memory files = ["beacon-quicknet.json", "beacon-evmnet.json", "beacon-bls12381.json", "beacon-bn254.json"];
        for (uint256 i = 0; i < 4; ++i) {
            deployBeacon(i % 2 == 0 ? Scheme.BLS12381 : Scheme.BN254, files[i]);
            _refused(rounds[0].round + 1, rounds[0].point);
        }
    }

    function test_attack_36_wrongGroupIsRefused() external {
        // The group of one file, the signatures of another.
        deployBeacon(Scheme.BLS12381, "beacon-bls12381.json");
        loadRounds("beacon-quicknet.json");
        _refused(rounds[0].round, rounds[0].point);
        deployBeacon(Scheme.BN254, "beacon-bn254.json");
        loadRounds("beacon-evmnet.json");
        _refused(rounds[0].round, rounds[0].point);
    }

    function test_attack_36_infinityIsRefused() external {
        uint256[4] memory infinity;
        deployBeacon(Scheme.BLS12381, "beacon-bls12381.json");
        _refused(rounds[0].round, infinity);
        deployBeacon(Scheme.BN254, "beacon-bn254.json");
        _refused(rounds[0].round, infinity);
    }

    /// Every word of a good signature, one bit changed: off the curve, or another point.
    function testFuzz_attack_36_corruptedSignaturesAreRefused(uint256 which, uint256 word, uint256 bit) external {
        deployBeacon(
            which % 2 == 0 ? Scheme.BLS12381 : Scheme.BN254, which % 2 == 0 ? "beacon-bls12381.json" : "beacon-bn254.json"
        );
        Signed memory s = rounds[bound(which, 0, rounds.length - 1)];
        s.point[word % 4] ^= 1 << (bit % 256);
        _refused(s.round, s.point);
    }

    /// The same point with a coordinate beyond the field would be another "randomness".
    function test_attack_36_coordinatesBeyondTheFieldAreRefused() external {
        deployBeacon(Scheme.BN254, "beacon-bn254.json");
        uint256[4] memory point = rounds[0].point;
        point[1] += BN_P;
        _refused(rounds[0].round, point);
        deployBeacon(Scheme.BLS12381, "beacon-bls12381.json");
        point = rounds[0].point;
        uint256 low;
        unchecked {
            low = point[3] + BLS_P_LOW;
        }
        point[2] += BLS_P_HIGH + (low < BLS_P_LOW ? 1 : 0);
        point[3] = low;
        _refused(rounds[0].round, point);
    }

    /// The negative of a signature verifies the negative message only.
    function test_attack_36_negatedSignatureIsRefused() external {
        deployBeacon(Scheme.BN254, "beacon-bn254.json");
        uint256[4] memory point = rounds[0].point;
        point[1] = BN_P - point[1];
        _refused(rounds[0].round, point);
    }

    /// A point of the curve y^2 = x^3 + 4 of BLS12-381 that is not in the subgroup: (0, 2).
    function test_attack_36_pointOutsideTheSubgroupIsRefused() external {
        deployBeacon(Scheme.BLS12381, "beacon-bls12381.json");
        _refused(rounds[0].round, [uint256(0), 0, 0, 2]);
    }

    function test_attack_36_keysThatAreNoneAreRefused() external {
        deployBeacon(Scheme.BLS12381, "beacon-bls12381.json");
        uint40 from = uint40(block.timestamp + 1 days);
        bytes memory good = loadKey("beacon-bls12381.json");
        bytes memory other = loadKey("beacon-bn254.json");
        bytes[5] memory keys = [new bytes(256), hex"", other, bytes.concat(good, hex"00"), bytes.concat(good)];
        keys[4][255] ^= 0x01;
        for (uint256 i = 0; i < 5; ++i) {
            vm.expectRevert(abi.encodeWithSelector(BeaconErrors.KeyInvalid.selector, keys[i].length));
            beacon.setKey(Scheme.BLS12381, GENESIS, PERIOD, from, keys[i]);
        }
        keys = [new bytes(128), hex"", good, bytes.concat(other, hex"00"), bytes.concat(other)];
        keys[4][127] ^= 0x01;
        for (uint256 i = 0; i < 5; ++i) {
            vm.expectRevert(abi.encodeWithSelector(BeaconErrors.KeyInvalid.selector, keys[i].length));
            beacon.setKey(Scheme.BN254, GENESIS, PERIOD, from, keys[i]);
        }
    }

    // --- 35: withholding
    function _overdue() private {
        deployBeacon(Scheme.BN254, "beacon-bn254.json");
        // A round of the vectors lies in the past; nodes bond before it.
        vm.warp(GENESIS + 400 * PERIOD);
        (a, b) = (bondedNode("a", 1), bondedNode("b", 1));
        address c = bondedNode("c", 1);
        round = rounds[39].round; // 1,600
        vm.warp(beacon.timeOf(round) + DELAY);
        commitAs(a, round);
        commitAs(b, round);
        commitAs(c, round);
    }

    /// Anybody may prove, from the moment that the round is due: nobody who withholds it is waited for.
    function test_attack_35_anybodyProves() external {
        deployBeacon(Scheme.BN254, "beacon-bn254.json");
        vm.prank(account("anybody"));
        beacon.prove(rounds[7].round, rounds[7].point);
        assertEq(beacon.seed(rounds[7].round), rounds[7].seed, "seed");
    }

    /// Until the first secret can be seen, the beacon wins; whoever committed has its bond back.
    function test_attack_35_aProofInTimeWins() external {
        _overdue();
        vm.warp(beacon.fallbackOf(round).commitEnd - 1);
        beacon.prove(round, rounds[39].point);
        assertEq(beacon.seed(round), rounds[39].seed, "the beacon's");
        vm.warp(beacon.fallbackOf(round).commitEnd);
        vm.prank(a);
        vm.expectRevert();
        beacon.revealFallback(round, secretOf(a));
        vm.prank(a);
        beacon.reclaimFallback(round);
        assertEq(beacon.freeBondOf(a), NODE_BOND, "free");
        vm.warp(beacon.fallbackOf(round).revealEnd);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.RoundKnown.selector, round));
        beacon.settleFallback(round);
    }

    /// From then on it does not: whoever kept the proof back cannot choose between two results.
    function test_attack_35_aProofTooLateChangesNothing() external {
        _overdue();
        vm.warp(beacon.fallbackOf(round).commitEnd);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.FallbackDecides.selector, round));
        beacon.prove(round, rounds[39].point);
        revealAs(a, round);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.FallbackDecides.selector, round));
        beacon.prove(round, rounds[39].point);
        vm.warp(beacon.fallbackOf(round).revealEnd);
        beacon.settleFallback(round);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.RoundKnown.selector, round));
        beacon.prove(round, rounds[39].point);
        assertTrue(beacon.seed(round) != rounds[39].seed, "decided by the fallback");
    }

    /// Secrets come in any order to the same result: the last to reveal picks no order, only whether it reveals, for a bond.
    function test_attack_35_orderOfRevealsChangesNothing() external {
        _overdue();
        vm.warp(beacon.fallbackOf(round).commitEnd);
        uint256 snapshot = vm.snapshotState();
        bytes32 one = _settle(a, b);
        vm.revertToState(snapshot);
        assertEq(_settle(b, a), one, "seed");
        assertEq(beacon.forfeits(), NODE_BOND, "silence costs a bond");
    }

    /// A commitment names its node: a copy of another's cannot be opened by the secret that becomes known.
    function test_attack_38_aCopiedSecretOpensNothing() external {
        deployBeacon(Scheme.BN254, "beacon-bn254.json");
        (a, b) = (bondedNode("a", 1), bondedNode("b", 1));
        address c = bondedNode("c", 1);
        round = beacon.roundAfter(block.timestamp);
        vm.warp(beacon.timeOf(round) + DELAY);
        bytes32 commitment = beacon.fallbackCommitment(round, 0, a, secretOf(a));
        commitAs(a, round);
        commitAs(c, round);
        vm.prank(b);
        beacon.commitFallback(round, commitment);
        vm.warp(beacon.fallbackOf(round).commitEnd);
        revealAs(a, round);
        vm.prank(b);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.SecretMismatch.selector, b));
        beacon.revealFallback(round, secretOf(a));
    }

    function _settle(address first, address second) private returns (bytes32) {
        revealAs(first, round);
        revealAs(second, round);
        vm.warp(beacon.fallbackOf(round).revealEnd);
        beacon.settleFallback(round);
        return beacon.seed(round);
    }

    function _refused(uint64 round_, uint256[4] memory point) private {
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.BeaconSignatureInvalid.selector, round_));
        beacon.prove(round_, point);
        assertTrue(!beacon.isKnown(round_), "not known");
    }
}
