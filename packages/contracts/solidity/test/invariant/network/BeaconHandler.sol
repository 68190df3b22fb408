// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {Fallback, Scheme} from "../../../network/interfaces/IRandomBeacon.sol";
import {BeaconBase} from "../../base/network/BeaconBase.sol";

/// @notice Four nodes that bond, commit, reveal or keep silent for three overdue rounds, one of which can be proven.
contract BeaconHandler is BeaconBase {
    uint256 private constant NODES = 4;
    uint256 private constant ROUNDS = 3;

    uint256 public deposited;
    uint256 public withdrawn;
    uint256 public decided;
    address[NODES] private _nodes;
    uint64[ROUNDS] private _rounds;
    bytes32[ROUNDS] private _seeds;

    constructor() {
        // Its admin is one from the time of its creation on, and the rounds of the vectors lie in the past.
        vm.warp(GENESIS);
        authority = new AccessManager(address(this));
        deployBeacon(Scheme.BN254, "beacon-bn254.json");
        vm.warp(GENESIS + 400 * PERIOD);
        for (uint256 i = 0; i < NODES; ++i) {
            _nodes[i] = bondedNode(string.concat("node-", vm.toString(i)), 3);
            deposited += 3 * uint256(NODE_BOND);
        }
        // Signed, and two that nobody can prove.
        (_rounds[0], _rounds[1], _rounds[2]) = (rounds[39].round, rounds[39].round + 1, rounds[39].round + 2);
        vm.warp(beacon.timeOf(_rounds[2]) + DELAY);
    }

    function commit(uint256 who, uint256 which) external {
        address node = _nodes[who % NODES];
        uint64 round = _rounds[which % ROUNDS];
        bytes32 commitment = beacon.fallbackCommitment(round, beacon.fallbackOf(round).attempt, node, secretOf(node));
        vm.prank(node);
        try beacon.commitFallback(round, commitment) {} catch {}
    }

    function reveal(uint256 who, uint256 which) external {
        address node = _nodes[who % NODES];
        vm.prank(node);
        try beacon.revealFallback(_rounds[which % ROUNDS], secretOf(node)) {} catch {}
    }

    function reclaim(uint256 who, uint256 which) external {
        vm.prank(_nodes[who % NODES]);
        try beacon.reclaimFallback(_rounds[which % ROUNDS]) {} catch {}
    }

    /// @dev Whatever was scheduled can be settled at its end, by anybody.
    function settle(uint256 which) external {
        uint64 round = _rounds[which % ROUNDS];
        Fallback memory f = beacon.fallbackOf(round);
        if (beacon.isKnown(round) || f.revealEnd == 0 || block.timestamp < f.revealEnd) return;
        beacon.settleFallback(round);
        assertTrue(beacon.isKnown(round) == (f.reveals != 0), "known by reveals");
        _remember();
    }

    function prove() external {
        try beacon.prove(rounds[39].round, rounds[39].point) {
            _remember();
        } catch {}
    }

    function wait_(uint256 seconds_) external {
        vm.warp(block.timestamp + bound(seconds_, 1, 20 minutes));
    }

    function withdraw(uint256 who, uint256 amount) external {
        address node = _nodes[who % NODES];
        uint256 free = beacon.freeBondOf(node);
        if (free == 0 || who % 3 != 0) return;
        amount = bound(amount, 1, free);
        vm.prank(node);
        beacon.withdrawBond(node, amount);
        withdrawn += amount;
    }

    function sweep() external {
        uint256 amount = beacon.forfeits();
        if (amount == 0) return;
        beacon.sweepForfeits(address(0xfee));
        withdrawn += amount;
    }

    /// @notice Bonds that are free, held by fallbacks, and forfeited.
    function owed() external view returns (uint256 sum) {
        sum = beacon.forfeits();
        for (uint256 i = 0; i < NODES; ++i) {
            sum += beacon.freeBondOf(_nodes[i]);
        }
        for (uint256 i = 0; i < ROUNDS; ++i) {
            sum += beacon.fallbackOf(_rounds[i]).held;
        }
    }

    function held() external view returns (uint256) {
        return bondCurrency.balanceOf(address(beacon));
    }

    /// @notice A round that was decided stays as it was decided.
    function checkFinal() external view {
        for (uint256 i = 0; i < ROUNDS; ++i) {
            if (_seeds[i] != 0) assertEq(beacon.seed(_rounds[i]), _seeds[i], "decided twice");
        }
    }

    function _remember() private {
        for (uint256 i = 0; i < ROUNDS; ++i) {
            if (_seeds[i] != 0 || !beacon.isKnown(_rounds[i])) continue;
            _seeds[i] = beacon.seed(_rounds[i]);
            ++decided;
        }
    }
}
