// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {PoolTrader} from "../base/PoolTrader.sol";

/// @notice The call patterns that drained Balancer pools in August 2023 and November 2025, on our pool without any fee: balances pushed
/// to where a wei weighs much, a hundred and more small swaps there in one transaction, and LP shares used against their own pool.
/// What those attacks needed is missing here: a balance below 1e6 wei, a trade of a few wei, LP shares that the pool itself trades.
contract BalancerReplayTest is PoolTrader {
    uint256 private constant SEED = 1e18;
    uint256 private constant SWAPS = 120;
    /// @dev What may be lost to the pool is not limited; what may be gained from it is nothing.
    uint256[4] private _before;

    function _begin() private {
        open(0, 0.4e18, SEED, SEED);
        for (uint256 i = 0; i < 4; ++i) {
            _before[i] = token(i).balanceOf(trader);
        }
    }

    /// @dev Buys token `b` with `a` until the pool sells no more of it: its floor, or the least trade.
    function _drain(uint256 a, uint256 b) private {
        for (uint256 i = 0; i < 120; ++i) {
            if (tradeOut(a, b, balance(b) / 5) == 0) break;
        }
    }

    /// @dev The trader is left with nothing but the token that he started with.
    function _sellBack(uint256 b, uint256 a) private {
        for (uint256 i = 0; i < 200; ++i) {
            uint256 held = token(b).balanceOf(trader) - _before[b];
            uint256 max = balance(b) * 3 / 10;
            if (held < 1e6 || trade(b, a, held < max / 2 ? held : max / 2) == 0) break;
        }
    }

    function _noProfit() private view {
        for (uint256 i = 0; i < 4; ++i) {
            assertLe(token(i).balanceOf(trader), _before[i], "profit");
        }
    }

    /// November 2025: a balance is pushed down to the edge, then many exact-out swaps of the least size are meant to round the invariant
    /// down, then everything is swapped back at the better price. Here even the
    /// edge is a thousand million wei, and each swap loses.
    /// forge-config: default.fuzz.runs = 30
    function test_attack_01_balancer2025_tinyExactOutSwapsAtTheFloor(uint256 seed) external {
        _begin();
        _drain(0, 1);
        uint256 edge = balance(1);
        assertTrue(edge >= SEED / 1e9 && edge < SEED / 1e8, "the balance is at its edge");
        int256 atTheEdge = lnV();
        uint256 small;
        for (uint256 i = 0; i < SWAPS; ++i) {
            uint256 amount = 1e6 + random(seed, i + 1_000) % 9;
            // The scarce token is the side on which a wei weighs most: it is what is asked for, or what is given.
            if ((random(seed, i) % 3 == 0 ? trade(1, 0, amount) : tradeOut(0, 1, amount)) != 0) ++small;
        }
        assertTrue(small == SWAPS, "a small swap was refused");
        assertTrue(lnV() >= atTheEdge - 2, "V fell");
        _sellBack(1, 0);
        assertTrue(balance(1) > SEED * 9 / 10, "most was swapped back");
        _noProfit();
    }

    /// November 2025: trades of a few wei, where rounding is all there is, do not exist; nor do balances of a few wei.
    function test_attack_01_balancer2025_noTradeOfAFewWei() external {
        _begin();
        _drain(0, 1);
        for (uint256 amount = 0; amount < 20; ++amount) {
            vm.startPrank(trader);
            vm.expectRevert(abi.encodeWithSelector(ErrorsLib.AmountTooSmall.selector, amount, 1e6));
            pool.swapExactOut(address(token(0)), address(token(1)), amount, 1e40, trader, block.timestamp);
            vm.expectRevert(abi.encodeWithSelector(ErrorsLib.AmountTooSmall.selector, amount, 1e6));
            pool.swapExactIn(address(token(0)), address(token(1)), amount, 0, trader, block.timestamp);
            vm.stopPrank();
        }
        assertTrue(balance(1) >= 1e6, "the floor holds");
    }

    /// August 2023: LP shares were bought and sold inside their own pool, so that its rate could be pushed about. Ours are no token of it.
    function test_attack_03_balancer2023_sharesAreNotTradedInTheirPool() external {
        _begin();
        vm.startPrank(trader);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.UnknownToken.selector, address(pool)));
        pool.swapExactOut(address(token(0)), address(pool), 1e6, 1e40, trader, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.UnknownToken.selector, address(pool)));
        pool.swapExactIn(address(pool), address(token(0)), 1e6, 0, trader, block.timestamp);
        vm.stopPrank();
    }

    /// August 2023: the supply of shares was brought near zero and its rate with it. Here shares are locked, and joining and leaving a
    /// hundred times beside them, with sizes at which rounding is large, gives nothing.
    /// forge-config: default.fuzz.runs = 30
    function test_attack_05_balancer2023_joinsAndExitsAtTheLeastSupply(uint256 seed) external {
        _begin();
        pool.exitProportional(pool.balanceOf(address(this)), new uint256[](4), address(this), block.timestamp);
        assertEq(pool.totalSupply(), 1e6, "only the locked shares are left");
        for (uint256 i = 0; i < SWAPS; ++i) {
            uint256 shares = 1 + random(seed, i) % 1e7;
            joinAll(shares);
            exitAll(shares - random(seed, i + 1_000) % shares);
        }
        exitAll(pool.balanceOf(trader));
        _noProfit();
    }

    /// Both: joins and exits with one token, where shares are computed with a power, while that token is at the edge. What the trader
    /// has in the end, once everything is swapped back, is no more than he came with.
    /// forge-config: default.fuzz.runs = 30
    function test_attack_01_10_balancer_singleJoinsAndExitsAtTheFloor(uint256 seed) external {
        _begin();
        _drain(0, 1);
        int256 atTheEdge = lnShare();
        uint256 done;
        for (uint256 i = 0; i < SWAPS; ++i) {
            uint256 shares = joinWith(1, 1e6 + random(seed, i) % (balance(1) / 5));
            if (shares == 0) continue;
            if (exitTo(random(seed, i) % 2 == 0 ? 1 : 2, shares) != 0) ++done;
        }
        assertTrue(done >= SWAPS / 4, "too few went through");
        assertTrue(lnShare() >= atTheEdge - 8, "V per share fell");
        if (pool.balanceOf(trader) != 0) exitAll(pool.balanceOf(trader));
        _sellBack(2, 0);
        _sellBack(1, 0);
        _noProfit();
    }
}
