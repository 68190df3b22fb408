// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IScenario, Phase} from "../../interfaces/IScenario.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

contract ScenarioFinalizeTest is Federation {
    function setUp() external {
        start(3);
        fundRound(1, POT);
    }

    function _shares(uint32 a, uint32 b, uint32 c) private pure returns (uint32[] memory s) {
        s = new uint32[](3);
        (s[0], s[1], s[2]) = (a, b, c);
    }

    function test_finalize_streamsThePotByShares() external {
        assertRound(1, _shares(1, 2, 5));
        passChallenge();
        assertEq(scenario.finalize(1, _shares(1, 2, 5), 100), 0, "done");
        assertTrue(scenario.phase() == Phase.Open, "phase");
        assertEq(scenario.currentRound(), 2, "round");
        assertEq(scenario.roundStartedAt(), START + CHALLENGE, "started");
        assertEq(scenario.streamEndsAt(), START + CHALLENGE + STREAM, "stream end");
        for (uint256 i = 0; i < 3; ++i) {
            assertEq(scenario.owed(uint16(i), clients[i]), 0, "nothing at the start");
        }
        vm.warp(block.timestamp + STREAM / 4);
        // A client holds 70 % of its tokens.
        assertNear(scenario.owed(2, clients[2]), POT * 5 / 8 * 7 / 10 / 4, QUANTUM, "a quarter of the window");
        vm.warp(block.timestamp + STREAM);
        assertNear(scenario.owed(0, clients[0]), POT / 8 * 7 / 10, QUANTUM, "share 1");
        assertNear(scenario.owed(1, clients[1]), POT * 2 / 8 * 7 / 10, QUANTUM, "share 2");
        assertNear(scenario.owed(2, clients[2]), POT * 5 / 8 * 7 / 10, QUANTUM, "share 5");
    }

    function test_finalize_emitsStreamsAndCarry() external {
        assertRound(1, _shares(1, 1, 1));
        passChallenge();
        uint256 third = POT / 3;
        uint256 rate = (third << 64) / (1_000_000e18 * uint256(STREAM));
        uint256[] memory rewards = new uint256[](3);
        uint256[] memory rates = new uint256[](3);
        for (uint256 i = 0; i < 3; ++i) {
            (rewards[i], rates[i]) = (third, rate);
        }
        vm.expectEmit(address(scenario));
        emit IScenario.StreamsUpdated(1, 0, rewards, rates, uint64(block.timestamp));
        scenario.finalize(1, _shares(1, 1, 1), 100);
        assertTrue(scenario.potOf(2) >= POT - 3 * third, "the division's rest waits in the next pot");
    }

    function test_finalize_foldsTheRestOfARunningStream() external {
        assertRound(1, _shares(1, 0, 0));
        passChallenge();
        scenario.finalize(1, _shares(1, 0, 0), 100);
        assertRound(2, _shares(0, 1, 0));
        vm.warp(block.timestamp + STREAM / 2);
        uint256 owed = scenario.owed(0, clients[0]);
        scenario.finalize(2, _shares(0, 1, 0), 100);
        assertEq(scenario.owed(0, clients[0]), owed, "what was earned stays");
        vm.warp(block.timestamp + STREAM);
        assertNear(scenario.owed(0, clients[0]), POT * 7 / 10, QUANTUM, "and the rest streams on");
    }

    function test_finalize_revertsDuringTheChallengeWindow() external {
        assertRound(1, _shares(1, 1, 1));
        vm.warp(block.timestamp + CHALLENGE - 1);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.ChallengeWindowRunning.selector, START + CHALLENGE));
        scenario.finalize(1, _shares(1, 1, 1), 100);
    }

    function test_finalize_revertsForAnotherRoundPhaseOrPage() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongPhase.selector, Phase.Open));
        scenario.finalize(1, _shares(1, 1, 1), 100);
        assertRound(1, _shares(1, 1, 1));
        passChallenge();
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongRound.selector, 2, 1));
        scenario.finalize(2, _shares(1, 1, 1), 100);
        vm.expectRevert(ErrorsLib.PageEmpty.selector);
        scenario.finalize(1, _shares(1, 1, 1), 0);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.SharesLength.selector, 2, 3));
        scenario.finalize(1, new uint32[](2), 100);
    }

    /// Attack 22: any other vector than the anchored one is refused.
    function test_attack_22_fuzz_finalize_refusesAnotherVector(uint32 a, uint32 b, uint32 c) external {
        assertRound(1, _shares(1, 2, 3));
        passChallenge();
        vm.assume(a != 1 || b != 2 || c != 3);
        bytes32 given = sharesHash(1, _shares(a, b, c));
        bytes32 anchored = sharesHash(1, _shares(1, 2, 3));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.SharesMismatch.selector, given, anchored));
        scenario.finalize(1, _shares(a, b, c), 100);
    }

    /// Attack 22: not even with dirty upper bits in calldata.
    function test_attack_22_finalize_refusesDirtyShares() external {
        assertRound(1, _shares(1, 2, 3));
        passChallenge();
        uint256[] memory dirty = new uint256[](3);
        (dirty[0], dirty[1], dirty[2]) = (1 | (1 << 32), 2, 3);
        (bool ok,) = address(scenario).call(abi.encodeWithSelector(scenario.finalize.selector, uint32(1), dirty, uint16(100)));
        assertTrue(!ok, "refused");
    }

    function test_finalize_voidsAllZeroShares() external {
        assertRound(1, _shares(0, 0, 0));
        passChallenge();
        vm.expectEmit(address(scenario));
        emit IScenario.RoundVoided(1, POT);
        assertEq(scenario.finalize(1, _shares(0, 0, 0), 100), 0, "done");
        assertEq(scenario.potOf(2), POT, "carried");
        assertEq(scenario.currentRound(), 2, "round");
    }

    function test_finalize_withoutAPotKeepsTheMachineGoing() external {
        playRound(0, _shares(1, 1, 1));
        playRound(0, _shares(1, 1, 1));
        assertEq(scenario.currentRound(), 3, "round");
    }

    function test_finalize_lastRoundCloses() external {
        for (uint256 r = 0; r < 8; ++r) {
            playRound(0, _shares(1, 2, 3));
        }
        assertTrue(scenario.phase() == Phase.Closed, "closed");
        assertEq(scenario.currentRound(), 8, "last round");
        assertEq(scenario.potOf(8), 0, "no pot");
    }
}
