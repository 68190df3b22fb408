// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMeanPool, Opening} from "../../interfaces/IMeanPool.sol";
import {IScenario} from "../../interfaces/IScenario.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

contract MeanPoolOpenTest is Federation {
    address private constant DEAD = 0x000000000000000000000000000000000000dEaD;

    function test_open_splitsTheSharesByWeight() external {
        createFederation(4);
        closeRegistration();
        assertTrue(!pool.isOpen(), "closed");
        assertEq(pool.tokens().length, 0, "no tokens yet");
        vm.expectEmit(address(scenario));
        emit IScenario.MarketOpened(provider, 10_000e18, 20_000e18);
        vm.prank(provider);
        assertEq(scenario.openMarket(), 20_000e18, "all shares");
        assertTrue(pool.isOpen(), "open");
        assertEq(pool.totalSupply(), 20_000e18, "supply");
        assertEq(pool.balanceOf(DEAD), 1e6, "locked");
        assertEq(pool.balanceOf(provider), 10_000e18 - 1e6, "the currency's half");
        for (uint256 i = 0; i < 4; ++i) {
            assertEq(pool.balanceOf(clients[i]), 2_500e18, "an eighth each");
        }
    }

    function test_open_listsEverything() external {
        start(3);
        address[] memory list = pool.tokens();
        uint256[] memory balances = pool.balances();
        uint256[] memory weights = pool.weights();
        assertEq(list.length, 4, "tokens");
        assertEq(list[0], address(currency), "currency first");
        assertEq(list[2], address(tokens[1]), "client 1");
        assertEq(balances[0], 10_000e18, "currency");
        assertEq(balances[1], 200_000e18, "client");
        assertEq(weights[0] + weights[1] + weights[2] + weights[3], 1e18, "weights sum to one");
        assertEq(weights[1], weights[3], "clients alike");
        assertEq(pool.spotPrice(address(currency)), 1e18, "price of the currency");
        assertNear(pool.spotPrice(address(tokens[0])), 10_000e18 / uint256(600_000), 1, "price of a client token");
        assertEq(pool.name(), "fednode liquidity", "name");
        assertEq(pool.symbol(), "FNLP", "symbol");
    }

    /// Attack 52: a pool is opened by its Scenario, once.
    function test_attack_52_open_revertsWhenNotScenarioOrTwice() external {
        start(2);
        Opening memory o;
        o.tokens = new address[](2);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotScenario.selector, address(this)));
        pool.open(o);
        vm.prank(address(scenario));
        vm.expectRevert(ErrorsLib.AlreadyInitialized.selector);
        pool.open(o);
    }
}

