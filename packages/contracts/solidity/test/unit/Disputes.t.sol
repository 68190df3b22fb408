// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Assertion, IScenario, Ledger, Phase, ScenarioParams} from "../../interfaces/IScenario.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

/// @notice A federation whose first round is asserted, with a bond.
abstract contract DisputeBase is Federation {
    function setUp() external {
        deploy();
        createFederation(2, disputableParams());
        closeRegistration();
        openMarket();
        fundRound(1, POT);
        assertRound(1, defaultShares());
    }

    function _credit(address who) internal view returns (uint256) {
        return scenario.bondCredit(who);
    }

    /// @dev Currency is held for pots, streams and bonds, and for nothing else: nobody made a gift.
    function _checkBooks() internal view {
        Ledger memory l = scenario.ledger();
        assertEq(currency.balanceOf(address(scenario)), l.deposited - l.claimed - l.returned + l.bonds, "held");
        uint256 sum = l.claimed + l.returned + l.pots + l.streaming + l.unclaimed + l.carriedDust;
        assertEq(l.deposited, sum, "conservation");
    }
}

contract ScenarioStakeTest is DisputeBase {
    function test_assertRound_stakesTheBond() external {
        _toOpenRound();
        vm.prank(federator);
        scenario.voidRound(2);
        uint256 before = currency.balanceOf(federator);
        bytes32 hash = sharesHash(3, defaultShares());
        vm.expectEmit(address(scenario));
        emit IScenario.RoundAsserted(
            3, hash, keccak256("evidence"), keccak256("model"), uint64(block.timestamp + CHALLENGE), BOND
        );
        assertRound(3, defaultShares());
        // The first round's bond came back and is staked again.
        assertEq(before - currency.balanceOf(federator), 0, "pulled");
        assertEq(scenario.ledger().bonds, BOND, "held");
        Assertion memory a = scenario.assertion();
        assertEq(a.sharesHash, hash, "hash");
        assertEq(a.bond, BOND, "bond");
        assertEq(a.disputer, address(0), "disputer");
        assertEq(a.attempt, 0, "attempt");
        assertEq(a.resolvableAt, 0, "resolvableAt");
        _checkBooks();
    }

    /// @dev Ends round 1; round 2 is open.
    function _toOpenRound() private {
        passChallenge();
        scenario.finalize(1, defaultShares(), 100);
    }

    function test_assertRound_takesTheCreditFirst() external {
        _toOpenRound();
        assertEq(_credit(federator), BOND, "the bond came back");
        vm.prank(federator);
        scenario.withdrawBond();
        vm.warp(block.timestamp + 1);
        uint256 before = currency.balanceOf(federator);
        assertRound(2, defaultShares());
        assertEq(before - currency.balanceOf(federator), BOND, "pulled");
        dispute(investor);
        decide(false);
        // Twice the bond, of which nothing is free: it was lost.
        before = currency.balanceOf(federator);
        assertEq(scenario.assertionBond(), 2 * uint256(BOND), "twice");
        assertRound(2, defaultShares());
        assertEq(before - currency.balanceOf(federator), 2 * uint256(BOND), "pulled");
        passChallenge();
        scenario.finalize(2, defaultShares(), 100);
        assertEq(_credit(federator), 2 * uint256(BOND), "free");
        assertEq(scenario.assertionBond(), BOND, "the next round starts anew");
        before = currency.balanceOf(federator);
        vm.expectEmit(address(scenario));
        emit IScenario.BondStaked(federator, BOND);
        assertRound(3, defaultShares());
        assertEq(currency.balanceOf(federator), before, "nothing is pulled");
        assertEq(_credit(federator), BOND, "the rest stays free");
        _checkBooks();
    }

    function test_dispute_takesTheCreditFirstAndPullsTheRest() external {
        dispute(investor);
        decide(false);
        uint256 credit = _credit(investor);
        assertEq(credit, uint256(BOND) + BOND / 2, "own bond and half of the other");
        assertRound(1, defaultShares());
        uint256 before = currency.balanceOf(investor);
        uint256 cost = scenario.disputeBond();
        assertEq(cost, 2 * uint256(BOND), "as much as the assertion");
        vm.expectEmit(address(scenario));
        emit IScenario.BondStaked(investor, credit);
        dispute(investor);
        assertEq(before - currency.balanceOf(investor), cost - credit, "pulled the rest");
        assertEq(_credit(investor), 0, "all staked");
        _checkBooks();
    }

    function test_withdrawBond_paysOnceWhatIsFree() external {
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NoBondCredit.selector, federator));
        scenario.withdrawBond();
        _toOpenRound();
        uint256 before = currency.balanceOf(federator);
        vm.expectEmit(address(scenario));
        emit IScenario.BondWithdrawn(federator, BOND);
        vm.prank(federator);
        assertEq(scenario.withdrawBond(), BOND, "amount");
        assertEq(currency.balanceOf(federator) - before, BOND, "paid");
        assertEq(scenario.ledger().bonds, 0, "none held");
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NoBondCredit.selector, federator));
        scenario.withdrawBond();
        _checkBooks();
    }

    function test_finalize_creditsTheBond() external {
        passChallenge();
        vm.expectEmit(address(scenario));
        emit IScenario.BondCredited(federator, BOND);
        scenario.finalize(1, defaultShares(), 100);
        Assertion memory none;
        assertEq(keccak256(abi.encode(scenario.assertion())), keccak256(abi.encode(none)), "nothing between assertions");
        _checkBooks();
    }
}

