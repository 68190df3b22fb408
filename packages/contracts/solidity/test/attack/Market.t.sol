// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

/// @notice Attacks 6, 9 and 12 of CONTRACTS.md 3: listing at once, trading around others, trusting a price that a trade can move.
contract MarketAttackTest is Federation {
    function setUp() external {
        start(3);
    }

    /// Attack 6: the federator lets in a silo of its own, to sell its tokens to the pool. It can end rounds at will, but LPs who see the
    /// registration have a challenge window to leave, with all that they had.
    function test_attack_06_lpsLeaveBeforeTheFederatorListsItsOwnSilo() external {
        uint256 shares = pool.balanceOf(provider);
        uint256 due = currency.balanceOf(address(pool)) * shares / pool.totalSupply();
        _admit(3);
        vm.startPrank(federator);
        vm.expectRevert(ErrorsLib.NothingToList.selector);
        scenario.listClient();
        scenario.voidRound(1);
        uint256 until = block.timestamp + CHALLENGE;
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.ChallengeWindowRunning.selector, until));
        scenario.listClient();
        vm.stopPrank();
        vm.warp(until - 1);
        vm.prank(provider);
        uint256[] memory out = pool.exitProportional(shares, new uint256[](4), provider, block.timestamp);
        assertNear(out[0], due, 1, "its part of the currency");
        vm.warp(until);
        vm.prank(federator);
        scenario.listClient();
        approveToken(clients[3], 3);
        swapIn(clients[3], address(tokens[3]), address(currency), 60_000e18);
        assertTrue(currency.balanceOf(clients[3]) != 0, "paid by those who stayed");
    }

    function _admit(uint256 i) private {
        address[] memory accounts = new address[](1);
        accounts[0] = account(nameOf(i));
        vm.prank(federator);
        scenario.setAllowed(accounts, true);
        register(i);
    }

    /// Attack 9: a trade that is sandwiched reverts at its limit, so the attacker has traded with himself and paid two fees.
    function test_attack_09_fuzz_sandwichOfALimitedTradeLoses(uint256 size, uint256 front) external {
        (size, front) = (bound(size, 1e18, 300e18), bound(front, 100e18, 600e18));
        (address c, address t) = (address(currency), address(tokens[0]));
        uint256 fair = pool.quoteExactIn(c, t, size);
        uint256 before = currency.balanceOf(provider);
        uint256 bought = swapIn(provider, c, t, front);
        uint256 offered = pool.quoteExactIn(c, t, size);
        // Half a percent of slippage, as the command line's default allows.
        uint256 minOut = fair - fair / 200;
        vm.prank(investor);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.OutBelowMin.selector, offered, minOut));
        pool.swapExactIn(c, t, size, minOut, investor, block.timestamp);
        swapIn(provider, t, c, bought);
        assertLt(currency.balanceOf(provider), before, "the attacker gained");
    }

    /// Attack 9, the guard of the test above: without a limit the same sandwich pays, so it is the limit that protects.
    function test_attack_09_withoutALimitTheSandwichWouldPay() external {
        (address c, address t) = (address(currency), address(tokens[0]));
        uint256 before = currency.balanceOf(provider);
        uint256 bought = swapIn(provider, c, t, 400e18);
        swapIn(investor, c, t, 400e18);
        swapIn(provider, t, c, bought);
        assertTrue(currency.balanceOf(provider) > before, "no profit without a limit: the test above proves nothing");
    }

    /// Attack 9: a transaction that was held back does not run at a later price.
    function test_attack_09_heldBackTradesExpire() external {
        (address c, address t) = (address(currency), address(tokens[0]));
        uint256 deadline = block.timestamp + 60;
        vm.warp(deadline + 1);
        bytes memory reason = abi.encodeWithSelector(ErrorsLib.DeadlinePassed.selector, deadline);
        vm.startPrank(investor);
        vm.expectRevert(reason);
        pool.swapExactIn(c, t, 1e18, 0, investor, deadline);
        vm.expectRevert(reason);
        pool.swapExactOut(c, t, 1e18, type(uint256).max, investor, deadline);
        vm.expectRevert(reason);
        pool.joinProportional(1e18, limits(type(uint256).max), investor, deadline);
        vm.expectRevert(reason);
        pool.exitProportional(1e18, limits(0), investor, deadline);
        vm.stopPrank();
    }

    /// Attack 12: one trade moves the price and the next one moves it back, within one transaction. The ledger must not care: nothing
    /// that is paid to holders depends on a price.
    function test_attack_12_priceIsNoOracle() external {
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 2);
        uint256 price = pool.spotPrice(address(tokens[0]));
        uint256 owed = scenario.owed(0, clients[0]);
        uint256 poolOwed = scenario.poolOwed();
        uint256 bought = swapIn(investor, address(currency), address(tokens[0]), 700e18);
        assertTrue(pool.spotPrice(address(tokens[0])) > price * 5 / 4, "a trade moves the price by a quarter");
        assertEq(scenario.owed(0, clients[0]), owed, "what a holder is owed does not move");
        assertEq(scenario.poolOwed(), poolOwed, "nor what the pool is");
        swapIn(investor, address(tokens[0]), address(currency), bought);
        assertNear(pool.spotPrice(address(tokens[0])), price, price / 100, "and back");
    }
}