contract MeanPoolSwapTest is Federation {
    function setUp() external {
        start(2);
    }

    function _in(address tokenIn, address tokenOut, uint256 amount, bytes memory reason) private {
        vm.prank(investor);
        vm.expectRevert(reason);
        pool.swapExactIn(tokenIn, tokenOut, amount, 0, investor, block.timestamp);
    }

    function test_swapExactIn_paysTheQuote() external {
        uint256 quote = pool.quoteExactIn(address(currency), address(tokens[0]), 100e18);
        vm.expectEmit(address(pool));
        emit IMeanPool.Swapped(investor, address(currency), address(tokens[0]), 100e18, quote, provider);
        vm.prank(investor);
        uint256 out = pool.swapExactIn(address(currency), address(tokens[0]), 100e18, quote, provider, block.timestamp);
        assertEq(out, quote, "out");
        assertEq(tokens[0].balanceOf(provider), quote, "received");
        assertEq(pool.balances()[0], 10_100e18, "currency");
        assertEq(pool.balances()[1], 200_000e18 - quote, "token");
        assertTrue(pool.spotPrice(address(tokens[0])) > pool.spotPrice(address(tokens[1])), "price rose");
    }

    function test_swapExactOut_takesTheQuote() external {
        uint256 quote = pool.quoteExactOut(address(currency), address(tokens[0]), 100e18);
        uint256 before = currency.balanceOf(investor);
        vm.prank(investor);
        uint256 paid = pool.swapExactOut(address(currency), address(tokens[0]), 100e18, quote, investor, block.timestamp);
        assertEq(paid, quote, "in");
        assertEq(before - currency.balanceOf(investor), quote, "paid");
        assertEq(tokens[0].balanceOf(investor), 100e18, "received");
    }

    function test_swap_betweenClients() external {
        swapIn(investor, address(currency), address(tokens[0]), 100e18);
        uint256 out = swapIn(investor, address(tokens[0]), address(tokens[1]), 1_000e18);
        assertEq(tokens[1].balanceOf(investor), out, "received");
    }

    /// Attack 9: a sandwiched user is protected by his limits and his deadline.
    function test_attack_09_limitsAndDeadline() external {
        uint256 quote = pool.quoteExactIn(address(currency), address(tokens[0]), 100e18);
        swapIn(provider, address(currency), address(tokens[0]), 500e18);
        uint256 now_ = pool.quoteExactIn(address(currency), address(tokens[0]), 100e18);
        vm.startPrank(investor);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.OutBelowMin.selector, now_, quote));
        pool.swapExactIn(address(currency), address(tokens[0]), 100e18, quote, investor, block.timestamp);
        uint256 cost = pool.quoteExactOut(address(currency), address(tokens[0]), 100e18);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InAboveMax.selector, cost, cost - 1));
        pool.swapExactOut(address(currency), address(tokens[0]), 100e18, cost - 1, investor, block.timestamp);
        bytes memory late = abi.encodeWithSelector(ErrorsLib.DeadlinePassed.selector, block.timestamp - 1);
        vm.expectRevert(late);
        pool.swapExactIn(address(currency), address(tokens[0]), 100e18, 0, investor, block.timestamp - 1);
        vm.expectRevert(late);
        pool.swapExactOut(address(currency), address(tokens[0]), 1e18, cost, investor, block.timestamp - 1);
        vm.expectRevert(late);
        pool.joinProportional(1e18, limits(type(uint256).max), investor, block.timestamp - 1);
        vm.expectRevert(late);
        pool.exitProportional(1e18, limits(0), investor, block.timestamp - 1);
        vm.stopPrank();
    }

    function test_swap_revertsForUnknownOrSameTokens() external {
        _in(address(this), address(currency), 1e18, abi.encodeWithSelector(ErrorsLib.UnknownToken.selector, address(this)));
        _in(address(currency), address(pool), 1e18, abi.encodeWithSelector(ErrorsLib.UnknownToken.selector, address(pool)));
        bytes memory same = abi.encodeWithSelector(ErrorsLib.SameToken.selector, address(currency));
        _in(address(currency), address(currency), 1e18, same);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.UnknownToken.selector, address(this)));
        pool.spotPrice(address(this));
    }

    function test_swap_revertsOutsideTheTradeLimits() external {
        address token = address(tokens[0]);
        _in(address(currency), token, 1e6 - 1, abi.encodeWithSelector(ErrorsLib.AmountTooSmall.selector, 1e6 - 1, 1e6));
        bytes memory above = abi.encodeWithSelector(ErrorsLib.AmountAboveLimit.selector, 3_000e18 + 1, 3_000e18);
        _in(address(currency), token, 3_000e18 + 1, above);
        vm.startPrank(investor);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.AmountTooSmall.selector, 1e6 - 1, 1e6));
        pool.swapExactOut(address(currency), token, 1e6 - 1, type(uint256).max, investor, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.AmountAboveLimit.selector, 60_000e18 + 1, 60_000e18));
        pool.swapExactOut(address(currency), token, 60_000e18 + 1, type(uint256).max, investor, block.timestamp);
        vm.stopPrank();
    }

    /// The weights are apart, so one side can be within its limit and the other above.
    function test_swap_revertsWhenTheOtherSideIsOutsideTheTradeLimits() external {
        address token = address(tokens[0]);
        bytes4 above = ErrorsLib.AmountAboveLimit.selector;
        bytes memory exactIn = abi.encodeCall(pool.quoteExactIn, (address(currency), token, 2_900e18));
        (bool ok, bytes memory reason) = address(pool).staticcall(exactIn);
        assertTrue(!ok && bytes4(reason) == above, "out above");
        bytes memory exactOut = abi.encodeCall(pool.quoteExactOut, (token, address(currency), 2_900e18));
        (ok, reason) = address(pool).staticcall(exactOut);
        assertTrue(!ok && bytes4(reason) == above, "in above");
    }

    function test_swap_revertsForRecipientsOfTheFamily() external {
        address[3] memory refused = [address(0), address(pool), address(scenario)];
        vm.startPrank(investor);
        for (uint256 i = 0; i < 3; ++i) {
            bytes memory reason = abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, refused[i]);
            vm.expectRevert(reason);
            pool.swapExactIn(address(currency), address(tokens[0]), 1e18, 0, refused[i], block.timestamp);
            vm.expectRevert(reason);
            pool.swapExactOut(address(currency), address(tokens[0]), 1e18, 1e18, refused[i], block.timestamp);
            vm.expectRevert(reason);
            pool.joinProportional(1e18, limits(type(uint256).max), refused[i], block.timestamp);
            vm.expectRevert(reason);
            pool.exitProportional(1e18, limits(0), refused[i], block.timestamp);
        }
        vm.stopPrank();
    }

    function test_swap_revertsBelowTheFloor() external {
        address[5] memory owners = [provider, clients[0], clients[1], investor, federator];
        for (uint256 i = 0; i < owners.length; ++i) {
            uint256 shares = pool.balanceOf(owners[i]);
            if (shares == 0) continue;
            vm.prank(owners[i]);
            pool.exitProportional(shares, limits(0), owners[i], block.timestamp);
        }
        assertEq(pool.totalSupply(), 1e6, "only the locked shares are left");
        uint256 left = pool.balances()[1];
        assertLt(left, 2e14, "a drained pool");
        vm.prank(clients[0]);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.BalanceBelowFloor.selector, address(tokens[0]), left, 200_000e9));
        pool.swapExactIn(address(tokens[0]), address(tokens[1]), left * 3 / 10, 0, clients[0], block.timestamp);
        // It trades again once somebody has joined.
        vm.prank(provider);
        pool.joinProportional(1e18, limits(type(uint256).max), provider, block.timestamp);
        swapIn(investor, address(currency), address(tokens[0]), 1e16);
    }

    function test_swap_revertsBeforeTheMarketOpens() external {
        delete tokens;
        delete clients;
        createFederation(2);
        closeRegistration();
        _in(address(currency), address(tokens[0]), 1e18, abi.encodeWithSelector(ErrorsLib.MarketNotOpen.selector));
        vm.expectRevert(ErrorsLib.MarketNotOpen.selector);
        pool.joinProportional(1, new uint256[](0), investor, block.timestamp);
        vm.expectRevert(ErrorsLib.MarketNotOpen.selector);
        pool.exitProportional(1, new uint256[](0), investor, block.timestamp);
        vm.expectRevert(ErrorsLib.MarketNotOpen.selector);
        pool.spotPrice(address(currency));
    }
}