contract ScenarioDisputeTest is DisputeBase {
    function test_dispute_freezesTheRound() external {
        vm.warp(block.timestamp + 100);
        uint256 before = currency.balanceOf(investor);
        vm.expectEmit(address(scenario));
        emit IScenario.RoundDisputed(1, investor, BOND, keccak256("recomputed"), uint64(block.timestamp + CHALLENGE));
        dispute(investor);
        assertTrue(scenario.phase() == Phase.Disputed, "phase");
        assertEq(before - currency.balanceOf(investor), BOND, "staked");
        Assertion memory a = scenario.assertion();
        assertEq(a.disputer, investor, "disputer");
        assertEq(a.disputeBond, BOND, "bond");
        assertEq(a.resolvableAt, block.timestamp + CHALLENGE, "resolvableAt");
        passChallenge();
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongPhase.selector, Phase.Disputed));
        scenario.finalize(1, defaultShares(), 100);
        _checkBooks();
    }

    function test_dispute_revertsForAnotherRoundOrPhase() external {
        vm.prank(investor);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongRound.selector, 2, 1));
        scenario.dispute(2, 0);
        dispute(investor);
        vm.prank(provider);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongPhase.selector, Phase.Disputed));
        scenario.dispute(1, 0);
    }

    function test_dispute_revertsAfterTheWindow() external {
        passChallenge();
        vm.prank(investor);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.DisputeTooLate.selector, START + CHALLENGE));
        scenario.dispute(1, 0);
    }

    function test_dispute_revertsWhereThereAreNone() external {
        createFederation(2);
        closeRegistration();
        assertRound(1, defaultShares());
        vm.expectRevert(ErrorsLib.NoDisputes.selector);
        scenario.dispute(1, 0);
        assertEq(scenario.assertionBond(), 0, "assertions are free");
    }

    function test_giveEvidence_isForBothSidesWhileDisputed() external {
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongPhase.selector, Phase.Asserted));
        scenario.giveEvidence(1, keccak256("a"));
        dispute(investor);
        vm.expectEmit(address(scenario));
        emit IScenario.EvidenceGiven(1, federator, keccak256("a"));
        vm.prank(federator);
        scenario.giveEvidence(1, keccak256("a"));
        vm.prank(investor);
        scenario.giveEvidence(1, keccak256("b"));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotParty.selector, address(this)));
        scenario.giveEvidence(1, keccak256("c"));
        vm.prank(investor);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongRound.selector, 2, 1));
        scenario.giveEvidence(2, keccak256("c"));
    }

    /// Attack 41: a dispute in the last second of the window leaves a whole window for evidence against it.
    function test_attack_41_lastSecondDisputeLeavesAWindow() external {
        vm.warp(START + CHALLENGE - 1);
        dispute(investor);
        uint256 from = START + 2 * uint256(CHALLENGE) - 1;
        vm.warp(from - 1);
        vm.prank(address(resolver));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.EvidenceWindowRunning.selector, from));
        scenario.resolve(1, false);
        vm.prank(federator);
        scenario.giveEvidence(1, keccak256("all that was recomputed"));
        vm.warp(from);
        vm.prank(address(resolver));
        scenario.resolve(1, true);
        assertTrue(scenario.phase() == Phase.Asserted, "upheld");
    }
}

