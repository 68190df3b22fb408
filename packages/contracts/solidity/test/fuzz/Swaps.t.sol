// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";

import {PoolHarness} from "../base/PoolHarness.sol";
import {PoolTrader} from "../base/PoolTrader.sol";

contract SwapSequenceTest is PoolTrader {
    /// Attack 1: equal weights, so the product of the two balances says exactly whether the pool lost.
    /// forge-config: default.fuzz.runs = 300
    function test_attack_01_fuzz_longSequencesNeverLowerTheProduct(uint256 seed, uint256 size) external {
        size = 10 ** bound(size, 7, 27);
        open(0, 0.4e18, size, size * (1 + seed % 1_000) / 1_000 + 1e7);
        uint256 product = balance(0) * balance(1);
        uint256 held = token(0).balanceOf(trader) + balance(0);
        for (uint256 i = 0; i < 100; ++i) {
            (uint256 a, uint256 b) = random(seed, i) % 2 == 0 ? (0, 1) : (1, 0);
            // Tiny trades most of the time: that is where rounding is large.
            uint256 max = random(seed, i) % 8 < 6 ? 1e6 + balance(a) / 1e4 : balance(a) * 3 / 10;
            uint256 amount = bound(random(seed, i + 1_000), 1e6, max < 1e6 ? 1e6 : max);
            if (random(seed, i) % 16 < 8) trade(a, b, amount);
            else tradeOut(a, b, amount);
            uint256 next = balance(0) * balance(1);
            assertTrue(next >= product, "the product fell");
            product = next;
        }
        assertEq(token(0).balanceOf(trader) + balance(0), held, "nothing is made or lost");
        assertTrue(trades >= 20, "too few trades");
    }

    /// Attack 1: any weights and all tokens. V is known to 1e-18 or so, over the whole sequence.
    /// forge-config: default.fuzz.runs = 200
    function test_attack_01_fuzz_longSequencesNeverLowerV(uint256 seed, uint256 weight) external {
        open(0, bound(weight, 0.2e18, 0.8e18), 10 ** bound(seed, 9, 27), 10 ** bound(seed >> 64, 9, 27));
        int256 start_ = lnV();
        for (uint256 i = 0; i < 50; ++i) {
            (uint256 a, uint256 b) = (random(seed, i) % 4, random(seed, i + 500) % 4);
            if (a == b) continue;
            trade(a, b, bound(random(seed, i + 1_000), 1e6, balance(a) / 5 + 1e6));
        }
        assertTrue(lnV() + 8 >= start_, "V fell");
        assertTrue(trades >= 10, "too few trades");
    }

    /// Attack 3: there and back is never a profit.
    function test_attack_03_fuzz_roundTripsNeverPay(uint256 a, uint256 b, uint256 amount, uint256 weight) external {
        open(0, bound(weight, 0.2e18, 0.8e18), 1e24, 3e22);
        (a, b) = (a % 4, b % 4);
        if (a == b) return;
        amount = bound(amount, 1e6, balance(a) / 5);
        uint256 out = trade(a, b, amount);
        if (out == 0) {
            assertTrue(amount < 1e12 || amount > balance(a) / 500, "only the smallest and largest are refused");
            return;
        }
        uint256 back = trade(b, a, out);
        assertTrue(back <= amount, "profit");
        // Exact out after exact in.
        uint256 out2 = trade(a, b, amount);
        if (out2 < 1e6) return;
        uint256 cost = tradeOut(b, a, amount);
        assertTrue(cost == 0 || cost >= out2, "profit by exact out");
    }

    /// Attack 3: join, swap, exit, with gifts in between.
    function test_attack_03_fuzz_joinSwapExitNeverPays(uint256 shares, uint256 a, uint256 b, uint256 amount) external {
        open(0, 0.5e18, 1e22, 2e23);
        uint256[4] memory before;
        for (uint256 i = 0; i < 4; ++i) {
            before[i] = token(i).balanceOf(trader);
        }
        shares = bound(shares, 1, 1e24);
        int256 perShare = lnV() - FixedPointMathLib.lnWad(int256(pool.totalSupply()));
        vm.startPrank(trader);
        pool.joinProportional(shares, noMax(), trader, block.timestamp);
        token(3).transfer(address(pool), amount % 1e20);
        pool.exitProportional(shares, new uint256[](4), trader, block.timestamp);
        vm.stopPrank();
        for (uint256 i = 0; i < 4; ++i) {
            assertTrue(token(i).balanceOf(trader) <= before[i], "profit in one token");
        }
        joinAll(shares);
        if (a % 4 != b % 4) trade(a % 4, b % 4, bound(amount, 1e6, balance(a % 4) / 5));
        exitAll(shares);
        int256 after_ = lnV() - FixedPointMathLib.lnWad(int256(pool.totalSupply()));
        assertTrue(after_ + 8 >= perShare, "V per share fell");
    }

    /// Attack 4: splitting a trade gains nothing, without a fee to hide it.
    function test_attack_04_fuzz_splittingNeverPays(uint256 a, uint256 b, uint256 amount, uint256 parts) external {
        open(0, 0.5e18, 1e24, 3e22);
        (a, b, parts) = (a % 4, b % 4, bound(parts, 2, 8));
        if (a == b) return;
        amount = bound(amount, 1e9, balance(a) / 10) / parts * parts;
        uint256 state = vm.snapshotState();
        uint256 whole = trade(a, b, amount);
        vm.revertToState(state);
        uint256 sum;
        for (uint256 i = 0; i < parts; ++i) {
            sum += trade(a, b, amount / parts);
        }
        if (whole == 0) return;
        // pow is exact to about 1e-16 of a balance, either way.
        assertLe(sum, whole + balance(b) / 1e15 + parts, "split");
    }
}

