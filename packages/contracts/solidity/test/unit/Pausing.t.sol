// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IScenario, Phase, ScenarioParams} from "../../interfaces/IScenario.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

abstract contract PausingBase is Federation {
    address internal guardian;

    function begin(uint256 n) internal {
        begin(n, TIMEOUT);
    }

    function begin(uint256 n, uint32 timeout) internal {
        deploy();
        guardian = account("guardian");
        ScenarioParams memory p = disputableParams();
        (p.guardian, p.registrationDeadline, p.roundTimeout) = (guardian, uint64(START + 100 days), timeout);
        createFederation(n, p);
    }

    function pause() internal {
        vm.prank(guardian);
        scenario.pause();
    }

    function unpause() internal {
        vm.prank(guardian);
        scenario.unpause();
    }

    /// @dev No pause can begin before `until`.
    function restsUntil(uint256 until) internal {
        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.PauseResting.selector, until));
        scenario.pause();
    }

    function refusedByPause(address who, address target, bytes memory data) internal {
        vm.prank(who);
        (bool ok, bytes memory reason) = target.call(data);
        assertTrue(!ok, "went through");
        bytes memory expected = abi.encodeWithSelector(ErrorsLib.Paused.selector, scenario.pausedUntil());
        assertEq(keccak256(reason), keccak256(expected), "for another reason");
    }
}

contract ScenarioPauseTest is PausingBase {
    function setUp() external {
        begin(2);
    }

    function test_pause_lastsThreeDaysAndRestsSeven() external {
        assertEq(scenario.pausedUntil(), 0, "no pause yet");
        vm.expectEmit(address(scenario));
        emit IScenario.Paused(uint64(START + 3 days));
        pause();
        assertEq(scenario.pausedUntil(), START + 3 days, "until");
        vm.warp(START + 10 days - 1);
        restsUntil(START + 10 days);
        vm.warp(START + 10 days);
        pause();
        assertEq(scenario.pausedUntil(), START + 13 days, "again");
    }

    function test_pause_cannotBeProlonged() external {
        pause();
        vm.warp(START + 1 days);
        restsUntil(START + 10 days);
    }

    function test_unpause_endsItAndTheRestBegins() external {
        pause();
        vm.warp(START + 1 days);
        vm.expectEmit(address(scenario));
        emit IScenario.Paused(uint64(START + 1 days));
        unpause();
        fundRound(1, 1);
        vm.prank(guardian);
        vm.expectRevert(ErrorsLib.NotPaused.selector);
        scenario.unpause();
        vm.warp(START + 8 days - 1);
        restsUntil(START + 8 days);
        vm.warp(START + 8 days);
        pause();
    }

    function test_unpause_revertsWhenThePauseIsOver() external {
        pause();
        vm.warp(START + 3 days);
        vm.prank(guardian);
        vm.expectRevert(ErrorsLib.NotPaused.selector);
        scenario.unpause();
    }

    function test_pause_isTheGuardians() external {
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotGuardian.selector, federator));
        scenario.pause();
        pause();
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotGuardian.selector, federator));
        scenario.unpause();
    }

    function test_pause_isNobodysWithoutAGuardian() external {
        createFederation(2);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotGuardian.selector, address(this)));
        scenario.pause();
    }
}

