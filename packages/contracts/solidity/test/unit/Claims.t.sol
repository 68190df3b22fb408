// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IScenario, ScenarioParams} from "../../interfaces/IScenario.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

contract ScenarioClaimTest is Federation {
    function setUp() external {
        start(3);
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 2);
    }

    function test_claim_paysWhatIsOwedOnce() external {
        uint256 owed = scenario.owed(0, clients[0]);
        vm.expectEmit(address(scenario));
        emit IScenario.Claimed(0, clients[0], clients[0], owed);
        assertEq(claim(0, clients[0]), owed, "paid");
        assertEq(currency.balanceOf(clients[0]), owed, "received");
        assertEq(scenario.owed(0, clients[0]), 0, "nothing left");
        assertEq(claim(0, clients[0]), 0, "twice");
        (, uint256 claimed,) = scenario.totals();
        assertEq(claimed, owed, "totals");
    }

    function test_claim_paysSeveralTokensAtOnceAndNamesTwiceOnce() external {
        uint256 owed = scenario.owed(0, federator) + scenario.owed(1, federator) + scenario.owed(2, federator);
        uint16[] memory indexes = new uint16[](5);
        (indexes[0], indexes[1], indexes[2], indexes[3], indexes[4]) = (2, 0, 1, 0, 2);
        uint256 before = currency.balanceOf(federator);
        assertEq(scenario.claim(indexes, federator), owed, "paid");
        assertEq(currency.balanceOf(federator) - before, owed, "received");
    }

    /// Attack 21: rewards of contracts that cannot call claim are not stuck: anyone claims for them, and a receiver can be set.
    function test_attack_21_claim_paysTheReceiver() external {
        vm.expectEmit(address(scenario));
        emit IScenario.ReceiverSet(clients[0], investor);
        vm.prank(clients[0]);
        scenario.setReceiver(investor);
        uint256 owed = scenario.owed(0, clients[0]);
        uint256 before = currency.balanceOf(investor);
        vm.prank(provider);
        claim(0, clients[0]);
        assertEq(currency.balanceOf(investor) - before, owed, "receiver is paid");
        assertEq(currency.balanceOf(clients[0]), 0, "holder is not");
        assertEq(scenario.receiverOf(clients[0]), investor, "receiverOf");
        assertEq(scenario.receiverOf(provider), provider, "own receiver by default");
    }

    function test_setReceiver_revertsForTheFamily() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, address(scenario)));
        scenario.setReceiver(address(scenario));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, address(pool)));
        scenario.setReceiver(address(pool));
    }

    function test_claim_revertsForThePool() external {
        vm.expectRevert(ErrorsLib.PoolNotClaimable.selector);
        claim(0, address(pool));
    }

    function test_claim_revertsForAnUnknownClient() external {
        vm.expectRevert();
        claim(3, investor);
    }

    function test_drawPool_revertsWhenNotPool() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotPool.selector, address(this)));
        scenario.drawPool();
        // Not even for the pool outside of a call of its own.
        vm.prank(address(pool));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotPool.selector, address(pool)));
        scenario.drawPool();
    }

    function test_lock_isThePools() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotPool.selector, address(this)));
        scenario.hold();
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotPool.selector, address(this)));
        scenario.holdForTrade();
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotPool.selector, address(this)));
        scenario.giveBack();
    }
}

contract ScenarioSeedTest is Federation {
    /// Tokens that wait for the market earn for their client, also after the market opened.
    function test_claim_ofTheScenarioPaysTheControllers() external {
        createFederation(2);
        closeRegistration();
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 2);
        uint256 owed0 = scenario.owed(0, address(scenario));
        uint256 owed1 = scenario.owed(1, address(scenario));
        assertNear(owed0, POT / 3 / 5 / 2, QUANTUM, "a fifth of its tokens waits");
        openMarket();
        assertEq(scenario.owed(0, address(scenario)), owed0, "kept");
        assertEq(scenario.poolOwed(), 0, "not the pool's");
        scenario.claim(all(), address(scenario));
        assertEq(currency.balanceOf(clients[0]), owed0, "client 0");
        assertEq(currency.balanceOf(clients[1]), owed1, "client 1");
        vm.warp(block.timestamp + STREAM);
        assertEq(scenario.owed(0, address(scenario)), 0, "from then on the pool earns");
        assertNear(scenario.poolOwed(), POT / 5 / 2, QUANTUM, "for its LPs");
    }

    function test_openMarket_revertsTwiceOrWithoutPoolOrPhase() external {
        createFederation(2);
        vm.prank(provider);
        vm.expectRevert();
        scenario.openMarket();
        closeRegistration();
        openMarket();
        vm.prank(provider);
        vm.expectRevert(ErrorsLib.MarketOpen.selector);
        scenario.openMarket();
    }

    function test_openMarket_revertsWithoutAMarket() external {
        deploy();
        ScenarioParams memory p = defaultParams();
        (p.seedCurrency, p.poolBps, p.clientBps) = (0, 0, 9_000);
        create(p);
        register(0);
        register(1);
        closeRegistration();
        vm.expectRevert(ErrorsLib.NoMarket.selector);
        scenario.openMarket();
        // Rounds, moves and claims do without one.
        fund(federator, POT);
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM);
        vm.prank(clients[0]);
        tokens[0].transfer(investor, 1e18);
        assertTrue(claim(0, clients[0]) != 0, "paid");
        assertEq(scenario.poolOwed(), 0, "nobody's");
    }
}
