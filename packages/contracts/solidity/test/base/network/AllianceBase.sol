// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Alliance} from "../../../network/Alliance.sol";
import {
    AllianceParams,
    AlliancePhase,
    AllianceTerms,
    AllianceView,
    RoundView,
    Vote
} from "../../../network/interfaces/IAlliance.sol";
import {Roles} from "../../../network/libraries/Roles.sol";
import {Seat} from "../../../network/libraries/ScoreVoting.sol";
import {BeaconMock} from "../../mocks/network/BeaconMock.sol";
import {StakeBase} from "./StakeBase.sol";

/// @notice An alliance on a real StakeManager, with a beacon that a test speaks for.
abstract contract AllianceBase is StakeBase {
    uint64 internal constant ALLIANCE_ROLE = 8;
    uint96 internal constant POOL = 10_000e18;
    uint96 internal constant MIN_STAKE = 1_000e18;
    uint32 internal constant MARGIN = 30;
    uint32 internal constant REST = 60;
    uint32 internal constant CONTRIBUTE = 10 minutes;
    uint32 internal constant COMMIT = 5 minutes;
    uint32 internal constant REVEAL = 4 minutes;
    bytes32 internal constant FIRST_MODEL = keccak256("model 0");
    bytes32 internal constant PEER_KEY = keccak256("peer key");
    /// @dev 64 bytes: who looks at them are the participants.
    bytes internal constant BINDING = abi.encodePacked(PEER_KEY, PEER_KEY);
    uint256 internal constant PENALTY_BPS = 100;
    uint256 internal constant OUTLIER_BPS = 50;

    Alliance internal alliance;
    BeaconMock internal oracle;
    address internal creator;
    uint256 internal id;
    address[] internal nodes;

    function deployAlliance() internal {
        deployStakes();
        creator = account("creator");
        oracle = new BeaconMock();
        address rules = deployBuilt("AllianceRules", "");
        alliance = Alliance(
            deployBuilt(
                "Alliance", abi.encode(address(manager), address(token), address(stakes), address(oracle), rules, governed())
            )
        );
        allow(ALLIANCE_ROLE, address(alliance), address(stakes), arenaFunctions());
        vm.prank(governor);
        manager.grantRole(ARENA_ROLE, address(alliance), 0);
        vm.prank(governor);
        manager.setTargetFunctionRole(address(stakes), arenaFunctions(), ARENA_ROLE);
        token.transfer(creator, 10 * uint256(POOL));
        vm.prank(creator);
        token.approve(address(alliance), type(uint256).max);
    }

    /// @dev An alliance of `count` nodes with one and a half times the least stake, idle, its rest over.
    function startAlliance(uint256 count) internal {
        deployAlliance();
        id = found(terms(count));
        for (uint256 i = 0; i < count; ++i) {
            nodes.push(addNode(string.concat("node-", vm.toString(i)), MIN_STAKE * 3 / 2));
        }
        vm.warp(block.timestamp + REST);
    }

    function governed() internal pure returns (AllianceParams memory) {
        return AllianceParams(MARGIN, REST, uint16(PENALTY_BPS), uint16(OUTLIER_BPS), 1_000e18);
    }

    /// @dev Half of the nodes propose, the others vote.
    function terms(uint256 count) internal pure returns (AllianceTerms memory t) {
        (t.manifest, t.model, t.rounds) = (keccak256("manifest"), FIRST_MODEL, 20);
        (t.minParticipants, t.maxParticipants) = (2, 64);
        (t.proposers, t.voters) = (uint8(count / 2), uint8(count - count / 2));
        (t.contributeWindow, t.commitWindow, t.revealWindow) = (CONTRIBUTE, COMMIT, REVEAL);
        t.minStake = MIN_STAKE;
    }

    function found(AllianceTerms memory t) internal returns (uint256) {
        vm.prank(creator);
        return alliance.create(t, POOL);
    }

    function addNode(string memory name, uint256 amount) internal returns (address node) {
        node = account(name);
        task = alliance.taskOf(id);
        stake(node, Roles.ALLIANCE, amount);
        vm.prank(node);
        alliance.join(id, PEER_KEY, BINDING);
    }

    function keyIn(address node) internal view returns (bytes32) {
        return stakes.keyOf(node, Roles.ALLIANCE, alliance.taskOf(id));
    }

    function stakeIn(address node) internal view returns (uint256) {
        return stakes.selfStakeOf(keyIn(node));
    }

    function now_() internal view returns (AllianceView memory) {
        return alliance.allianceOf(id);
    }

    function roundNow() internal view returns (RoundView memory) {
        return alliance.roundOf(id, now_().round);
    }

    // --- a round, step by step
    /// @dev Freezes, lets the beacon speak, and draws.
    function drawRound(bytes32 seed) internal {
        alliance.advance(id);
        assertTrue(now_().phase == AlliancePhase.Drawing, "drawing");
        uint64 beaconRound = now_().beaconRound;
        vm.warp(oracle.timeOf(beaconRound));
        oracle.set(beaconRound, seed);
        alliance.advance(id);
        assertTrue(now_().phase == AlliancePhase.Contributing, "contributing");
    }

    function proposer(uint256 seat) internal view returns (address) {
        (Seat[] memory seats,) = alliance.seatsOf(id, now_().round);
        return seats[seat].voter;
    }

    function voter(uint256 seat) internal view returns (address) {
        (, Seat[] memory seats) = alliance.seatsOf(id, now_().round);
        return seats[seat].voter;
    }

    function contributeAll() internal {
        uint256 count = roundNow().proposers;
        for (uint256 seat = 0; seat < count; ++seat) {
            contribute(seat);
        }
        alliance.advance(id);
    }

    function contribute(uint256 seat) internal {
        address who = proposer(seat);
        bytes32 digest = keccak256(abi.encode("contribution", now_().round, seat));
        vm.prank(who);
        alliance.contribute(id, seat, digest);
    }

    function commitAll(Vote memory vote) internal {
        uint256 count = roundNow().voters;
        for (uint256 seat = 0; seat < count; ++seat) {
            commitVote(seat, vote);
        }
        alliance.advance(id);
    }

    function commitVote(uint256 seat, Vote memory vote) internal {
        address who = voter(seat);
        bytes32 commitment = alliance.commitmentOf(id, now_().round, who, vote, saltOf(who));
        vm.prank(who);
        alliance.commitVote(id, seat, commitment);
    }

    function revealAll(Vote memory vote) internal {
        uint256 count = roundNow().voters;
        for (uint256 seat = 0; seat < count; ++seat) {
            revealVote(seat, vote);
        }
        alliance.advance(id);
    }

    function revealVote(uint256 seat, Vote memory vote) internal {
        address who = voter(seat);
        vm.prank(who);
        alliance.revealVote(id, seat, vote, saltOf(who));
    }

    /// @dev A round in which everybody says `vote`.
    function playAllianceRound(bytes32 seed, Vote memory vote) internal {
        drawRound(seed);
        contributeAll();
        commitAll(vote);
        revealAll(vote);
        vm.warp(block.timestamp + REST);
    }

    /// @dev For the aggregate `name`, and all contributions of the round.
    function yes(string memory name) internal view returns (Vote memory) {
        return Vote(keccak256(bytes(name)), 1, roundNow().contributed, 900_000_000, 800_000_000);
    }

    /// @dev The same aggregate found worse, and every contribution with it.
    function no(string memory name) internal pure returns (Vote memory) {
        return Vote(keccak256(bytes(name)), -1, 0, 900_000_000, 950_000_000);
    }

    function saltOf(address who) internal pure returns (bytes32) {
        return keccak256(abi.encode("salt", who));
    }

    function penaltyOf(uint256 stake_, uint256 bps) internal pure returns (uint256) {
        return (stake_ * bps + 9_999) / 10_000;
    }
}
