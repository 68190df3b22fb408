// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ArenaParts} from "../../../network/ArenaState.sol";
import {TaskRegistry} from "../../../network/TaskRegistry.sol";
import {Purse, SeatView, TaskRole, TaskTerms} from "../../../network/interfaces/ITaskRegistry.sol";
import {Roles} from "../../../network/libraries/Roles.sol";
import {ScoreVoting} from "../../../network/libraries/ScoreVoting.sol";
import {BeaconMock} from "../../mocks/network/BeaconMock.sol";
import {EmissionMock} from "../../mocks/network/EmissionMock.sol";
import {StakeBase} from "./StakeBase.sol";

/// @notice An arena on the real StakeManager, with a beacon and an emission that the test speaks for. Nodes and validators are numbered;
/// each validator scores as `opinion` says.
abstract contract ArenaTest is StakeBase {
    uint64 internal constant GOVERNANCE_ROLE = 8;
    uint96 internal constant TASK_POT = 3_000e18;
    uint32 internal constant SUBMIT = 1 hours;
    uint32 internal constant COMMIT = 30 minutes;
    uint32 internal constant REVEAL = 20 minutes;
    uint16 internal constant ROUNDS = 3;
    uint256 internal constant MEMBER_STAKE = 3_000e18;
    bytes32 internal constant SALT = keccak256("salt");
    bytes32 internal constant PEER_KEY = keccak256("peer key");
    /// @dev 64 bytes.
    bytes internal constant BINDING = abi.encodePacked(PEER_KEY, PEER_KEY);
    uint16 internal constant NONE = type(uint16).max;

    TaskRegistry internal registry;
    BeaconMock internal beacon;
    EmissionMock internal faucet;
    address internal creator;
    address internal arenaRules;

    function openArena() internal {
        deployStakes();
        creator = account("creator");
        (beacon, faucet) = (new BeaconMock(), new EmissionMock(token));
        arenaRules = deployBuilt("ArenaRules", "");
        registry = TaskRegistry(deployBuilt("TaskRegistry", abi.encode(parts())));
        allow(ARENA_ROLE, address(registry), address(stakes), arenaFunctions());
        allow(GOVERNANCE_ROLE, governor, address(registry), only(registry.setArenaParam.selector));
        stakeAs(creator, Roles.TASK_CREATOR, registry.taskId(0), 10_000e18);
    }

    function parts() internal view returns (ArenaParts memory) {
        return ArenaParts({
            authority: address(manager),
            currency: address(token),
            stakeManager: address(stakes),
            beacon: address(beacon),
            emission: address(faucet),
            rules: arenaRules
        });
    }

    function terms() internal pure returns (TaskTerms memory) {
        return TaskTerms({
            manifest: keccak256("manifest"),
            evaluation: keccak256("evaluation"),
            rounds: ROUNDS,
            submitSeconds: SUBMIT,
            commitSeconds: COMMIT,
            revealSeconds: REVEAL,
            shareBps: 1_000,
            seats: 8
        });
    }

    function stakeAs(address who, bytes32 role, uint256 where, uint256 amount) internal {
        give(who, amount + 1_000e18);
        vm.prank(who);
        stakes.stake(role, where, amount);
    }

    function createTask(TaskTerms memory t) internal returns (uint256 id) {
        vm.prank(creator);
        id = registry.createTask(t);
        task = id;
        token.transfer(creator, TASK_POT);
        vm.startPrank(creator);
        token.approve(address(registry), type(uint256).max);
        registry.fundTask(id, TASK_POT);
        vm.stopPrank();
    }

    function nodeAt(uint256 i) internal returns (address) {
        return account(string.concat("node-", vm.toString(i)));
    }

    function validatorAt(uint256 i) internal returns (address) {
        return account(string.concat("validator-", vm.toString(i)));
    }

    function joinAs(address who, TaskRole role, uint256 amount) internal {
        stakeAs(who, role == TaskRole.Node ? Roles.TRAINING_NODE : Roles.VALIDATOR, task, amount);
        vm.prank(who);
        registry.join(task, role, PEER_KEY, BINDING);
    }

    function submitAs(address who, bytes32 model) internal {
        vm.prank(who);
        registry.submitModel(task, model);
    }

    /// @dev A task with so many nodes, each with a model, and validators.
    function startTask(uint256 nodes, uint256 validators) internal {
        createTask(terms());
        for (uint256 i = 0; i < nodes; ++i) {
            joinAs(nodeAt(i), TaskRole.Node, MEMBER_STAKE);
            submitAs(nodeAt(i), keccak256(abi.encode("model", i)));
        }
        for (uint256 i = 0; i < validators; ++i) {
            joinAs(validatorAt(i), TaskRole.Validator, MEMBER_STAKE);
        }
    }

    /// @dev Freezes the round and draws it by a seed of its own.
    function startVoting() internal {
        vm.warp(registry.taskOf(task).deadline);
        registry.freeze(task);
        uint64 round = registry.taskOf(task).beaconRound;
        vm.warp(beacon.timeOf(round));
        beacon.set(round, keccak256(abi.encode("seed", round)));
        registry.draw(task);
    }

    function seatOf(address who) internal view returns (SeatView memory) {
        return registry.seatOf(task, registry.taskOf(task).round, who);
    }

    function purseOf(address who) internal view returns (Purse memory purse) {
        (purse,) = registry.purseOf(task, who);
    }

    function dueOf(address who) internal view returns (uint256 due) {
        (, due) = registry.purseOf(task, who);
    }

    /// @dev What validator `i` thinks of model `k`: the better the lower its number, and each validator a little apart.
    function opinion(uint256 i, uint256 k) internal pure virtual returns (uint16) {
        return uint16(9_000 - 1_000 * k + 10 * i);
    }

    function scoresOf(uint256 i) internal returns (uint16[] memory scores) {
        uint16 round = registry.taskOf(task).round;
        uint64 assigned = seatOf(validatorAt(i)).assigned;
        scores = new uint16[](registry.entriesOf(task, round).length);
        for (uint256 k = 0; k < scores.length; ++k) {
            scores[k] = assigned >> k & 1 == 0 ? NONE : opinion(i, k);
        }
    }

    function commitmentTo(uint16[] memory scores, address who) internal view returns (bytes32) {
        bytes32 payload = keccak256(abi.encodePacked(scores));
        return
            keccak256(
                abi.encode(block.chainid, address(registry), task, uint256(registry.taskOf(task).round), who, payload, SALT)
            );
    }

    function commitAs(uint256 i) internal {
        commitAs(validatorAt(i), scoresOf(i));
    }

    function commitAs(address who, uint16[] memory scores) internal {
        uint256 seat = seatOf(who).seat;
        bytes32 commitment = commitmentTo(scores, who);
        vm.prank(who);
        registry.commitScores(task, seat, commitment);
    }

    function revealAs(uint256 i) internal {
        revealAs(validatorAt(i), scoresOf(i));
    }

    function revealAs(address who, uint16[] memory scores) internal {
        uint256 seat = seatOf(who).seat;
        vm.prank(who);
        registry.revealScores(task, seat, scores, SALT);
    }

    /// @dev All validators commit and reveal what they think, and the round is counted.
    function playRound(uint256 validators) internal {
        startVoting();
        for (uint256 i = 0; i < validators; ++i) {
            if (seatOf(validatorAt(i)).assigned != 0) commitAs(i);
        }
        vm.warp(registry.taskOf(task).deadline);
        for (uint256 i = 0; i < validators; ++i) {
            if (seatOf(validatorAt(i)).assigned != 0) revealAs(i);
        }
        registry.count(task, type(uint256).max);
    }
}
