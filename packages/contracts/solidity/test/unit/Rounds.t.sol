// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IScenario, Phase} from "../../interfaces/IScenario.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

contract ScenarioFundRoundTest is Federation {
    function _refused(uint32 round, uint32 current) private {
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongRound.selector, round, current));
        scenario.fundRound(round, 1);
    }

    function test_fundRound_escrowsForThatRound() external {
        start(2);
        vm.expectEmit(address(scenario));
        emit IScenario.RoundFunded(3, federator, 7);
        fundRound(3, 7);
        fundRound(3, 5);
        assertEq(scenario.potOf(3), 12, "pot");
        assertEq(scenario.potOf(1), 0, "other pot");
        assertEq(currency.balanceOf(address(scenario)), 12, "held");
        (uint256 deposited,,) = scenario.totals();
        assertEq(deposited, 12, "deposited");
    }

    function test_fundRound_beforeRegistrationCloses() external {
        createFederation(2);
        fundRound(1, 7);
        assertEq(scenario.potOf(1), 7, "pot");
        _refused(0, 0);
        closeRegistration();
        assertEq(scenario.potOf(1), 7, "pot still there");
    }

    function test_fundRound_revertsForAPastOrUnknownRound() external {
        start(2);
        _refused(0, 1);
        _refused(9, 1);
        playRound(POT, defaultShares());
        _refused(1, 2);
    }

    /// Attack 18: a top-up never reaches a pot that is being scored, nor a running stream.
    function test_attack_18_topUpsWaitForTheNextRound() external {
        start(2);
        fundRound(1, POT);
        assertRound(1, defaultShares());
        _refused(1, 1);
        fundRound(2, 5);
        passChallenge();
        scenario.finalize(1, defaultShares(), 100);
        uint64 end = scenario.streamEndsAt();
        uint256 streaming = scenario.ledger().streaming;
        fundRound(2, 5);
        assertEq(scenario.streamEndsAt(), end, "the stream ends when it did");
        assertEq(scenario.ledger().streaming, streaming, "and streams what it did");
    }

    function test_fundRound_revertsForNothing() external {
        start(2);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        scenario.fundRound(1, 0);
    }

    function test_fundRound_revertsWhenClosed() external {
        createFederation(1);
        vm.warp(START + 2 days);
        scenario.closeRegistration();
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongPhase.selector, Phase.Closed));
        scenario.fundRound(1, 1);
    }

    function test_fundRound_revertsAboveTheLifetimeLimit() external {
        start(2);
        fund(federator, 1 << 91);
        fundRound(1, (1 << 90) - 1);
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.DepositAboveLimit.selector, (1 << 90) + 1, 1 << 90));
        scenario.fundRound(1, 2);
        fundRound(1, 1);
    }
}

contract ScenarioAssertRoundTest is Federation {
    function setUp() external {
        start(2);
    }

    function test_assertRound_anchorsAndStartsTheChallengeWindow() external {
        bytes32 hash = sharesHash(1, defaultShares());
        vm.expectEmit(address(scenario));
        emit IScenario.RoundAsserted(1, hash, keccak256("evidence"), keccak256("model"), uint64(START + CHALLENGE), 0);
        assertRound(1, defaultShares());
        assertTrue(scenario.phase() == Phase.Asserted, "phase");
        assertEq(scenario.finalizableAt(), START + CHALLENGE, "finalizableAt");
    }

    function test_assertRound_revertsWhenNotFederator() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotFederator.selector, address(this)));
        scenario.assertRound(1, keccak256("x"), 0, 0);
    }

    function test_assertRound_revertsForAnotherRoundOrPhase() external {
        vm.startPrank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongRound.selector, 2, 1));
        scenario.assertRound(2, keccak256("x"), 0, 0);
        vm.expectRevert(ErrorsLib.SharesHashInvalid.selector);
        scenario.assertRound(1, 0, 0, 0);
        scenario.assertRound(1, keccak256("x"), 0, 0);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongPhase.selector, Phase.Asserted));
        scenario.assertRound(1, keccak256("x"), 0, 0);
        vm.stopPrank();
    }
}

contract ScenarioVoidRoundTest is Federation {
    function setUp() external {
        start(2);
        fundRound(1, POT);
    }

    function test_voidRound_byTheFederatorCarriesThePot() external {
        vm.expectEmit(address(scenario));
        emit IScenario.RoundVoided(1, POT);
        vm.prank(federator);
        scenario.voidRound(1);
        fundRound(2, 5);
        assertEq(scenario.potOf(2), POT + 5, "pot");
        assertEq(scenario.potOf(1), 0, "settled");
    }

    function test_voidRound_byAnyoneAfterTheTimeout() external {
        vm.warp(START + TIMEOUT);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.RoundNotTimedOut.selector, START + TIMEOUT));
        scenario.voidRound(1);
        vm.warp(START + TIMEOUT + 1);
        scenario.voidRound(1);
        assertEq(scenario.currentRound(), 2, "round");
    }

    function test_voidRound_ofAnAssertedRoundThatNobodyCanFinalize() external {
        vm.prank(federator);
        scenario.assertRound(1, keccak256("of nothing"), 0, 0);
        uint256 until = START + CHALLENGE + TIMEOUT;
        vm.warp(until);
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.RoundNotTimedOut.selector, until));
        scenario.voidRound(1);
        vm.warp(until + 1);
        scenario.voidRound(1);
        assertEq(scenario.potOf(2), POT, "carried");
    }

    function test_voidRound_revertsForAnotherRoundOrPhase() external {
        vm.startPrank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongRound.selector, 2, 1));
        scenario.voidRound(2);
        for (uint32 r = 1; r <= 8; ++r) {
            scenario.voidRound(r);
        }
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongPhase.selector, Phase.Closed));
        scenario.voidRound(8);
        vm.stopPrank();
    }

    function test_voidRound_revertsDuringSettlement() external {
        assertRound(1, defaultShares());
        passChallenge();
        scenario.finalize(1, defaultShares(), 1);
        vm.warp(block.timestamp + 10 * TIMEOUT);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.SettlementRunning.selector, 1));
        scenario.voidRound(1);
        scenario.finalize(1, defaultShares(), 1);
    }
}

contract ScenarioCloseTest is Federation {
    function setUp() external {
        start(2);
    }

    function test_close_returnsWhatNoHolderIsOwed() external {
        playRound(POT, defaultShares());
        fundRound(2, 11);
        for (uint32 r = 2; r <= 8; ++r) {
            vm.prank(federator);
            scenario.voidRound(r);
        }
        uint256 unspent = scenario.ledger().pots;
        uint256 before = currency.balanceOf(federator);
        vm.expectEmit(address(scenario));
        emit IScenario.Closed(unspent);
        scenario.close();
        assertEq(currency.balanceOf(federator) - before, unspent, "returned");
        assertTrue(unspent >= 11, "with the voided pot");
        vm.expectRevert(ErrorsLib.NothingToReturn.selector);
        scenario.close();
        vm.warp(block.timestamp + STREAM);
        uint256 owed = scenario.owed(0, clients[0]);
        assertNear(owed, POT / 3 * 7 / 10, QUANTUM, "the stream goes on");
        claim(0, clients[0]);
        assertEq(currency.balanceOf(clients[0]), owed, "and is paid");
    }

    function test_close_revertsBeforeTheLastRound() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongPhase.selector, Phase.Open));
        scenario.close();
    }
}
