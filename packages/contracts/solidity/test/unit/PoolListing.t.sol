// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {IMeanPool, Opening} from "../../interfaces/IMeanPool.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {PoolHarness} from "../base/PoolHarness.sol";
import {PoolTrader} from "../base/PoolTrader.sol";

/// @notice What the Scenario tells its pool: who is in it, with what weight. A harness plays the Scenario.
contract PoolListingTest is PoolTrader {
    uint256 private constant FEE = 0.003e18;
    uint256 private constant LATE = 4;

    /// @dev Issuance 1, 2 and 5: weights of a sixteenth, an eighth and five sixteenths beside the currency's half.
    function _openWeighted() private {
        harness = new PoolHarness(3);
        harness.setIssuance(1, 2);
        harness.setIssuance(2, 5);
        openWith(FEE, 0.5e18, 8_000e18, 1_000e18);
    }

    function _sum(uint256[] memory list) private pure returns (uint256 sum) {
        for (uint256 k = 0; k < list.length; ++k) {
            sum += list[k];
        }
    }

    function test_open_weighsTokensByIssuance() external {
        _openWeighted();
        uint256[4] memory expected = [uint256(0.5e18), 0.0625e18, 0.125e18, 0.3125e18];
        uint256 supply = pool.totalSupply();
        assertEq(supply, 16_000e18, "shares");
        for (uint256 k = 0; k < 4; ++k) {
            assertEq(pool.weights()[k], expected[k], "weight");
        }
        for (uint256 i = 0; i < 3; ++i) {
            assertEq(pool.spotPrice(address(token(i))), 1e18, "all open at the same price");
        }
        assertEq(pool.balances()[3], 5_000e18, "five times the tokens");
    }

    function test_open_givesWhatDivisionsLeaveToTheCurrency() external {
        harness = new PoolHarness(3);
        harness.setIssuance(0, 3);
        harness.setIssuance(1, 2);
        harness.setIssuance(2, 2);
        openWith(FEE, 0.2e18, 8_000e18, 1_000e18);
        uint256[] memory weights = pool.weights();
        assertEq(weights[1], uint256(0.8e18) * 3 / 7, "three sevenths");
        assertEq(weights[2], uint256(0.8e18) * 2 / 7, "two sevenths");
        assertTrue(weights[0] > 0.2e18, "the rest");
        assertEq(_sum(weights), 1e18, "all of it");
    }

    /// Every division of the opening leaves something: shares and weights are rounded down, the rest is the currency's.
    function test_open_roundsSharesDown() external {
        harness = new PoolHarness(3);
        harness.setIssuance(0, 3);
        address[3] memory owners = [account("a"), account("b"), account("c")];
        for (uint256 i = 0; i < 3; ++i) {
            harness.setController(i, owners[i]);
        }
        openWith(FEE, 0.35e18, 1e22 + 1, 1e21 + 7);
        uint256 supply = pool.totalSupply();
        assertEq(supply, uint256(1e22 + 1) * 1e18 / 0.35e18, "shares");
        uint256 sum;
        uint256[3] memory issuances = [uint256(3), 1, 1];
        for (uint256 i = 0; i < 3; ++i) {
            uint256 expected = supply * (uint256(0.65e18) * issuances[i] / 5) / 1e18;
            assertEq(pool.balanceOf(owners[i]), expected, "a controller's part");
            sum += expected;
        }
        assertEq(pool.balanceOf(address(this)), supply - sum - 1e6, "the opener's part");
    }

    function test_spotPrice_isRoundedDown() external {
        _openWeighted();
        trade(CURRENCY, 0, 333e18 + 1);
        uint256[] memory b = pool.balances();
        uint256[] memory w = pool.weights();
        uint256 numerator = b[0] * w[1] * 1e18;
        assertTrue(numerator % (b[1] * w[0]) != 0, "rounded");
        assertEq(pool.spotPrice(address(token(0))), numerator / (b[1] * w[0]), "price");
    }

    function test_list_roundsWeightsDown() external {
        harness = new PoolHarness(3);
        harness.setIssuance(0, 7);
        harness.setIssuance(1, 2);
        harness.setIssuance(2, 2);
        openWith(FEE, 0.5e18, 8_000e18, 1_000e18);
        uint256 first = pool.weights()[1];
        uint256 second = pool.weights()[2];
        harness.list(3_000e18, 3);
        uint256 grown = first * 3 / 7;
        assertTrue(first * 3 % 7 != 0, "rounded");
        uint256 weight = grown * 1e18 / (1e18 + grown);
        assertEq(pool.weights()[4], weight, "the new token's");
        assertEq(pool.weights()[1], first * (1e18 - weight) / 1e18, "the first one's");
        assertEq(pool.weights()[2], second * (1e18 - weight) / 1e18, "the second one's");
    }

    function test_list_weighsByIssuanceAndKeepsEverythingElse() external {
        _openWeighted();
        trade(CURRENCY, 0, 500e18);
        trade(1, 2, 300e18);
        uint256 supply = pool.totalSupply();
        uint256[] memory weights = pool.weights();
        uint256[] memory balances = pool.balances();
        uint256[3] memory prices;
        for (uint256 i = 0; i < 3; ++i) {
            prices[i] = pool.spotPrice(address(token(i)));
        }
        harness.list(3_000e18, 3);
        assertEq(pool.totalSupply(), supply, "nobody gets shares");
        assertEq(pool.listedClients(), 4, "one client more");
        assertEq(pool.tokens()[4], address(token(LATE)), "last in order");
        assertEq(pool.balances()[4], 3_000e18, "its tokens");
        // 1/16 per issuance: 3/16 beside 16/16.
        assertEq(pool.weights()[4], uint256(3e18) / 19, "its weight");
        assertEq(_sum(pool.weights()), 1e18, "weights sum to one");
        for (uint256 k = 0; k < 4; ++k) {
            assertEq(pool.balances()[k], balances[k], "balance");
            assertNear(pool.weights()[k], weights[k] * 16 / 19, 4, "all shrink alike");
        }
        for (uint256 i = 0; i < 3; ++i) {
            assertNear(pool.spotPrice(address(token(i))), prices[i], prices[i] / 1e15 + 1, "price");
        }
    }

    /// Attack 6: joins and exits before a listing do not change what the newcomer's tokens cost.
    function test_attack_06_listingPriceDoesNotGrowWithThePool() external {
        _openWeighted();
        uint256 price = pool.spotPrice(address(token(0)));
        joinAll(pool.totalSupply() * 3);
        harness.list(1_000e18, 1);
        assertNear(pool.spotPrice(address(token(LATE))), price, price / 1e14, "after joins");
        // A sixteenth, of four times as much: 1/64 beside 64/64.
        assertEq(pool.weights()[4], uint256(1e18) / 65, "its weight");
    }

    function test_attack_06_listingPriceDoesNotFallWithThePool() external {
        _openWeighted();
        uint256 price = pool.spotPrice(address(token(0)));
        pool.exitProportional(pool.totalSupply() / 2, noMin(), address(this), block.timestamp);
        harness.list(1_000e18, 1);
        assertNear(pool.spotPrice(address(token(LATE))), price, price / 1e14, "after exits");
    }

    function test_list_leavesExitsAsTheyWere() external {
        _openWeighted();
        trade(CURRENCY, 0, 500e18);
        uint256 shares = pool.balanceOf(address(this));
        uint256 state = vm.snapshotState();
        uint256[] memory before = pool.exitProportional(shares, noMin(), address(this), block.timestamp);
        vm.revertToState(state);
        harness.list(3_000e18, 3);
        uint256[] memory now_ = pool.exitProportional(shares, noMin(), address(this), block.timestamp);
        for (uint256 k = 0; k < 4; ++k) {
            assertEq(now_[k], before[k], "to the wei");
        }
        assertTrue(now_[4] != 0, "and its part of the new token");
    }

    function test_list_emitsAllWeights() external {
        _openWeighted();
        uint256[] memory weights = new uint256[](5);
        (weights[1], weights[2], weights[3]) = (uint256(1e18) / 17, uint256(2e18) / 17, uint256(5e18) / 17);
        weights[4] = uint256(1e18) / 17;
        weights[0] = 1e18 - weights[1] - weights[2] - weights[3] - weights[4];
        vm.expectEmit(address(pool));
        emit IMeanPool.Listed(address(token(LATE)), 1_000e18, weights);
        harness.list(1_000e18, 1);
    }

    function test_list_isTradedAtOnce() external {
        _openWeighted();
        harness.list(1_000e18, 1);
        assertNear(pool.spotPrice(address(token(LATE))), 1e18, 2e3, "opens at the opening's price");
        assertTrue(trade(CURRENCY, LATE, 10e18) != 0, "bought");
        assertTrue(trade(LATE, 1, 5e18) != 0, "sold");
        assertTrue(joinWith(LATE, 5e18) != 0, "joined with");
        harness.list(1_000e18, 1);
        assertEq(pool.listedClients(), 5, "and another one");
    }

    function _listFails(uint256 issuance) private {
        (bool ok, bytes memory reason) = address(harness).call(abi.encodeCall(harness.list, (1_000e18, issuance)));
        assertTrue(!ok && bytes4(reason) == ErrorsLib.WeightOutOfRange.selector, "out of bounds");
    }

    function _openFive(uint256 currencyWeight, uint256[5] memory issuances) private {
        harness = new PoolHarness(5);
        for (uint256 i = 0; i < 5; ++i) {
            harness.setIssuance(i, issuances[i]);
        }
        openWith(FEE, currencyWeight, 8_000e18, 1_000e18);
    }

    function test_list_keepsTheCurrencyAtAFifth() external {
        open(FEE, 0.25e18, 8_000e18, 1_000e18);
        harness.list(1_000e18, 1);
        assertEq(pool.weights()[0], 0.2e18, "just a fifth");
        vm.expectRevert(
            abi.encodeWithSelector(ErrorsLib.WeightOutOfRange.selector, address(token(CURRENCY)), 166_666_666_666_666_670)
        );
        harness.list(1_000e18, 1);
    }

    function test_list_keepsEveryClientAtAQuarterPercent() external {
        // The smallest has 0.26 %, and would have 0.245 % beside a newcomer of 24 times its issuance.
        _openFive(0.25e18, [uint256(1), 72, 72, 72, 71]);
        address smallest = address(token(0));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WeightOutOfRange.selector, smallest, 2_450_980_392_156_862));
        harness.list(1_000e18, 24);
        harness.list(1_000e18, 1);
    }

    function test_list_keepsEveryRatioAtAHundred() external {
        harness = new PoolHarness(2);
        harness.setIssuance(1, 80);
        openWith(FEE, 0.5e18, 8_000e18, 1_000e18);
        _listFails(101);
        harness.list(1_000e18, 99);
    }

    function test_list_allowsJustItsBounds() external {
        // 0.3125 % and 31.25 %: beside a newcomer of a fifth they are 0.25 % and 25 %.
        _openFive(0.3125e18, [uint256(1), 55, 55, 55, 54]);
        _listFails(81);
        harness.list(1_000e18, 80);
        assertEq(pool.weights()[1], 0.0025e18, "a quarter percent");
        assertEq(pool.weights()[0], 0.25e18, "a hundred times that");
    }

    /// T58: a token that anybody else made is never listed.
    function test_attack_52_onlyTheScenarioListsAndDelists() external {
        _openWeighted();
        bytes memory reason = abi.encodeWithSelector(ErrorsLib.NotScenario.selector, trader);
        Opening memory o;
        vm.startPrank(trader);
        vm.expectRevert(reason);
        pool.open(o);
        vm.expectRevert(reason);
        pool.listToken(address(token(LATE)), 1e18, 1, 1);
        vm.expectRevert(reason);
        pool.delistToken(address(token(0)));
        vm.stopPrank();
    }

    function test_list_revertsBeforeTheMarketOpens() external {
        harness = new PoolHarness(3);
        harness.prepare(implementation, FEE);
        vm.expectRevert(ErrorsLib.MarketNotOpen.selector);
        harness.list(1e18, 1);
        vm.expectRevert(ErrorsLib.MarketNotOpen.selector);
        harness.delist(0);
    }

    function test_delist_stopsSalesAndNothingElse() external {
        _openWeighted();
        trade(CURRENCY, 0, 100e18);
        address gone = address(token(0));
        vm.expectEmit(address(pool));
        emit IMeanPool.Delisted(gone);
        harness.delist(0);
        assertTrue(pool.isDelisted(gone) && !pool.isDelisted(address(token(1))), "told");
        bytes memory reason = abi.encodeWithSelector(ErrorsLib.TokenDelisted.selector, gone);
        vm.startPrank(trader);
        vm.expectRevert(reason);
        pool.swapExactIn(address(token(1)), gone, 1e18, 0, trader, block.timestamp);
        vm.expectRevert(reason);
        pool.swapExactOut(address(token(1)), gone, 1e18, 1e40, trader, block.timestamp);
        vm.expectRevert(reason);
        pool.joinSingle(gone, 1e18, 0, trader, block.timestamp);
        vm.stopPrank();
        vm.expectRevert(reason);
        pool.exitSingle(gone, 1e18, 0, address(this), block.timestamp);
        assertTrue(trade(0, CURRENCY, 1e18) != 0, "the pool still buys it");
        assertTrue(pool.spotPrice(gone) != 0, "and prices it");
        assertTrue(joinAll(1e18)[1] != 0 && exitAll(1e18)[1] != 0, "in proportion it comes and goes");
        assertTrue(pool.isDelisted(gone), "for ever");
    }

    function test_delist_revertsTwiceOrForUnknownTokens() external {
        _openWeighted();
        harness.delist(0);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.TokenDelisted.selector, address(token(0))));
        harness.delist(0);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.UnknownToken.selector, address(token(LATE))));
        harness.delist(LATE);
    }

    /// A delisted token keeps its place and its weight when another one is listed.
    function test_list_keepsADelistedTokenDelisted() external {
        _openWeighted();
        harness.delist(1);
        harness.list(1_000e18, 1);
        assertTrue(pool.isDelisted(address(token(1))), "delisted");
        assertEq(pool.weights()[2], uint256(2e18) / 17, "weight");
        assertEq(balance(1), 2_000e18, "balance");
    }

    /// The pause of the guardian never keeps anybody's money in.
    function test_pause_stopsTradesAndNotTheWayOut() external {
        _openWeighted();
        joinAll(10e18);
        uint64 until = uint64(block.timestamp + 1);
        harness.setPaused(until);
        bytes memory reason = abi.encodeWithSelector(ErrorsLib.Paused.selector, until);
        (address a, address b) = (address(token(0)), address(token(1)));
        uint256[] memory max = noMax();
        vm.startPrank(trader);
        vm.expectRevert(reason);
        pool.swapExactIn(a, b, 1e18, 0, trader, block.timestamp);
        vm.expectRevert(reason);
        pool.swapExactOut(a, b, 1e18, 1e40, trader, block.timestamp);
        vm.expectRevert(reason);
        pool.joinSingle(a, 1e18, 0, trader, block.timestamp);
        vm.expectRevert(reason);
        pool.exitSingle(a, 1e18, 0, trader, block.timestamp);
        vm.expectRevert(reason);
        pool.joinProportional(1e18, max, trader, block.timestamp);
        pool.claimLp(trader);
        pool.transfer(address(this), 1e18);
        vm.stopPrank();
        assertTrue(exitAll(9e18)[0] != 0, "out in proportion");
    }

    /// No trade takes a token below its floor, a billionth of its seed.
    function test_trades_stopAtTheFloor() external {
        // Five wei more make the floor no higher.
        open(0, 0.25e18, 1e20, 1e27 + 5);
        uint256 floor = 1e18;
        while (trade(CURRENCY, 0, balance(CURRENCY) * 29 / 100) != 0) {}
        uint256 left = balance(0);
        assertTrue(left >= floor, "not below");
        uint256 amount = left - floor + 1;
        assertLe(amount, left * 3 / 10, "near the floor");
        bytes memory reason = abi.encodeWithSelector(ErrorsLib.BalanceBelowFloor.selector, address(token(0)), floor - 1, floor);
        vm.startPrank(trader);
        vm.expectRevert(reason);
        pool.swapExactOut(address(token(1)), address(token(0)), amount, 1e40, trader, block.timestamp);
        pool.swapExactOut(address(token(1)), address(token(0)), amount - 1, 1e40, trader, block.timestamp);
        vm.stopPrank();
        assertEq(balance(0), floor, "down to it");
        (bool ok, bytes memory told) =
            address(pool).staticcall(abi.encodeCall(pool.quoteExitSingle, (address(token(0)), pool.totalSupply() / 1e6)));
        assertTrue(!ok && bytes4(told) == ErrorsLib.BalanceBelowFloor.selector, "no exit below it either");
    }

    /// Shares are counted with 112 bits, so that dividends of a share never overflow.
    function test_join_revertsWhenThereWouldBeTooManyShares() external {
        open(0, 0.5e18, 1e24, 1e24);
        joinAll((1 << 112) - 1 - pool.totalSupply());
        uint256[] memory max = noMax();
        vm.startPrank(trader);
        vm.expectRevert(SafeCastLib.Overflow.selector);
        pool.joinProportional(1, max, trader, block.timestamp);
        vm.expectRevert(SafeCastLib.Overflow.selector);
        pool.joinSingle(address(token(0)), 1e30, 0, trader, block.timestamp);
        vm.stopPrank();
        exitAll(pool.balanceOf(trader));
        assertLe(pool.totalSupply(), 2e24, "out again");
    }

    /// As much as a pool takes, but less than a unit of the power: what computes to nothing is refused.
    function test_joinSingle_revertsWhenNoShareComesOut() external {
        open(0, 0.5e18, 1e24, 1e24);
        vm.prank(trader);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        pool.joinSingle(address(token(CURRENCY)), 1e6, 0, trader, block.timestamp);
    }

    /// Attack 7: what a pool in the middle of a call would tell is not told.
    function test_attack_07_quotesAreRefusedWhileLocked() external {
        _openWeighted();
        harness.hold();
        (address a, address b) = (address(token(0)), address(token(1)));
        bytes[5] memory calls = [
            abi.encodeCall(pool.quoteExactIn, (a, b, 1e18)),
            abi.encodeCall(pool.quoteExactOut, (a, b, 1e18)),
            abi.encodeCall(pool.quoteJoinSingle, (a, 1e18)),
            abi.encodeCall(pool.quoteExitSingle, (a, 1e18)),
            abi.encodeCall(pool.spotPrice, (a))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool ok, bytes memory reason) = address(pool).staticcall(calls[i]);
            assertTrue(!ok && bytes4(reason) == ErrorsLib.Locked.selector, "locked");
        }
        harness.giveBack();
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool ok,) = address(pool).staticcall(calls[i]);
            assertTrue(ok, "and told again afterwards");
        }
    }
}