contract ScenarioResolveTest is DisputeBase {
    uint256 private constant AWARD = BOND / 2;

    function test_resolve_upheldMakesTheRoundFinalAtOnce() external {
        dispute(investor);
        vm.warp(scenario.assertion().resolvableAt);
        vm.expectEmit(address(scenario));
        emit IScenario.DisputeResolved(1, true, federator, AWARD, BOND - AWARD);
        vm.expectEmit(address(scenario));
        emit IScenario.BondCredited(federator, AWARD);
        decide(true);
        assertEq(_credit(federator), AWARD, "half of the disputer's bond");
        assertEq(_credit(investor), 0, "which is lost");
        assertEq(scenario.potOf(1), POT + BOND - AWARD, "the other half");
        (uint256 deposited,,) = scenario.totals();
        assertEq(deposited, POT + BOND - AWARD, "counts as deposited");
        assertEq(scenario.ledger().bonds, BOND + AWARD, "bonds");
        assertEq(scenario.assertion().disputer, address(0), "nobody disputes");
        assertEq(scenario.assertion().bond, BOND, "still staked");
        _checkBooks();
        vm.prank(provider);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.DisputeTooLate.selector, block.timestamp));
        scenario.dispute(1, 0);
        scenario.finalize(1, defaultShares(), 100);
        assertEq(_credit(federator), BOND + AWARD, "and its own");
        _checkBooks();
    }

    function test_resolve_struckDownOpensTheRoundAgain() external {
        dispute(investor);
        vm.warp(scenario.assertion().resolvableAt + 77);
        vm.expectEmit(address(scenario));
        emit IScenario.DisputeResolved(1, false, investor, AWARD, BOND - AWARD);
        vm.expectEmit(address(scenario));
        emit IScenario.BondCredited(investor, BOND + AWARD);
        decide(false);
        assertTrue(scenario.phase() == Phase.Open, "phase");
        assertEq(scenario.currentRound(), 1, "round");
        assertEq(scenario.roundStartedAt(), block.timestamp, "started");
        assertEq(scenario.finalizableAt(), 0, "finalizableAt");
        assertEq(_credit(investor), BOND + AWARD, "own bond and half of the federator's");
        assertEq(_credit(federator), 0, "which is lost");
        assertEq(scenario.potOf(1), POT + BOND - AWARD, "the other half");
        assertEq(scenario.assertionBond(), 2 * uint256(BOND), "lies cost more");
        assertEq(scenario.disputeBond(), BOND, "there is nothing to dispute yet");
        _checkBooks();
        fundRound(1, 5);
        assertRound(1, defaultShares());
        assertEq(scenario.disputeBond(), 2 * uint256(BOND), "as much as the assertion");
        assertEq(scenario.assertion().attempt, 1, "attempt");
        assertEq(scenario.assertion().bond, 2 * uint256(BOND), "bond");
        passChallenge();
        scenario.finalize(1, defaultShares(), 100);
        _checkBooks();
    }

    function test_resolve_revertsWhenNotTheResolver() external {
        dispute(investor);
        passChallenge();
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotResolver.selector, address(this)));
        scenario.resolve(1, true);
    }

    function test_resolve_revertsForAnotherRoundOrPhase() external {
        vm.prank(address(resolver));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongPhase.selector, Phase.Asserted));
        scenario.resolve(1, true);
        dispute(investor);
        passChallenge();
        vm.prank(address(resolver));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongRound.selector, 2, 1));
        scenario.resolve(2, true);
    }

    /// @dev A Scenario that can take no more deposits still decides.
    function test_resolve_atTheDepositLimitGivesAllToTheWinner() external {
        fund(provider, 1 << 90);
        uint256 room = (1 << 90) - POT - (BOND - AWARD);
        uint256 state = vm.snapshotState();
        vm.prank(provider);
        scenario.fundRound(2, uint128(room));
        dispute(investor);
        decide(false);
        assertEq(scenario.potOf(1), POT + BOND - AWARD, "it fits to the wei");
        _checkBooks();
        vm.revertToState(state);
        vm.prank(provider);
        scenario.fundRound(2, uint128(room + 1));
        dispute(investor);
        decide(false);
        assertEq(scenario.potOf(1), POT, "the pot stays");
        assertEq(_credit(investor), 2 * uint256(BOND), "all of it");
        _checkBooks();
    }

    function test_voidRound_givesBondsBackWhenNobodyDecides() external {
        dispute(investor);
        uint256 until = START + CHALLENGE + TIMEOUT;
        vm.warp(until);
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.RoundNotTimedOut.selector, until));
        scenario.voidRound(1);
        vm.warp(until + 1);
        vm.prank(provider);
        scenario.voidRound(1);
        assertEq(scenario.currentRound(), 2, "round");
        assertEq(scenario.potOf(2), POT, "carried");
        assertEq(_credit(investor), BOND, "disputer");
        assertEq(_credit(federator), BOND, "federator");
        assertEq(scenario.disputeBond(), BOND, "no side failed");
        vm.prank(address(resolver));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongPhase.selector, Phase.Open));
        scenario.resolve(1, true);
        _checkBooks();
    }

    function test_voidRound_ofAnUpheldRoundThatNobodyCanFinalize() external {
        dispute(investor);
        decide(true);
        uint256 until = block.timestamp + TIMEOUT;
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.RoundNotTimedOut.selector, until));
        scenario.voidRound(1);
        vm.warp(until + 1);
        scenario.voidRound(1);
        assertEq(_credit(federator), BOND + AWARD, "its bond and the award");
        _checkBooks();
    }

    function test_voidRound_ofAStruckDownRoundForgetsItsAttempts() external {
        dispute(investor);
        decide(false);
        vm.prank(federator);
        scenario.voidRound(1);
        assertEq(scenario.assertionBond(), BOND, "anew");
        assertEq(_credit(federator), 0, "lost is lost");
        assertRound(2, defaultShares());
        assertEq(scenario.assertion().attempt, 0, "attempt");
        _checkBooks();
    }

    function test_attack_40_liesDoubleTheirBondSixTimesAtMost() external {
        fund(federator, 1e30);
        for (uint256 i = 0; i < 8; ++i) {
            uint256 doublings = i < 6 ? i : 6;
            assertEq(scenario.assertion().bond, uint256(BOND) << doublings, "bond");
            assertEq(scenario.assertion().attempt, i, "attempt");
            dispute(investor);
            decide(false);
            assertRound(1, defaultShares());
            _checkBooks();
        }
    }

    /// Attack 40: who disputes without a reason pays more each time, and what he loses goes to the federation.
    function test_attack_40_griefingByDisputesGrowsDearer() external {
        fund(investor, 1e30);
        uint256 lost = 0;
        for (uint32 round = 1; round <= 8; ++round) {
            uint256 doublings = round < 7 ? round - 1 : 6;
            assertEq(scenario.disputeBond(), uint256(BOND) << doublings, "doubles");
            uint256 before = currency.balanceOf(investor);
            dispute(investor);
            lost += before - currency.balanceOf(investor);
            decide(true);
            scenario.finalize(round, defaultShares(), 100);
            if (round < 8) assertRound(round + 1, defaultShares());
            _checkBooks();
        }
        assertEq(lost, uint256(BOND) * (1 + 2 + 4 + 8 + 16 + 32 + 64 + 64), "all lost");
        (uint256 deposited,,) = scenario.totals();
        assertNear(deposited, POT + lost / 2, 8, "half of it for clients");
        assertNear(_credit(federator), lost / 2 + BOND, 8, "half for the federator");
    }

    /// Attack 40: rounds that end without a dispute make disputing cheaper again.
    function test_attack_40_quietRoundsHalveTheDisputeBond() external {
        fund(investor, 1e30);
        for (uint32 round = 1; round <= 2; ++round) {
            dispute(investor);
            decide(true);
            scenario.finalize(round, defaultShares(), 100);
            assertRound(round + 1, defaultShares());
        }
        assertEq(scenario.disputeBond(), 4 * uint256(BOND), "two failures");
        passChallenge();
        scenario.finalize(3, defaultShares(), 100);
        assertEq(scenario.disputeBond(), 2 * uint256(BOND), "one quiet round");
        assertRound(4, defaultShares());
        dispute(investor);
        decide(false);
        assertRound(4, defaultShares());
        passChallenge();
        scenario.finalize(4, defaultShares(), 100);
        assertEq(scenario.disputeBond(), 2 * uint256(BOND), "a dispute that was right changes nothing");
        for (uint32 round = 5; round <= 6; ++round) {
            assertRound(round, defaultShares());
            passChallenge();
            scenario.finalize(round, defaultShares(), 100);
            assertEq(scenario.disputeBond(), BOND, "back, and not below");
        }
    }

    /// Attack 40: a dispute freezes one round: streams, claims, moves, trades and later pots go on.
    function test_attack_40_onlyOneRoundIsFrozen() external {
        passChallenge();
        scenario.finalize(1, defaultShares(), 100);
        assertRound(2, defaultShares());
        dispute(investor);
        vm.warp(block.timestamp + STREAM / 2);
        assertTrue(claim(0, clients[0]) != 0, "claims");
        fundRound(3, 7);
        swapIn(investor, address(currency), address(tokens[0]), 1e18);
        vm.prank(clients[0]);
        tokens[0].transfer(investor, 1e18);
        pool.claimLp(provider);
        _checkBooks();
    }
}