contract SwapCornersTest is PoolTrader {
    /// Attack 11: at every corner of what the parameters allow a swap is computed, or refused for its size; nothing overflows.
    function test_attack_11_fuzz_cornersComputeOrRefuse(uint256 a, uint256 b, uint256 amount, uint256 corner) external {
        uint256 seed = corner % 2 == 0 ? 1e9 : type(uint96).max;
        uint256 tokenSeed = (corner >> 1) % 2 == 0 ? 1e9 : type(uint96).max;
        open((corner >> 2) % 2 == 0 ? 0.0005e18 : 0.1e18, (corner >> 3) % 2 == 0 ? 0.2e18 : 0.8e18, seed, tokenSeed);
        (a, b) = (a % 4, b % 4);
        if (a == b) return;
        _computes(abi.encodeCall(pool.quoteExactIn, (address(token(a)), address(token(b)), bound(amount, 0, 1e30))));
        _computes(abi.encodeCall(pool.quoteExactOut, (address(token(a)), address(token(b)), bound(amount, 0, 1e30))));
    }

    /// Attack 11: the widest pool, a hundred clients of half a percent: exponents 100 and 0.01.
    /// forge-config: default.fuzz.runs = 200
    function test_attack_11_fuzz_widestExponents(uint256 amount, bool sell) external {
        harness = new PoolHarness(100);
        harness.open(implementation, 0.0005e18, 0.5e18, 1e22, 1e22);
        pool = harness.pool();
        (address c, address t) = (address(harness.tokens(100)), address(harness.tokens(7)));
        amount = bound(amount, 1e6, 3e21);
        if (sell) (c, t) = (t, c);
        _computes(abi.encodeCall(pool.quoteExactIn, (c, t, amount)));
        _computes(abi.encodeCall(pool.quoteExactOut, (c, t, amount)));
    }

    function _computes(bytes memory call_) private view {
        (bool ok, bytes memory result) = address(pool).staticcall(call_);
        if (ok) return;
        bytes4 reason = bytes4(result);
        bytes4 small = bytes4(keccak256("AmountTooSmall(uint256,uint256)"));
        bytes4 large = bytes4(keccak256("AmountAboveLimit(uint256,uint256)"));
        assertTrue(reason == small || reason == large, "another failure");
    }

    /// Attack 5: gifts before, between and after joins change no price, no share, no balance that is traded on.
    function test_attack_05_fuzz_giftsChangeNothing(uint256 gift, uint256 shares) external {
        open(0.003e18, 0.5e18, 1e22, 1e23);
        gift = bound(gift, 1, 1e30);
        shares = bound(shares, 1, 1e23);
        uint256 state = vm.snapshotState();
        (uint256 cost, uint256 price) = _join(shares);
        vm.revertToState(state);
        for (uint256 i = 0; i < 4; ++i) {
            vm.prank(trader);
            token(i).transfer(address(pool), gift);
        }
        (uint256 cost2, uint256 price2) = _join(shares);
        assertEq(cost2, cost, "cost of shares");
        assertEq(price2, price, "price");
    }

    /// Attack 5: the smallest join of a pool that everybody left buys what its shares are worth.
    function test_attack_05_drainedPoolCannotBeInflated() external {
        open(0.003e18, 0.5e18, 1e22, 1e23);
        vm.prank(address(this));
        pool.exitProportional(pool.balanceOf(address(this)), new uint256[](4), address(this), block.timestamp);
        assertEq(pool.totalSupply(), 1e6, "locked shares");
        _join(1);
        for (uint256 i = 0; i < 4; ++i) {
            vm.prank(trader);
            token(i).transfer(address(pool), 1e30);
        }
        address victim = account("victim");
        harness.mint(3, victim, 1e22);
        for (uint256 i = 0; i < 3; ++i) {
            harness.mint(i, victim, 1e23);
        }
        uint256[4] memory paid;
        vm.startPrank(victim);
        for (uint256 i = 0; i < 4; ++i) {
            token(i).approve(address(pool), type(uint256).max);
        }
        pool.joinProportional(1e20, noMax(), victim, block.timestamp);
        for (uint256 i = 0; i < 4; ++i) {
            paid[i] = (i == 3 ? 1e22 : 1e23) - token(i).balanceOf(victim);
        }
        pool.exitProportional(1e20, new uint256[](4), victim, block.timestamp);
        vm.stopPrank();
        for (uint256 i = 0; i < 4; ++i) {
            uint256 back = token(i).balanceOf(victim) - ((i == 3 ? 1e22 : 1e23) - paid[i]);
            assertLe(paid[i] - back, 1, "loses rounding only");
        }
    }

    function _join(uint256 shares) private returns (uint256 cost, uint256 price) {
        cost = joinAll(shares)[0];
        price = pool.spotPrice(address(token(0)));
    }
}
