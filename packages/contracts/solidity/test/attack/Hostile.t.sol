// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {LocalCurrency} from "../../LocalCurrency.sol";
import {ScenarioParams} from "../../interfaces/IScenario.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";
import {HostileCurrency} from "../mocks/HostileCurrency.sol";

/// @notice Attacks 7, 8 and 50 of CONTRACTS.md 3: the currency is the only foreign code in the family.
abstract contract HostileFederation is Federation {
    HostileCurrency internal hostile;

    function begin() internal {
        deploy();
        hostile = new HostileCurrency();
        currency = LocalCurrency(address(hostile));
        create(disputableParams());
        register(0);
        register(1);
        fund(federator, 1e9 * WAD);
        fund(investor, 1e9 * WAD);
        fund(provider, 1e9 * WAD);
        closeRegistration();
    }

    function running() internal {
        begin();
        openMarket();
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 2);
        swapIn(investor, address(currency), address(tokens[0]), 100e18);
    }
}

contract HostileCurrencyTest is HostileFederation {
    function _refused(bytes memory reason) private {
        vm.startPrank(investor);
        vm.expectRevert(reason);
        scenario.fundRound(2, 100e18);
        vm.expectRevert(reason);
        pool.swapExactIn(address(currency), address(tokens[0]), 100e18, 0, investor, block.timestamp);
        vm.stopPrank();
    }

    /// Attack 8: a currency that takes a fee delivers less than promised.
    function test_attack_08_feeOnTransferIsRefused() external {
        running();
        hostile.setMood(HostileCurrency.Mood.FeeOnTransfer);
        _refused(abi.encodeWithSelector(ErrorsLib.UnderReceived.selector, 100e18, 99e18));
    }

    /// Attack 8: a currency that says yes and does nothing.
    function test_attack_08_nothingDeliveredIsRefused() external {
        running();
        hostile.setMood(HostileCurrency.Mood.DeliversNothing);
        _refused(abi.encodeWithSelector(ErrorsLib.UnderReceived.selector, 100e18, 0));
        vm.prank(provider);
        vm.expectRevert();
        pool.joinProportional(1e18, limits(type(uint256).max), provider, block.timestamp);
    }

    /// Attack 8: a currency that returns false instead of reverting.
    function test_attack_08_returnedFalseIsAFailure() external {
        running();
        hostile.setMood(HostileCurrency.Mood.ReturnsFalse);
        _refused(abi.encodeWithSelector(SafeTransferLib.TransferFromFailed.selector));
        vm.expectRevert(SafeTransferLib.TransferFailed.selector);
        claim(0, clients[0]);
        vm.prank(investor);
        vm.expectRevert(SafeTransferLib.TransferFailed.selector);
        pool.swapExactIn(address(tokens[0]), address(currency), 1e18, 0, investor, block.timestamp);
    }

    /// Attack 8: a currency that returns nothing is an ERC-20 as many are.
    function test_attack_08_returnedNothingIsSuccess() external {
        running();
        hostile.setMood(HostileCurrency.Mood.ReturnsNothing);
        fundRound(2, 5e18);
        swapIn(investor, address(currency), address(tokens[0]), 1e18);
        claim(0, clients[0]);
    }

    /// Attack 8: more than promised is a gift, and changes nothing.
    function test_attack_08_moreDeliveredIsAGift() external {
        running();
        uint256 quote = pool.quoteExactIn(address(currency), address(tokens[0]), 1e18);
        hostile.setMood(HostileCurrency.Mood.DeliversMore);
        fundRound(2, 5e18);
        assertNear(scenario.potOf(2), 5e18, QUANTUM, "what was promised");
        assertEq(swapIn(investor, address(currency), address(tokens[0]), 1e18), quote, "as quoted");
    }

    /// Attack 42 in small: a blocked receiver blocks nobody but itself.
    function test_attack_08_blockedHolderBlocksNobodyElse() external {
        running();
        hostile.setMood(HostileCurrency.Mood.Blocklist);
        hostile.block_(clients[0]);
        vm.expectRevert(SafeTransferLib.TransferFailed.selector);
        claim(0, clients[0]);
        assertTrue(claim(1, clients[1]) != 0, "others are paid");
        playRound(POT, defaultShares());
        vm.prank(clients[0]);
        scenario.setReceiver(investor);
        assertTrue(claim(0, clients[0]) != 0, "and it can name another receiver");
    }
}

