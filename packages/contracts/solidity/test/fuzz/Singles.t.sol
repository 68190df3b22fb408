// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PoolHarness} from "../base/PoolHarness.sol";
import {PoolTrader} from "../base/PoolTrader.sol";

/// @notice Joins and exits with one token, mixed with everything else; without a fee where it could hide an error.
contract SinglesTest is PoolTrader {
    uint256 private constant MIN_FEE = 0.0005e18;

    /// @dev Least that swapping is worth in `b`: the margin of pow, and a wei of the in side.
    function _grain(uint256 a, uint256 b) private view returns (uint256) {
        uint256 exponent = weightOf(a) * WAD / weightOf(b);
        uint256 wei_ = balance(b) * exponent / WAD / balance(a);
        return balance(b) * (4 * exponent / WAD + 20) / WAD + wei_ + 2;
    }

    /// @dev Joins with one token and leaves with another, all in one go; 0 when either is refused.
    function _through(uint256 a, uint256 b, uint256 amount) private returns (uint256) {
        uint256 shares = joinWith(a, amount);
        return shares == 0 ? 0 : exitTo(b, shares);
    }

    /// Attack 10: a join and an exit give no more than the swap, with any fee or none.
    function test_attack_10_fuzz_joinAndExitNeverBeatASwap(uint256 a, uint256 b, uint256 amount, uint256 fee, uint256 weight)
        external
    {
        fee = fee % 4 == 0 ? 0 : bound(fee, MIN_FEE, 0.1e18);
        open(fee, bound(weight, 0.2e18, 0.8e18), 1e24, 3e22);
        (a, b) = (a % 4, b % 4);
        amount = bound(amount, 1e6, balance(a) / 4);
        uint256 state = vm.snapshotState();
        uint256 swapped = a == b ? amount : trade(a, b, amount);
        vm.revertToState(state);
        uint256 grain = _grain(a, b);
        uint256 through = _through(a, b, amount);
        if (swapped == 0) return;
        assertLe(through, a == b ? amount : swapped + grain, "beats the swap");
        // The third client's weight makes the difference: neither path may be free of the fee.
        if (fee != 0 && swapped > 1e6 * grain) assertLt(through, swapped, "avoids the fee");
    }

    /// Attack 10: nor does it when the two tokens are the whole pool, and the difference is the square of the fee.
    function test_attack_10_fuzz_joinAndExitNeverBeatASwapBetweenTwo(bool sell, uint256 amount, uint256 fee, uint256 weight)
        external
    {
        harness = new PoolHarness(1);
        openWith(bound(fee, MIN_FEE, 0.1e18), bound(weight, 0.2e18, 0.8e18), 1e24, 3e22);
        (uint256 a, uint256 b) = sell ? (0, 1) : (1, 0);
        (uint256 x, uint256 y) = (pool.balances()[1 - a], pool.balances()[1 - b]);
        amount = bound(amount, x / 1e9, x / 4);
        uint256 state = vm.snapshotState();
        uint256 swapped = trade(a, b, amount);
        vm.revertToState(state);
        uint256 through = _through(a, b, amount);
        assertTrue(swapped != 0 || amount > x / 20, "only the largest are refused");
        if (swapped != 0) assertLe(through, swapped + y / 1e14, "beats the swap");
    }

    /// Attack 10: at the largest fee and equal weights the plain part (1 - w) of the amount would let a part of the fee go.
    function test_attack_10_feeIsOnAllThatIsTraded() external {
        harness = new PoolHarness(1);
        openWith(0.1e18, 0.5e18, 1e24, 1e24);
        uint256 state = vm.snapshotState();
        uint256 swapped = trade(1, 0, 1e18);
        vm.revertToState(state);
        uint256 through = _through(1, 0, 1e18);
        assertTrue(through != 0, "went through");
        // (1 - f)^2 / (1 - w f)^2 of it, where a swap leaves 1 - f.
        assertNear(through, uint256(1e18) * 8_100 / 9_025, 1e13, "what is left");
        assertLt(through, swapped, "less than the swap");
    }

    /// Attack 3: in and out again by any two doors is never a profit; V per share says so for the mixed ones.
    function test_attack_03_fuzz_inAndOutNeverPays(uint256 a, uint256 b, uint256 amount, uint256 weight, uint256 way) external {
        open(0, bound(weight, 0.2e18, 0.8e18), 1e24, 3e22);
        (a, b) = (a % 4, b % 4);
        amount = bound(amount, 1e6, balance(a) / 5);
        int256 perShare = lnShare();
        uint256 shares;
        if (way % 2 == 0) {
            shares = joinWith(a, amount);
            if (shares == 0) return;
        } else {
            shares = bound(amount, 1, pool.totalSupply());
            joinAll(shares);
        }
        assertTrue(lnShare() + 8 >= perShare, "V per share fell by joining");
        if (way % 4 < 2) {
            uint256 out = exitTo(b, shares);
            if (a == b && way % 2 == 0) assertLe(out, amount, "profit in one token");
        } else {
            exitAll(shares);
        }
        assertTrue(lnShare() + 8 >= perShare, "V per share fell");
    }

    /// Attack 3: a swap between a join and an exit, and gifts, change nothing of that.
    function test_attack_03_fuzz_joinSwapExitSingles(uint256 seed) external {
        open(0, 0.5e18, 1e22, 2e23);
        int256 perShare = lnShare();
        uint256 shares = joinWith(seed % 4, bound(seed, 1e12, balance(seed % 4) / 4));
        vm.prank(trader);
        token(CURRENCY).transfer(address(pool), seed % 1e20);
        trade((seed >> 8) % 4, (seed >> 16) % 4, bound(seed >> 24, 1e6, balance((seed >> 8) % 4) / 5));
        exitTo((seed >> 32) % 4, shares);
        assertTrue(lnShare() + 12 >= perShare, "V per share fell");
        assertTrue(trades >= 1, "nothing happened");
    }

    /// Attack 4: one join or many small ones, one exit or many small ones.
    function test_attack_04_fuzz_splittingSinglesNeverPays(uint256 a, uint256 amount, uint256 parts, uint256 fee) external {
        fee = fee % 2 == 0 ? 0 : bound(fee, MIN_FEE, 0.1e18);
        open(fee, 0.5e18, 1e24, 3e22);
        (a, parts) = (a % 4, bound(parts, 2, 8));
        amount = bound(amount, 1e12, balance(a) / 4) / parts * parts;
        uint256 state = vm.snapshotState();
        uint256 whole = joinWith(a, amount);
        uint256 out = fee == 0 ? exitTo(a, whole) : 0;
        vm.revertToState(state);
        uint256 sum;
        for (uint256 i = 0; i < parts; ++i) {
            sum += joinWith(a, amount / parts);
        }
        // A power is exact to about 1e-17 of the supply, either way.
        uint256 grain = pool.totalSupply() / 1e16;
        assertLe(sum, whole + grain, "joining in parts");
        if (fee != 0) return;
        assertNear(sum, whole, grain * parts, "without a fee the parts make the whole");
        uint256 back;
        for (uint256 i = 0; i < parts; ++i) {
            back += exitTo(a, sum / parts);
        }
        assertLe(back, out + balance(a) / 1e14, "leaving in parts");
    }

    /// Attack 1: long sequences of everything on balances from a thousand smallest trades up never lower V per share.
    /// forge-config: default.fuzz.runs = 150
    function test_attack_01_fuzz_longMixedSequencesNeverLowerVPerShare(uint256 seed, uint256 weight) external {
        open(0, bound(weight, 0.2e18, 0.8e18), 10 ** bound(seed, 9, 27), 10 ** bound(seed >> 64, 9, 27));
        int256 start_ = lnShare();
        for (uint256 i = 0; i < 100; ++i) {
            uint256 r = random(seed, i);
            (uint256 a, uint256 b) = ((r >> 8) % 4, (r >> 16) % 4);
            uint256 amount = (r >> 24) % 4 == 0 ? balance(a) / 4 : balance(a) / 1e4 + (r >> 32) % 1e6 + 1e6;
            if (r % 4 < 2) joinWith(a, amount);
            else if (r % 4 == 2) exitTo(a, pool.balanceOf(trader) * (1 + (r >> 64) % 40) / 200);
            else trade(a, b, amount);
            // Every step, so that no gain pays for a loss.
            int256 now_ = lnShare();
            assertTrue(now_ + 8 >= start_, "V per share fell");
            start_ = now_ > start_ ? now_ : start_;
        }
        assertTrue(trades >= 20, "too few trades");
    }

    /// Attack 1: at the smallest balances that a pool can have, where a wei is a part in a billion.
    /// forge-config: default.fuzz.runs = 150
    function test_attack_01_fuzz_tinyPoolKeepsWhatSharesAreWorth(uint256 seed) external {
        open(0, 0.25e18, 1e9, 1e9);
        uint256 sum;
        for (uint256 k = 0; k < 4; ++k) {
            sum += pool.balances()[k];
        }
        int256 perShare = lnShare();
        uint256 first;
        for (uint256 i = 0; i < 60; ++i) {
            uint256 r = random(seed, i);
            uint256 shares = joinWith(r % 4, 1e6 + (r >> 8) % 1e8);
            if (i == 0) first = shares;
            exitTo((r >> 64) % 4, shares);
            assertTrue(lnShare() + 8 >= perShare, "V per share fell");
        }
        assertTrue(first != 0 && trades >= 30, "too few trades");
    }

    /// Attack 11: at every corner of what the parameters allow, what is told is an amount or a refusal for size; nothing overflows.
    function test_attack_11_fuzz_singleCornersComputeOrRefuse(uint256 a, uint256 amount, uint256 corner) external {
        uint256 seed = corner % 2 == 0 ? 1e9 : type(uint96).max;
        uint256 tokenSeed = (corner >> 1) % 2 == 0 ? 1e9 : type(uint96).max;
        open((corner >> 2) % 2 == 0 ? MIN_FEE : 0.1e18, (corner >> 3) % 2 == 0 ? 0.2e18 : 0.8e18, seed, tokenSeed);
        _quotesCompute(a % 4, amount, amount);
        _quotesCompute(a % 4, bound(amount, 0, balance(a % 4) / 3), bound(amount, 0, pool.totalSupply() / 3));
    }

    function _quotesCompute(uint256 a, uint256 amountIn, uint256 shares) private view {
        _computes(abi.encodeCall(pool.quoteJoinSingle, (address(token(a)), amountIn)));
        _computes(abi.encodeCall(pool.quoteExitSingle, (address(token(a)), shares)));
    }

    /// Attack 11: clients of a quarter percent, where an exit's exponent is 400: the largest that is let through is right.
    /// forge-config: default.fuzz.runs = 50
    function test_attack_11_fuzz_smallestWeights(uint256 amount) external {
        harness = new PoolHarness(100);
        for (uint256 i = 0; i < 100; ++i) {
            harness.setIssuance(i, i < 50 ? 1 : 5);
        }
        openWith(0, 0.25e18, 1e22, 1e22);
        assertEq(pool.weights()[1], 0.0025e18, "a quarter percent");
        address t = address(harness.tokens(7));
        uint256 held = pool.balances()[8];
        // 30 % of the balance is one part in 1,121 of the supply: 1 - 0.7 ^ 0.0025.
        uint256 most = pool.totalSupply() / 1_122;
        uint256 out = pool.quoteExitSingle(t, bound(amount, most / 1e6, most));
        assertLe(out, held * 3 / 10, "within the limit");
        _computes(abi.encodeCall(pool.quoteExitSingle, (t, bound(amount, 0, pool.totalSupply()))));
        _computes(abi.encodeCall(pool.quoteJoinSingle, (t, bound(amount, 0, held))));
    }

    function _computes(bytes memory call_) private view {
        (bool ok, bytes memory result) = address(pool).staticcall(call_);
        if (ok) return;
        bytes4 reason = bytes4(result);
        bytes4 small = bytes4(keccak256("AmountTooSmall(uint256,uint256)"));
        bytes4 large = bytes4(keccak256("AmountAboveLimit(uint256,uint256)"));
        bytes4 nothing = bytes4(keccak256("AmountZero()"));
        assertTrue(reason == small || reason == large || reason == nothing, "another failure");
    }
}