contract ScenarioWhilePausedTest is PausingBase {
    function test_pause_stopsRegistering() external {
        begin(1);
        pause();
        refusedByPause(investor, address(scenario), abi.encodeCall(scenario.register, ("b", keccak256("b"), BINDING)));
        vm.warp(scenario.pausedUntil());
        register(1);
    }

    function test_pause_stopsNewMoneyAndRounds() external {
        begin(2);
        closeRegistration();
        pause();
        refusedByPause(provider, address(scenario), abi.encodeCall(scenario.openMarket, ()));
        refusedByPause(federator, address(scenario), abi.encodeCall(scenario.fundRound, (1, 1)));
        refusedByPause(provider, address(scenario), abi.encodeCall(scenario.listClient, ()));
        bytes32 hash = keccak256("x");
        refusedByPause(federator, address(scenario), abi.encodeCall(scenario.assertRound, (1, hash, hash, hash)));
        refusedByPause(address(pool), address(scenario), abi.encodeCall(scenario.holdForTrade, ()));
        vm.warp(scenario.pausedUntil());
        openMarket();
        fundRound(1, 1);
        assertRound(1, defaultShares());
        vm.prank(address(pool));
        scenario.holdForTrade();
    }

    /// What pays out, and what keeps the machine going, never stops.
    function test_pause_neverStopsTheWayOut() external {
        begin(2);
        closeRegistration();
        openMarket();
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 2);
        assertRound(2, defaultShares());
        pause();
        assertTrue(claim(0, clients[0]) != 0, "claim");
        assertTrue(pool.claimLp(provider) != 0, "claimLp");
        vm.prank(clients[0]);
        tokens[0].transfer(investor, 1e18);
        vm.prank(provider);
        pool.exitProportional(1e18, limits(0), provider, block.timestamp);
    }

    function test_pause_neverStopsADispute() external {
        begin(2);
        closeRegistration();
        fundRound(1, POT);
        assertRound(1, defaultShares());
        pause();
        dispute(investor);
        vm.prank(investor);
        scenario.giveEvidence(1, keccak256("more"));
        decide(true);
        scenario.finalize(1, defaultShares(), 100);
        vm.prank(federator);
        scenario.withdrawBond();
        for (uint32 round = 2; round <= 8; ++round) {
            vm.prank(federator);
            scenario.voidRound(round);
        }
        assertTrue(block.timestamp < scenario.pausedUntil(), "still paused");
        scenario.close();
    }

    function test_pause_neverStopsClosingRegistration() external {
        begin(2);
        pause();
        closeRegistration();
        assertTrue(scenario.phase() == Phase.Open, "open");
    }
}

contract ScenarioTimeoutWhilePausedTest is PausingBase {
    /// @dev Anyone voids round 1 after `until`, and not before.
    function _voidableAfter(uint256 until) private {
        vm.warp(until);
        vm.prank(investor);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.RoundNotTimedOut.selector, until));
        scenario.voidRound(1);
        vm.warp(until + 1);
        vm.prank(investor);
        scenario.voidRound(1);
        assertEq(scenario.currentRound(), 2, "round");
    }

    function _open(uint32 timeout) private {
        begin(2, timeout);
        closeRegistration();
    }

    /// @dev The round begins `time` after the pause did.
    function _openAfterPausing(uint256 time) private {
        begin(2);
        pause();
        vm.warp(START + time);
        closeRegistration();
    }

    /// The federator could not assert during the pause: nobody takes the round from it in the meantime.
    function test_voidRound_waitsForThePauseAndItsTimeout() external {
        _open(TIMEOUT);
        pause();
        _voidableAfter(START + 3 days + TIMEOUT);
    }

    function test_voidRound_afterAPauseThatEndedEarly() external {
        _open(TIMEOUT);
        pause();
        vm.warp(START + 2 hours);
        unpause();
        _voidableAfter(START + 2 hours + TIMEOUT);
    }

    function test_voidRound_afterAPauseThatBeganBeforeTheRound() external {
        _openAfterPausing(2 days);
        _voidableAfter(START + 3 days + TIMEOUT);
    }

    function test_voidRound_ofARoundAfterThePause() external {
        _openAfterPausing(4 days);
        _voidableAfter(START + 4 days + TIMEOUT);
    }

    /// A guardian that pauses whenever it can keeps no round from its end.
    function test_voidRound_gainsThreeDaysAtMost() external {
        _open(20 days);
        for (uint256 day = 0; day <= 20; day += 10) {
            vm.warp(START + day * 1 days);
            pause();
        }
        _voidableAfter(START + 23 days);
    }

    /// The federator may void its own round at any time, and what a pause does not stop has its time as ever.
    function test_voidRound_waitsForNothingElse() external {
        _open(TIMEOUT);
        pause();
        vm.prank(federator);
        scenario.voidRound(1);
        unpause();
        fundRound(2, POT);
        assertRound(2, defaultShares());
        vm.warp(START + 7 days);
        pause();
        vm.prank(investor);
        scenario.voidRound(2);
        assertEq(scenario.currentRound(), 3, "round");
    }
}
