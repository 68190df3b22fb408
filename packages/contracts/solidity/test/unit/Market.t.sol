// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Orchestrator} from "../../Orchestrator.sol";
import {Ledger, Phase, ScenarioParams} from "../../interfaces/IScenario.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";
import {PoolMock} from "../mocks/PoolMock.sol";

/// @notice What a Scenario tells its pool. The pool here only listens.
abstract contract MarketBase is Federation {
    PoolMock internal mock;

    function setUp() external {
        deploy();
        orchestrator = Orchestrator(deployBuilt("Orchestrator", abi.encode(uint32(60), new PoolMock())));
        createFederation(0, weightedParams());
        mock = PoolMock(address(pool));
        setIssuance(account(nameOf(1)), 3);
        register(0);
        register(1);
        closeRegistration();
    }

    function _openMarket() internal {
        vm.prank(provider);
        scenario.openMarket();
    }

    function _registerLate(uint256 i) internal {
        address[] memory accounts = new address[](1);
        accounts[0] = account(nameOf(i));
        vm.prank(federator);
        scenario.setAllowed(accounts, true);
        register(i);
    }

    /// @dev Who registered before takes part, and may be listed.
    function _beginRound() internal {
        uint32 round = scenario.currentRound();
        vm.prank(federator);
        scenario.voidRound(round);
        vm.warp(block.timestamp + CHALLENGE);
    }
}

contract ScenarioOpenMarketTest is MarketBase {
    function test_openMarket_seedsByIssuance() external {
        _openMarket();
        assertEq(mock.opener(), provider, "opener");
        assertEq(mock.currencyWeight(), 0.5e18, "currency weight");
        assertEq(mock.listedClients(), 2, "clients");
        assertEq(mock.issuance(0), 1, "issuance 0");
        assertEq(mock.issuance(1), 3, "issuance 1");
        assertEq(mock.amounts(0), 200_000e18, "amount 0");
        assertEq(mock.amounts(1), 600_000e18, "amount 1");
        assertEq(tokens[1].balanceOf(address(mock)), 600_000e18, "which it has");
        assertEq(currency.balanceOf(address(mock)), 10_000e18, "currency");
    }

    /// Who comes late, but before the market opens, is in it from the start.
    function test_openMarket_takesLateClientsAlong() external {
        _registerLate(2);
        _openMarket();
        assertEq(mock.listedClients(), 3, "clients");
        vm.expectRevert(ErrorsLib.NothingToList.selector);
        vm.prank(federator);
        scenario.listClient();
    }
}