contract ReentrancyTest is HostileFederation {
    bytes4 private constant LOCKED = ErrorsLib.Locked.selector;

    uint256 private constant OUTER = 14;

    /// @dev Every function that moves value or quotes a price, of the Scenario; the last is the pool's alone.
    function _scenarioCalls() private view returns (bytes[] memory calls) {
        calls = new bytes[](14);
        calls[0] = abi.encodeCall(scenario.claim, (one(0), clients[0]));
        calls[1] = abi.encodeCall(scenario.fundRound, (2, 1));
        calls[2] = abi.encodeCall(scenario.finalize, (2, defaultShares(), 100));
        calls[3] = abi.encodeCall(scenario.voidRound, (2));
        calls[4] = abi.encodeCall(scenario.close, ());
        calls[5] = abi.encodeCall(scenario.openMarket, ());
        calls[6] = abi.encodeCall(scenario.assertRound, (2, keccak256("x"), 0, 0));
        calls[7] = abi.encodeCall(scenario.register, ("x", keccak256("x"), BINDING));
        calls[8] = abi.encodeCall(scenario.dispute, (2, 0));
        calls[9] = abi.encodeCall(scenario.resolve, (2, false));
        calls[10] = abi.encodeCall(scenario.withdrawBond, ());
        calls[11] = abi.encodeCall(scenario.listClient, ());
        calls[12] = abi.encodeCall(scenario.delistClient, (0));
        calls[13] = abi.encodeCall(scenario.drawPool, ());
    }

    function _poolCalls() private view returns (bytes[] memory calls) {
        (address c, address t, uint256 d) = (address(currency), address(tokens[0]), block.timestamp);
        calls = new bytes[](12);
        calls[0] = abi.encodeCall(pool.swapExactIn, (c, t, 1e18, 0, investor, d));
        calls[1] = abi.encodeCall(pool.swapExactOut, (c, t, 1e18, 1e30, investor, d));
        calls[2] = abi.encodeCall(pool.joinProportional, (1e18, limits(1e30), investor, d));
        calls[3] = abi.encodeCall(pool.exitProportional, (1e18, limits(0), investor, d));
        calls[4] = abi.encodeCall(pool.joinSingle, (c, 1e18, 0, investor, d));
        calls[5] = abi.encodeCall(pool.exitSingle, (c, 1e18, 0, investor, d));
        calls[6] = abi.encodeCall(pool.claimLp, (provider));
        calls[7] = abi.encodeCall(pool.quoteExactIn, (c, t, 1e18));
        calls[8] = abi.encodeCall(pool.quoteExactOut, (c, t, 1e18));
        calls[9] = abi.encodeCall(pool.quoteJoinSingle, (c, 1e18));
        calls[10] = abi.encodeCall(pool.quoteExitSingle, (c, 1e18));
        calls[11] = abi.encodeCall(pool.spotPrice, (t));
    }

    /// @dev What a user may be doing when the currency calls back: each moves currency.
    function _outer(uint256 i) private {
        if (i == 0) claim(1, clients[1]);
        else if (i == 1) fundRound(2, 1e18);
        else if (i == 2) swapIn(investor, address(currency), address(tokens[0]), 1e18);
        else if (i == 3) swapIn(investor, address(tokens[0]), address(currency), 1e18);
        else if (i == 4) swapOut(investor, address(currency), address(tokens[1]), 1e18);
        else if (i == 5) pool.claimLp(provider);
        else if (i < 10) _liquidity(i);
        else _bonds(i);
    }

    function _liquidity(uint256 i) private {
        for (uint256 k = 0; k < 2; ++k) {
            vm.prank(clients[k]);
            tokens[k].transfer(provider, 1_000e18);
        }
        vm.startPrank(provider);
        if (i == 6) pool.exitProportional(1e18, limits(0), provider, block.timestamp);
        else if (i == 7) pool.joinProportional(1e18, limits(type(uint256).max), provider, block.timestamp);
        else if (i == 8) pool.joinSingle(address(currency), 1e18, 0, provider, block.timestamp);
        else pool.exitSingle(address(currency), 1e18, 0, provider, block.timestamp);
        vm.stopPrank();
    }

    /// @dev Staking an assertion, a dispute of it, a bond that is free again, and the end.
    function _bonds(uint256 i) private {
        HostileCurrency.Mood mood = hostile.mood();
        hostile.setMood(HostileCurrency.Mood.Honest);
        // The bond of round 1 is free again, and would pay for the next one without any transfer.
        if (i == 10) _withdraw();
        else if (i == 11) assertRound(2, defaultShares());
        else if (i == 13) _closeEarly();
        hostile.setMood(mood);
        if (i == 10) assertRound(2, defaultShares());
        else if (i == 11) _dispute();
        else if (i == 12) _withdraw();
        else scenario.close();
    }

    function _dispute() private {
        vm.prank(investor);
        scenario.dispute(2, 0);
    }

    function _withdraw() private {
        vm.prank(federator);
        scenario.withdrawBond();
    }

    /// @dev Voids every round that is left, with a pot in the last.
    function _closeEarly() private {
        fundRound(8, 5e18);
        for (uint32 r = 2; r <= 8; ++r) {
            vm.prank(federator);
            scenario.voidRound(r);
        }
    }

    /// Attack 7 and 50: from inside any call, no other starts and no price is told, whatever the order.
    function test_attack_07_50_nothingStartsInsideACall() external {
        running();
        (bytes[] memory ours, bytes[] memory pools) = (_scenarioCalls(), _poolCalls());
        hostile.setMood(HostileCurrency.Mood.Reenters);
        for (uint256 outer = 0; outer < OUTER; ++outer) {
            for (uint256 inner = 0; inner < ours.length; ++inner) {
                // To a stranger the pool's door is shut before the lock is asked.
                bytes4 reason = inner == ours.length - 1 ? ErrorsLib.NotPool.selector : LOCKED;
                _refuses(outer, address(scenario), ours[inner], reason);
            }
            for (uint256 inner = 0; inner < pools.length; ++inner) {
                _refuses(outer, address(pool), pools[inner], LOCKED);
            }
        }
    }

    function _refuses(uint256 outer, address target, bytes memory call_, bytes4 reason) private {
        uint256 state = vm.snapshotState();
        hostile.setCall(target, call_);
        _outer(outer);
        assertTrue(!hostile.reentered(), "an inner call went through");
        assertTrue(bytes4(hostile.lastRevert()) == reason, "refused by the lock");
        vm.revertToState(state);
    }

    /// Attack 50: while the market opens, nothing starts either.
    function test_attack_50_nothingStartsWhileTheMarketOpens() external {
        begin();
        hostile.setMood(HostileCurrency.Mood.Reenters);
        hostile.setCall(address(scenario), abi.encodeCall(scenario.openMarket, ()));
        openMarket();
        assertTrue(!hostile.reentered(), "refused");
        assertTrue(bytes4(hostile.lastRevert()) == LOCKED, "by the lock");
    }

    /// Attack 50: the same calls work outside, so the test above does not pass for another reason.
    function test_attack_50_theyWorkOutside() external {
        running();
        for (uint256 outer = 0; outer < OUTER; ++outer) {
            uint256 state = vm.snapshotState();
            _outer(outer);
            vm.revertToState(state);
        }
    }

    /// Moves of tokens and shares inside a call keep the ledger right: they take no lock.
    function test_attack_50_tokenMovesInsideACallKeepTheLedger() external {
        running();
        vm.prank(clients[0]);
        tokens[0].approve(address(hostile), type(uint256).max);
        hostile.setMood(HostileCurrency.Mood.Reenters);
        bytes memory move = abi.encodeCall(tokens[0].transferFrom, (clients[0], investor, 1_000e18));
        hostile.setCall(address(tokens[0]), move);
        uint256 owed = scenario.owed(0, clients[0]) + scenario.owed(0, investor) + scenario.poolOwed();
        swapIn(investor, address(currency), address(tokens[0]), 1e18);
        assertTrue(hostile.reentered(), "moved");
        assertNear(
            scenario.owed(0, clients[0]) + scenario.owed(0, investor) + scenario.poolOwed(), owed, 1, "nobody gained or lost"
        );
        // Not into the pool, though: only the pool takes tokens.
        hostile.setCall(address(tokens[0]), abi.encodeCall(tokens[0].transferFrom, (clients[0], address(pool), 1)));
        swapIn(investor, address(currency), address(tokens[0]), 1e18);
        assertTrue(!hostile.reentered(), "refused");
    }
}