/// @notice A disputer that takes no money, nor any call.
contract Refuser {
    function dispute(IScenario scenario, uint32 round) external {
        scenario.dispute(round, 0);
    }
}

contract ScenarioBondPullTest is DisputeBase {
    /// Attack 42: no party is called when a dispute is decided, so none can hold it up.
    function test_attack_42_partiesAreNeverCalled() external {
        Refuser refuser = new Refuser();
        currency.mint(address(refuser), BOND);
        vm.prank(address(refuser));
        currency.approve(address(scenario), BOND);
        refuser.dispute(scenario, 1);
        decide(false);
        assertEq(_credit(address(refuser)), BOND + BOND / 2, "it is credited");
        assertRound(1, defaultShares());
        passChallenge();
        scenario.finalize(1, defaultShares(), 100);
        _checkBooks();
    }

    function test_fuzz_resolve_splitsAnyBondToTheWei(uint96 bond, bool upheld) external {
        ScenarioParams memory p = disputableParams();
        p.bond = uint96(bound(bond, 1, (1 << 90) >> 6));
        delete tokens;
        createFederation(2, p);
        fund(federator, 1 << 90);
        fund(investor, 1 << 90);
        closeRegistration();
        assertRound(1, defaultShares());
        dispute(investor);
        decide(upheld);
        uint256 toPot = scenario.potOf(1);
        assertEq(toPot, p.bond - p.bond / 2, "the larger half");
        assertEq(_credit(upheld ? federator : investor), upheld ? p.bond / 2 : p.bond + p.bond / 2, "the winner's");
        _checkBooks();
        passChallenge();
        if (upheld) scenario.finalize(1, defaultShares(), 100);
        vm.prank(upheld ? federator : investor);
        scenario.withdrawBond();
        assertEq(scenario.ledger().bonds, 0, "none left");
        _checkBooks();
    }
}
