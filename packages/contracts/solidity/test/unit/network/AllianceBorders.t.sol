// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {AllianceRules} from "../../../network/AllianceRules.sol";
import {AllianceParams, AlliancePhase, AllianceTerms, Vote} from "../../../network/interfaces/IAlliance.sol";
import {AllianceErrors} from "../../../network/libraries/AllianceErrors.sol";
import {AllianceMath} from "../../../network/libraries/AllianceMath.sol";
import {AllianceBase} from "../../base/network/AllianceBase.sol";

/// @notice The last second, the last wei, and the least and the most that an alliance allows.
contract AllianceBordersTest is AllianceBase {
    uint64 private constant GOVERNANCE_ROLE = 9;

    function setUp() external {
        deployAlliance();
    }

    // --- terms and parameters
    function test_create_mayHaveTheLeast() external {
        AllianceTerms memory t = terms(2);
        (t.rounds, t.minParticipants, t.maxParticipants) = (1, 2, 2);
        (t.contributeWindow, t.commitWindow, t.revealWindow) = (20, 20, 20);
        t.minStake = 100e18; // the StakeManager's
        vm.prank(creator);
        id = alliance.create(t, 1_000e18);
        assertEq(keccak256(abi.encode(alliance.termsOf(id))), keccak256(abi.encode(t)), "terms");
    }

    function test_create_mayHaveTheMost() external {
        AllianceTerms memory t = terms(64);
        (t.rounds, t.minParticipants, t.maxParticipants) = (10_000, 64, 64);
        (t.contributeWindow, t.commitWindow, t.revealWindow) = (7 days, 1 days, 1 days);
        id = found(t);
        assertEq(keccak256(abi.encode(alliance.termsOf(id))), keccak256(abi.encode(t)), "terms");
    }

    /// Whatever the StakeManager asks for: a participant has something to lose.
    function test_checkTerms_neverAllowsNoStake() external {
        AllianceTerms memory t = terms(4);
        t.minStake = 0;
        AllianceRules rules = AllianceRules(address(alliance.rules()));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidParam.selector, "minStake"));
        rules.checkTerms(t, 0);
    }

    function test_setParams_mayBeTheLeastAndTheMost() external {
        _govern();
        AllianceParams memory least = AllianceParams(6, 0, 1, 1, 0);
        alliance.setParams(least);
        assertEq(keccak256(abi.encode(alliance.params())), keccak256(abi.encode(least)), "least");
        // A pool of nothing is none, whatever governance asks for.
        vm.prank(creator);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.PoolBelowMinimum.selector, 0, 0));
        alliance.create(terms(4), 0);
        AllianceParams memory most = AllianceParams(1 hours, 7 days, 500, 200, 10_000_000e18);
        alliance.setParams(most);
        assertEq(keccak256(abi.encode(alliance.params())), keccak256(abi.encode(most)), "most");
    }

    // --- participants
    function test_join_withTheLeastStake() external {
        id = found(terms(2));
        (address a, address b) = (addNode("a", MIN_STAKE), addNode("b", MIN_STAKE));
        vm.warp(block.timestamp + REST);
        alliance.advance(id);
        assertTrue(now_().phase == AlliancePhase.Drawing, "drawing");
        assertEq(now_().participants, 2, "both stay");
        assertTrue(stakes.positionOf(keyIn(a)).holds == 1 && stakes.positionOf(keyIn(b)).holds == 1, "held");
    }

    /// With fewer candidates than seats both sides have fewer, the proposers rounded down, but one at least.
    function test_seatsOf_areFewerInProportion() external pure {
        _seats(8, [uint256(3), 5], [uint256(3), 5]);
        _seats(7, [uint256(3), 5], [uint256(2), 5]);
        _seats(6, [uint256(3), 5], [uint256(2), 4]);
        _seats(3, [uint256(3), 5], [uint256(1), 2]);
        _seats(2, [uint256(1), 62], [uint256(1), 1]);
        _seats(63, [uint256(32), 32], [uint256(31), 32]);
    }

    function _seats(uint256 candidates, uint256[2] memory wanted, uint256[2] memory expected) private pure {
        (uint256 proposers, uint256 voters) = AllianceMath.seatsOf(candidates, wanted[0], wanted[1]);
        assertEq(proposers, expected[0], "proposers");
        assertEq(voters, expected[1], "voters");
    }

    // --- money
    /// A penalty of a part of a wei is a wei.
    function test_penalty_isRoundedUp() external {
        id = found(terms(2));
        addNode("a", MIN_STAKE + 1);
        addNode("b", MIN_STAKE + 1);
        vm.warp(block.timestamp + REST);
        drawRound("seed");
        address silent = proposer(0);
        vm.warp(now_().until);
        alliance.advance(id);
        assertEq(stakeIn(silent), MIN_STAKE - 10e18, "1 %, and the wei");
    }

    /// Three wei of 10,000 tokens and three wei: of 95 % that are left they are two wei and a part, which stays.
    function test_refund_roundsDown() external {
        startAlliance(4);
        token.approve(address(alliance), 3);
        alliance.fund(id, 3);
        playAllianceRound("seed", Vote(keccak256("model 1"), 1, 3, 2, 1));
        vm.warp(now_().until + 30 days);
        alliance.advance(id);
        uint256 held = token.balanceOf(address(alliance));
        assertEq(alliance.refund(id, address(this)), 2, "rounded down");
        assertEq(held - token.balanceOf(address(alliance)), 2, "paid");
        alliance.refund(id, creator);
    }

    /// Emission comes when it is known who pays it, and whose it is when it is not spent.
    function test_collectEmission_wantsBothSources() external {
        id = found(terms(2));
        _govern();
        alliance.setSources(address(stakes), address(0));
        vm.expectRevert(AllianceErrors.NoEmission.selector);
        alliance.collectEmission(id);
        alliance.setSources(address(0), treasury);
        vm.expectRevert(AllianceErrors.NoEmission.selector);
        alliance.collectEmission(id);
    }

    // --- time
    /// In the second in which the beacon has been waited for long enough, the draw is given up.
    function test_draw_isGivenUpInTime() external {
        startAlliance(2);
        alliance.advance(id);
        uint40 until = now_().until;
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.PhaseRunning.selector, AlliancePhase.Drawing, until));
        alliance.advance(id);
        vm.warp(until);
        alliance.advance(id);
        assertTrue(now_().phase == AlliancePhase.Idle, "idle");
    }

    /// @dev This test may govern from here on.
    function _govern() private {
        bytes4[] memory selectors = new bytes4[](2);
        (selectors[0], selectors[1]) = (alliance.setParams.selector, alliance.setSources.selector);
        allow(GOVERNANCE_ROLE, address(this), address(alliance), selectors);
    }
}
