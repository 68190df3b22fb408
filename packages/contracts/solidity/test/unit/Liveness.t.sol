// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ledger, Phase, ScenarioParams} from "../../interfaces/IScenario.sol";
import {Federation} from "../base/Federation.sol";

/// @notice Whatever state the federator leaves behind, others take the Scenario to its end and everybody gets their money out.
contract VanishedFederatorTest is Federation {
    uint256 private constant FRACTIONS = 40;

    function setUp() external {
        deploy();
        ScenarioParams memory p = disputableParams();
        (p.rounds, p.guardian) = (3, account("guardian"));
        createFederation(3, p);
        closeRegistration();
        openMarket();
        for (uint32 round = 1; round <= 3; ++round) {
            fundRound(round, POT);
        }
        playRound(0, defaultShares());
        vm.warp(block.timestamp + STREAM / 2);
    }

    /// @dev Nobody but the federator knows the shares of an assertion: its way is the timeout.
    function _waitAndVoid() private {
        while (scenario.phase() != Phase.Closed) {
            vm.warp(block.timestamp + CHALLENGE + TIMEOUT + 1);
            vm.prank(investor);
            scenario.voidRound(scenario.currentRound());
        }
    }

    function _everybodyLeaves() private {
        vm.warp(block.timestamp + STREAM);
        vm.prank(investor);
        scenario.close();
        for (uint256 i = 0; i < 3; ++i) {
            scenario.claim(all(), clients[i]);
            pool.claimLp(clients[i]);
            uint256 shares = pool.balanceOf(clients[i]);
            vm.prank(clients[i]);
            pool.exitProportional(shares, limits(0), clients[i], block.timestamp);
        }
        scenario.claim(all(), federator);
        scenario.claim(all(), investor);
        pool.claimLp(provider);
        uint256 rest = pool.balanceOf(provider);
        vm.prank(provider);
        pool.exitProportional(rest, limits(0), provider, block.timestamp);
        address[2] memory staked = [federator, investor];
        for (uint256 i = 0; i < 2; ++i) {
            if (scenario.bondCredit(staked[i]) == 0) continue;
            vm.prank(staked[i]);
            scenario.withdrawBond();
        }
        Ledger memory l = scenario.ledger();
        assertEq(l.pots, 0, "no pot");
        assertEq(l.streaming, 0, "no stream");
        assertEq(l.bonds, 0, "no bond");
        assertLe(currency.balanceOf(address(scenario)), FRACTIONS, "fractions of a wei are left, per holder and token");
        assertEq(l.deposited - l.claimed - l.returned, currency.balanceOf(address(scenario)), "and accounted for");
    }

    function test_whileOpen() external {
        _waitAndVoid();
        _everybodyLeaves();
    }

    function test_whileAsserted() external {
        assertRound(2, defaultShares());
        _waitAndVoid();
        _everybodyLeaves();
    }

    /// Who knows the shares need not wait.
    function test_whileAsserted_whoKnowsTheSharesFinalizes() external {
        assertRound(2, defaultShares());
        passChallenge();
        vm.prank(clients[0]);
        scenario.finalize(2, defaultShares(), 100);
        _waitAndVoid();
        _everybodyLeaves();
    }

    function test_whileDisputed_andTheAttestersVanishToo() external {
        assertRound(2, defaultShares());
        dispute(investor);
        _waitAndVoid();
        assertEq(scenario.bondCredit(investor), BOND, "the disputer's bond");
        _everybodyLeaves();
    }

    function test_whileDisputed_andDecided() external {
        assertRound(2, defaultShares());
        dispute(investor);
        decide(false);
        _waitAndVoid();
        _everybodyLeaves();
    }

    function test_betweenPages() external {
        assertRound(2, defaultShares());
        passChallenge();
        scenario.finalize(2, defaultShares(), 1);
        vm.warp(block.timestamp + 10 * uint256(TIMEOUT));
        vm.prank(clients[1]);
        scenario.finalize(2, defaultShares(), 100);
        _waitAndVoid();
        _everybodyLeaves();
    }

    /// A guardian that paused and vanished as well: the pause ends by itself, and the round's timeout goes on.
    function test_whilePaused() external {
        vm.prank(account("guardian"));
        scenario.pause();
        vm.warp(scenario.pausedUntil());
        _waitAndVoid();
        _everybodyLeaves();
    }

    function test_whileRegistering() external {
        delete tokens;
        delete clients;
        createFederation(3);
        fundRound(1, POT);
        vm.warp(START + 1 days + 1);
        vm.prank(investor);
        scenario.closeRegistration();
        openMarket();
        _waitAndVoid();
        _everybodyLeaves();
    }
}

contract ThousandClientsTest is Federation {
    /// Attack 20: without a pool there may be a thousand clients; their rounds are settled in pages that anybody continues, and the
    /// books balance to the wei.
    function test_attack_20_thousandClientsAreSettledInPages() external {
        deploy();
        ScenarioParams memory p = defaultParams();
        (p.seedCurrency, p.poolBps, p.clientBps, p.maxClients) = (0, 0, 9_000, 1_000);
        createFederation(1_000, p);
        closeRegistration();
        fundRound(1, POT);
        uint32[] memory shares = defaultShares();
        assertRound(1, shares);
        passChallenge();
        for (uint16 next = 400; next < 1_000; next += 400) {
            assertEq(scenario.finalize(1, shares, 400), next, "next client");
        }
        assertEq(scenario.finalize(1, shares, 400), 0, "done");
        vm.warp(block.timestamp + STREAM);
        assertNear(scenario.owed(999, clients[999]), POT * 1_000 / 500_500 * 9 / 10, QUANTUM, "the last client");
        assertEq(scenario.clientAt(999).token, address(tokens[999]), "its token is where it is expected");
        assertTrue(claim(999, clients[999]) != 0, "paid");
        Ledger memory l = scenario.ledger();
        assertEq(l.deposited, l.claimed + l.pots + l.streaming + l.unclaimed + l.carriedDust, "conservation");
        assertLe(l.carriedDust, 2, "dust");
    }
}
