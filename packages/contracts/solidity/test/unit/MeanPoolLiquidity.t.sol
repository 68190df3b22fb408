// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";

import {IMeanPool} from "../../interfaces/IMeanPool.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

contract MeanPoolLiquidityTest is Federation {
    function setUp() external {
        start(2);
        swapIn(provider, address(currency), address(tokens[0]), 1_000e18);
        swapIn(provider, address(currency), address(tokens[1]), 1_000e18);
    }

    /// @dev Divides nothing here, so that every amount is rounded.
    uint256 private constant ODD_SHARES = 6_999_999_999_999_999_989;

    function test_join_takesProportionsRoundedUp() external {
        uint256 supply = pool.totalSupply();
        uint256[] memory before = pool.balances();
        vm.prank(provider);
        uint256[] memory amounts = pool.joinProportional(ODD_SHARES, limits(type(uint256).max), investor, block.timestamp);
        for (uint256 k = 0; k < 3; ++k) {
            assertTrue(before[k] * ODD_SHARES % supply != 0, "rounded");
            assertEq(amounts[k], before[k] * ODD_SHARES / supply + 1, "amount");
            assertEq(pool.balances()[k], before[k] + amounts[k], "balance");
        }
        assertEq(pool.balanceOf(investor), ODD_SHARES, "shares");
    }

    function test_exit_givesProportionsRoundedDown() external {
        uint256 supply = pool.totalSupply();
        uint256[] memory before = pool.balances();
        vm.prank(provider);
        uint256[] memory amounts = pool.exitProportional(ODD_SHARES, limits(0), investor, block.timestamp);
        for (uint256 k = 0; k < 3; ++k) {
            assertTrue(before[k] * ODD_SHARES % supply != 0, "rounded");
            assertEq(amounts[k], before[k] * ODD_SHARES / supply, "amount");
            assertEq(pool.balances()[k], before[k] - amounts[k], "balance");
        }
        assertEq(pool.totalSupply(), supply - ODD_SHARES, "burned");
        assertEq(tokens[0].balanceOf(investor), amounts[1], "received");
    }

    function test_joinAndExit_acceptExactlyTheirLimits() external {
        uint256 supply = pool.totalSupply();
        uint256[] memory max = pool.balances();
        uint256[] memory min = pool.balances();
        for (uint256 k = 0; k < 3; ++k) {
            min[k] = min[k] * ODD_SHARES / supply;
            max[k] = max[k] * ODD_SHARES / supply + 1;
        }
        vm.startPrank(provider);
        uint256 state = vm.snapshotState();
        pool.joinProportional(ODD_SHARES, max, provider, block.timestamp);
        vm.revertToState(state);
        pool.exitProportional(ODD_SHARES, min, provider, block.timestamp);
        vm.stopPrank();
    }

    function test_join_revertsAboveItsLimits() external {
        uint256[] memory max = limits(type(uint256).max);
        max[1] = 1;
        uint256 amount = (pool.balances()[1] * 1e18 + pool.totalSupply() - 1) / pool.totalSupply();
        vm.startPrank(provider);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InAboveMax.selector, amount, 1));
        pool.joinProportional(1e18, max, provider, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.LengthMismatch.selector, 2, 3));
        pool.joinProportional(1e18, new uint256[](2), provider, block.timestamp);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        pool.joinProportional(0, max, provider, block.timestamp);
        vm.stopPrank();
    }

    function test_exit_revertsBelowItsLimits() external {
        uint256[] memory min = limits(0);
        min[2] = type(uint256).max;
        uint256 amount = pool.balances()[2] * 1e18 / pool.totalSupply();
        vm.startPrank(provider);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.OutBelowMin.selector, amount, type(uint256).max));
        pool.exitProportional(1e18, min, provider, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.LengthMismatch.selector, 4, 3));
        pool.exitProportional(1e18, new uint256[](4), provider, block.timestamp);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        pool.exitProportional(0, limits(0), provider, block.timestamp);
        vm.stopPrank();
        vm.prank(investor);
        vm.expectRevert(ERC20.InsufficientBalance.selector);
        pool.exitProportional(1e18, limits(0), investor, block.timestamp);
    }

    function test_claimLp_paysDividendsByShares() external {
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM);
        uint256 total = scenario.poolOwed();
        uint256 mine = pool.lpOwed(provider);
        assertNear(mine, total * pool.balanceOf(provider) / pool.totalSupply(), QUANTUM, "by shares");
        uint256 before = currency.balanceOf(provider);
        vm.expectEmit(address(pool));
        emit IMeanPool.LpClaimed(provider, mine);
        assertEq(pool.claimLp(provider), mine, "paid");
        assertEq(currency.balanceOf(provider) - before, mine, "received");
        assertEq(pool.claimLp(provider), 0, "once");
        assertEq(pool.dividendsHeld(), total - mine, "the others' part is in the purse");
        uint256 theirs = pool.lpOwed(clients[0]);
        pool.claimLp(clients[0]);
        assertEq(currency.balanceOf(clients[0]), theirs, "client's part");
        (, uint256 claimed,) = scenario.totals();
        assertEq(claimed, total, "drawn once");
    }

    function test_claimLp_paysTheReceiver() external {
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM);
        vm.prank(provider);
        scenario.setReceiver(address(0xbeef));
        uint256 mine = pool.claimLp(provider);
        assertEq(currency.balanceOf(address(0xbeef)), mine, "receiver");
    }

    function test_claimLp_revertsForTheLockedShares() external {
        address dead = 0x000000000000000000000000000000000000dEaD;
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, dead));
        pool.claimLp(dead);
    }

    /// Moves of shares leave what was earned with the old holder.
    /// Attack 15: shares that nobody owns, or the pool itself, would be credited twice with what they earned.
    function test_attack_15_lpSharesGoToSomebody() external {
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 2);
        vm.startPrank(provider);
        pool.approve(provider, type(uint256).max);
        for (uint160 k = 0; k < 2; ++k) {
            address to = k == 0 ? address(0) : address(pool);
            vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, to));
            pool.transfer(to, 1e18);
            vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, to));
            pool.transferFrom(provider, to, 1e18);
        }
        vm.stopPrank();
    }

    function test_fuzz_lpTransfer_leavesWhatWasEarned(uint256 amount, uint256 when) external {
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + bound(when, 0, 2 * STREAM));
        uint256 owed = pool.lpOwed(provider);
        amount = bound(amount, 0, pool.balanceOf(provider));
        vm.prank(provider);
        pool.transfer(investor, amount);
        assertEq(pool.lpOwed(provider), owed, "sender keeps");
        assertEq(pool.lpOwed(investor), 0, "receiver starts at zero");
    }

    /// What divisions by the supply leave is kept: fifty of them lose no more than one.
    function test_dividends_loseNoRemainder() external {
        playRound(POT, defaultShares());
        for (uint256 i = 0; i < 50; ++i) {
            vm.warp(block.timestamp + 7);
            vm.prank(provider);
            pool.transfer(investor, 0);
        }
        uint256 sum = pool.lpOwed(provider) + pool.lpOwed(clients[0]) + pool.lpOwed(clients[1]);
        // The locked shares earn too; it is never paid.
        sum += pool.lpOwed(0x000000000000000000000000000000000000dEaD);
        uint256 division = pool.totalSupply() >> 64;
        assertLe(sum, scenario.poolOwed(), "no more than there is");
        assertLe(scenario.poolOwed() - sum, division + 4, "and no less");
    }
}
