// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {FallbackParams, Scheme} from "../../../network/interfaces/IRandomBeacon.sol";
import {BeaconErrors} from "../../../network/libraries/BeaconErrors.sol";
import {Bls12381} from "../../../network/libraries/Bls12381.sol";
import {BeaconBase} from "../../base/network/BeaconBase.sol";

/// @notice The first and the last second, and the least and the most that the beacon allows.
contract BeaconBordersTest is BeaconBase {
    uint256 private constant MAX_KEYS = 256;
    uint256 private constant HALF_HIGH = 0x0d0088f51cbff34d258dd3db21a5d66b;
    uint256 private constant HALF_LOW = 0xb23ba5c279c2895fb39869507b587b120f55ffff58a9ffffdcff7fffffffd555;

    function setUp() external {
        deployBeacon(Scheme.BN254, "beacon-bn254.json");
    }

    function _expectInvalid(string memory field) private {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidParam.selector, field));
    }

    function test_setFallbackParams_mayBeTheLeastAndTheMost() external {
        FallbackParams memory least = FallbackParams(5 minutes, 2 minutes, 2 minutes, 2, 1e18);
        beacon.setFallbackParams(least);
        assertEq(keccak256(abi.encode(beacon.fallbackParams())), keccak256(abi.encode(least)), "least");
        FallbackParams memory most = FallbackParams(7 days, 1 days, 1 days, 16, 1_000_000e18);
        beacon.setFallbackParams(most);
        assertEq(keccak256(abi.encode(beacon.fallbackParams())), keccak256(abi.encode(most)), "most");
    }

    // --- keys
    function test_setKey_mayHaveTheLongestPeriodAndTheLatestGenesis() external {
        bytes memory key = loadKey("beacon-bn254.json");
        uint40 from = uint40(block.timestamp + 1 days);
        beacon.setKey(Scheme.BN254, from, 1 hours, from, key);
        assertEq(beacon.timeOf(beacon.roundAt(from)), from, "its first round");
        assertEq(beacon.keyOf(1).period, 1 hours, "period");
        // Genesis is kept in 32 bits.
        uint40 last = type(uint32).max;
        vm.warp(uint256(last) + 1);
        from = uint40(block.timestamp + 1 days);
        _expectInvalid("genesis");
        beacon.setKey(Scheme.BN254, last + 1, PERIOD, from, key);
        beacon.setKey(Scheme.BN254, last, PERIOD, from, key);
        assertEq(beacon.keyOf(2).genesis, last, "genesis");
    }

    /// The next key may be announced in the second in which the last one takes effect, until there are 256.
    function test_setKey_oneAfterTheOther() external {
        bytes memory key = loadKey("beacon-bn254.json");
        for (uint256 epoch = 1; epoch < MAX_KEYS; ++epoch) {
            uint40 from = uint40(block.timestamp + 1 days);
            beacon.setKey(Scheme.BN254, GENESIS, PERIOD, from, key);
            vm.warp(from);
        }
        assertEq(beacon.epochs(), MAX_KEYS, "keys");
        assertEq(beacon.roundAt(block.timestamp) >> 48, MAX_KEYS - 1, "the last is in force");
        _expectInvalid("epoch");
        beacon.setKey(Scheme.BN254, GENESIS, PERIOD, uint40(block.timestamp + 1 days), key);
    }

    // --- rounds
    function test_roundAt_toTheLastRoundOfAKey() external {
        uint256 most = (1 << 48) - 1;
        uint256 last = GENESIS + (most - 1) * PERIOD;
        assertEq(beacon.roundAt(last), most, "the last");
        _expectInvalid("timestamp");
        beacon.roundAt(last + PERIOD);
    }

    function test_prove_inTheSecondInWhichItIsDue() external {
        vm.warp(beacon.timeOf(rounds[5].round));
        assertTrue(beacon.isProvable(rounds[5].round), "due");
        beacon.prove(rounds[5].round, rounds[5].point);
        assertEq(beacon.seed(rounds[5].round), rounds[5].seed, "seed");
    }

    /// Of a point whose y is exactly half of the field's order, rounded down, the other root is the larger one.
    function test_seedOf_atTheBorderOfTheLargerRoot() external view {
        uint256[4] memory point = [uint256(1), 2, HALF_HIGH, HALF_LOW];
        assertEq(this.seedOf(point), _seed(0x80, point), "the smaller root");
        point[3] = HALF_LOW + 1;
        assertEq(this.seedOf(point), _seed(0xa0, point), "the larger root");
        (point[2], point[3]) = (HALF_HIGH + 1, 0);
        assertEq(this.seedOf(point), _seed(0xa0, point), "larger by its high word");
        (point[2], point[3]) = (HALF_HIGH - 1, type(uint256).max);
        assertEq(this.seedOf(point), _seed(0x80, point), "smaller by its high word");
    }

    function seedOf(uint256[4] calldata point) external pure returns (bytes32) {
        return Bls12381.seedOf(point);
    }

    function _seed(uint8 flags, uint256[4] memory point) private pure returns (bytes32) {
        return sha256(abi.encodePacked(flags, uint120(point[0]), point[1]));
    }

    // --- fallback
    /// A bond that came in the second in which the round was due is too young for it.
    function test_commit_refusesABondOfTheSameSecond() external {
        uint64 round = beacon.roundAfter(block.timestamp);
        uint256 due = beacon.timeOf(round);
        vm.warp(due);
        address late = bondedNode("late", 1);
        vm.warp(due + DELAY);
        vm.prank(late);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.BondTooYoung.selector, late, due));
        beacon.commitFallback(round, keccak256("hash"));
    }

    /// Nobody's bond is held for a round that needs no fallback any more.
    function test_commit_refusesARoundThatIsKnown() external {
        vm.warp(GENESIS);
        address node = bondedNode("a", 1);
        vm.warp(BEACON_START);
        beacon.prove(rounds[5].round, rounds[5].point);
        vm.prank(node);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.RoundKnown.selector, rounds[5].round));
        beacon.commitFallback(rounds[5].round, keccak256("hash"));
    }

    /// Whoever has no commitment has none to take back: it does not lower the number of those who have.
    function test_reclaim_isForThoseWhoCommitted() external {
        (address a, address b) = (bondedNode("a", 1), bondedNode("b", 1));
        uint64 round = beacon.roundAfter(block.timestamp);
        vm.warp(beacon.timeOf(round) + DELAY);
        commitAs(a, round);
        vm.prank(b);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.NothingToReclaim.selector, b));
        beacon.reclaimFallback(round);
        assertEq(beacon.fallbackOf(round).commits, 1, "still one");
    }

    /// In the second in which commitments end, secrets may be seen: a proof comes too late, one second before it does not.
    function test_prove_untilCommitmentsEnd() external {
        uint64 round = _committed();
        vm.warp(beacon.fallbackOf(round).commitEnd);
        vm.expectRevert(abi.encodeWithSelector(BeaconErrors.FallbackDecides.selector, round));
        beacon.prove(round, rounds[39].point);
        vm.warp(block.timestamp - 1);
        beacon.prove(round, rounds[39].point);
    }

    /// @dev A round of the vectors to which three nodes have committed.
    function _committed() private returns (uint64 round) {
        vm.warp(GENESIS + 400 * PERIOD);
        address[3] memory all = [bondedNode("a", 1), bondedNode("b", 1), bondedNode("c", 1)];
        round = rounds[39].round;
        vm.warp(beacon.timeOf(round) + DELAY);
        for (uint256 i = 0; i < 3; ++i) {
            commitAs(all[i], round);
        }
    }
}
