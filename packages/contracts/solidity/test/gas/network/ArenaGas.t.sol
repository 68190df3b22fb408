// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TaskRole, TaskTerms} from "../../../network/interfaces/ITaskRegistry.sol";
import {ArenaTest} from "../../base/network/ArenaTest.sol";

/// @notice Gas of the arena, whole transactions. The largest task fits the largest transaction (attack 54).
/// forge-config: default.isolate = true
contract ArenaGasTest is ArenaTest {
    /// @dev EIP-7825.
    uint256 private constant MAX_TRANSACTION_GAS = 1 << 24;
    uint256 private constant MAX_CODE_BYTES = 24_576;

    function _note(string memory name, uint256 max) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        vm.snapshotValue("network", name, used);
        assertLe(used, max, name);
    }

    /// Attack 54: 64 nodes, 64 validators, 16 of them for each model.
    function test_attack_54_theLargestTaskFits() external {
        openArena();
        TaskTerms memory t = terms();
        t.seats = 16;
        createTask(t);
        for (uint256 i = 0; i < 64; ++i) {
            joinAs(nodeAt(i), TaskRole.Node, MEMBER_STAKE + i * 1e18);
            submitAs(nodeAt(i), bytes32(i + 1));
            joinAs(validatorAt(i), TaskRole.Validator, MEMBER_STAKE + i * 1e18);
        }
        vm.warp(registry.taskOf(task).deadline);
        registry.freeze(task);
        _note("arena freeze, 64 and 64", MAX_TRANSACTION_GAS);
        uint64 round = registry.taskOf(task).beaconRound;
        vm.warp(beacon.timeOf(round));
        beacon.set(round, SALT);
        registry.draw(task);
        _note("arena draw, 64 and 64", MAX_TRANSACTION_GAS);
        for (uint256 i = 0; i < 64; ++i) {
            if (seatOf(validatorAt(i)).assigned != 0) commitAs(i);
        }
        _note("arena commit", 60_000);
        vm.warp(registry.taskOf(task).deadline);
        for (uint256 i = 0; i < 64; ++i) {
            if (seatOf(validatorAt(i)).assigned != 0) revealAs(i);
        }
        _note("arena reveal-64", 225_000);
        while (!registry.count(task, 32)) {}
        _note("arena count, second half of 64 and 64", MAX_TRANSACTION_GAS);
        registry.claim(task, nodeAt(0));
        _note("arena claim", 200_000);
    }

    /// @dev Scores of 64 models stay above zero.
    function opinion(uint256 i, uint256 k) internal pure override returns (uint16) {
        return uint16(9_000 - 100 * k + i);
    }

    /// Attack 54: what is deployed fits.
    function test_attack_54_contractsFit() external view {
        string[14] memory names = [
            "TaskRegistry",
            "ArenaRules",
            "Alliance",
            "AllianceRules",
            "Dao",
            "Timelock",
            "ModelMarket",
            "TopModels",
            "MerkleRewards",
            "DelegatorGifts",
            "TaskEmission",
            "RandomBeacon",
            "NetworkAccess",
            "NetworkDirectory"
        ];
        for (uint256 i = 0; i < names.length; ++i) {
            string memory path = string.concat("out/", names[i], ".sol/", names[i], ".json");
            assertLe(vm.getDeployedCode(path).length, MAX_CODE_BYTES, names[i]);
        }
    }
}