contract ScenarioListClientTest is MarketBase {
    function test_listClient_bringsTheNextInOrder() external {
        _openMarket();
        setIssuance(account(nameOf(2)), 2);
        _registerLate(2);
        _registerLate(3);
        _beginRound();
        vm.prank(federator);
        assertEq(scenario.listClient(), 2, "index");
        assertEq(mock.tokens(2), address(tokens[2]), "token");
        assertEq(mock.amounts(2), 400_000e18, "amount");
        assertEq(tokens[2].balanceOf(address(mock)), 400_000e18, "which it has");
        assertEq(mock.issuance(2), 2, "issuance");
        assertEq(mock.firstIssuance(), 1, "of the first");
        vm.prank(federator);
        assertEq(scenario.listClient(), 3, "index");
        vm.expectRevert(ErrorsLib.NothingToList.selector);
        vm.prank(federator);
        scenario.listClient();
    }

    /// Attack 6: whoever could list within a transaction of his own would join before it and leave after it, with the deposit.
    function test_attack_06_onlyTheFederatorLists() external {
        _openMarket();
        _registerLate(2);
        vm.prank(clients[2]);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotFederator.selector, clients[2]));
        scenario.listClient();
    }

    function test_listClient_revertsForWhoTakesNoPartYet() external {
        _openMarket();
        _registerLate(2);
        vm.warp(block.timestamp + CHALLENGE);
        vm.prank(federator);
        vm.expectRevert(ErrorsLib.NothingToList.selector);
        scenario.listClient();
        _beginRound();
        _registerLate(3);
        vm.prank(federator);
        assertEq(scenario.listClient(), 2, "who was there when the round began");
        vm.prank(federator);
        vm.expectRevert(ErrorsLib.NothingToList.selector);
        scenario.listClient();
    }

    function test_listClient_revertsUntilTheRoundIsAChallengeWindowOld() external {
        _openMarket();
        _registerLate(2);
        _beginRound();
        uint256 until = block.timestamp;
        vm.warp(until - 1);
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.ChallengeWindowRunning.selector, until));
        scenario.listClient();
        vm.warp(until);
        vm.prank(federator);
        assertEq(scenario.listClient(), 2, "index");
    }

    function test_listClient_revertsBeforeTheMarketOpens() external {
        _registerLate(2);
        vm.expectRevert(ErrorsLib.MarketNotOpen.selector);
        vm.prank(federator);
        scenario.listClient();
    }

    function test_listClient_revertsWhileNoRoundIsOpen() external {
        _openMarket();
        _registerLate(2);
        assertRound(1, new uint32[](2));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongPhase.selector, Phase.Asserted));
        vm.prank(federator);
        scenario.listClient();
    }

    /// What a late client's tokens earned until they are listed is the controller's, and the pool's from then on; to the wei.
    function test_listClient_keepsTheLedger() external {
        _openMarket();
        playRound(POT, defaultShares());
        _registerLate(2);
        assertEq(scenario.activeClients(), 2, "not in this round");
        uint32[] memory two = new uint32[](2);
        (two[0], two[1]) = (1, 1);
        playRound(POT, two);
        assertEq(scenario.activeClients(), 3, "but in the next");
        vm.warp(block.timestamp + STREAM);
        assertEq(scenario.owed(2, clients[2]), 0, "earned nothing before");
        uint32[] memory late = new uint32[](3);
        late[2] = 1;
        uint256 poolBefore = scenario.poolOwed();
        playRound(POT, late);
        vm.warp(block.timestamp + STREAM / 2);
        uint256 waiting = scenario.owed(2, address(scenario));
        assertNear(waiting, POT / 2 / 5, QUANTUM, "a fifth of its tokens waits");
        assertEq(scenario.poolOwed(), poolBefore, "the pool has none of them");
        vm.prank(federator);
        scenario.listClient();
        assertEq(scenario.owed(2, address(scenario)), waiting, "stays owed");
        assertEq(scenario.poolOwed(), poolBefore, "nothing of the past");
        vm.warp(block.timestamp + STREAM);
        assertNear(scenario.poolOwed() - poolBefore, POT / 2 / 5, QUANTUM, "the second half");
        scenario.claim(one(2), address(scenario));
        assertEq(currency.balanceOf(clients[2]), waiting, "paid to the controller");
        Ledger memory l = scenario.ledger();
        assertEq(l.deposited, l.claimed + l.pots + l.streaming + l.unclaimed + l.carriedDust, "conservation");
        assertLe(l.carriedDust, 2, "dust");
    }

    /// A settlement in pages reads the pool's balances of those who take part, listed or not.
    function test_finalize_withAClientThatIsNotListed() external {
        _openMarket();
        _registerLate(2);
        playRound(POT, new uint32[](2));
        uint32[] memory shares = defaultShares();
        fundRound(2, POT);
        assertRound(2, shares);
        passChallenge();
        for (uint256 i = 1; i < 3; ++i) {
            assertEq(scenario.finalize(2, shares, 1), i, "next");
        }
        assertEq(scenario.finalize(2, shares, 1), 0, "done");
        vm.warp(block.timestamp + STREAM);
        assertNear(scenario.poolOwed(), (2 * POT) / 2 / 5, POT / 100, "of the first two");
    }
}

contract ScenarioDelistClientTest is MarketBase {
    function test_delistClient_tellsThePool() external {
        _openMarket();
        vm.prank(federator);
        scenario.delistClient(1);
        assertEq(mock.delisted(), address(tokens[1]), "token");
    }

    function test_delistClient_whenClosed() external {
        _openMarket();
        for (uint32 round = 1; round <= 8; ++round) {
            vm.prank(federator);
            scenario.voidRound(round);
        }
        vm.prank(federator);
        scenario.delistClient(0);
        assertEq(mock.delisted(), address(tokens[0]), "token");
    }

    function test_delistClient_revertsWhenNotFederator() external {
        _openMarket();
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotFederator.selector, address(this)));
        scenario.delistClient(0);
    }

    function test_delistClient_revertsWithoutAMarketOrSuchAClient() external {
        vm.prank(federator);
        vm.expectRevert(ErrorsLib.MarketNotOpen.selector);
        scenario.delistClient(0);
        _openMarket();
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.UnknownClient.selector, 2));
        scenario.delistClient(2);
    }

    function test_delistClient_revertsWhileARoundIsSettled() external {
        _openMarket();
        assertRound(1, defaultShares());
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongPhase.selector, Phase.Asserted));
        scenario.delistClient(0);
    }
}