/// @notice Attack 6: nobody gains by trading around a listing or a delisting.
contract ListingTest is PoolTrader {
    uint256 private constant LATE = 4;

    /// Trading there before and back after is no profit: prices among the old tokens do not move.
    function test_attack_06_fuzz_roundTripAroundAListingNeverPays(uint256 a, uint256 b, uint256 amount, uint256 issuance)
        external
    {
        open(0, 0.6e18, 1e24, 3e22);
        (a, b) = (a % 4, b % 4);
        if (a == b) return;
        amount = bound(amount, 1e12, balance(a) / 5);
        uint256 out = trade(a, b, amount);
        if (out == 0) return;
        harness.list(1e22, 1 + issuance % 2);
        uint256 back = trade(b, a, out);
        // Weights are rounded to 1e-18: prices move by less than a part in 1e15.
        assertLe(back, amount + balance(a) / 1e15, "profit");
    }

    /// Any trades, listings and a delisting: weights sum to one, ratios stay, and a share keeps what it has of every token.
    /// forge-config: default.fuzz.runs = 200
    function test_attack_06_fuzz_listingsKeepWhatSharesHold(uint256 seed, uint256 weight) external {
        open(0, bound(weight, 0.5e18, 0.7e18), 1e24, 3e22);
        uint256 opened = pool.totalSupply();
        uint256 count = 4;
        for (uint256 i = 0; i < 12; ++i) {
            uint256 r = random(seed, i);
            trade(r % count, (r >> 8) % count, bound(r >> 16, 1e12, 1e21));
            joinWith((r >> 32) % count, bound(r >> 40, 1e12, 1e21));
            if (r % 3 != 0 || count == 8) continue;
            _listOne(1 + (r >> 64) % 2, opened);
            ++count;
        }
        harness.delist(seed % 3);
        uint256[] memory weights = pool.weights();
        uint256 sum;
        for (uint256 k = 0; k < weights.length; ++k) {
            sum += weights[k];
        }
        assertEq(sum, 1e18, "weights");
    }

    function _listOne(uint256 issuance, uint256 opened) private {
        uint256[] memory balances = pool.balances();
        uint256[] memory weights = pool.weights();
        uint256 supply = pool.totalSupply();
        (bool ok,) = address(harness).call(abi.encodeCall(harness.list, (3e22 * issuance, issuance)));
        assertTrue(ok, "listed");
        assertEq(pool.totalSupply(), supply, "shares");
        uint256[] memory now_ = pool.weights();
        for (uint256 k = 0; k < balances.length; ++k) {
            assertEq(pool.balances()[k], balances[k], "balance");
            // now_[k] / now_[1] = weights[k] / weights[1], to a part in 1e15.
            assertNear(now_[k] * weights[1], weights[k] * now_[1], weights[k] * now_[1] / 1e15, "ratio");
        }
        uint256 last = balances.length;
        // Of a pool that joins have made larger, the same tokens are a smaller part.
        assertNear(now_[last], now_[1] * issuance * opened / supply, 8, "weight by issuance and size");
    }
}
