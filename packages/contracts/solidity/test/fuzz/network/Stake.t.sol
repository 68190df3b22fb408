// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EmissionMath} from "../../../network/libraries/EmissionMath.sol";
import {LockMath} from "../../../network/libraries/LockMath.sol";
import {StakeMath} from "../../../network/libraries/StakeMath.sol";
import {StakeBase} from "../../base/network/StakeBase.sol";

/// @notice Roundings of the network's money, for any numbers.
contract StakeFuzzTest is StakeBase {
    uint256 private constant MAX_TOKENS = 4e27;
    uint256 private constant DUST = 1e18;

    /// Shares in, tokens out: never more than was brought, and at most a wei less while the pool is not dust.
    function testFuzz_shares_neverPayMoreThanTheyCost(uint256 amount, uint256 tokens, uint256 price) external pure {
        amount = bound(amount, 1, MAX_TOKENS);
        tokens = bound(tokens, 0, MAX_TOKENS);
        // Shares per wei: 1e6 at first, fewer after rewards, more after slashes.
        uint256 shares = tokens * bound(price, 1, 1e18) / 1e9;
        uint256 minted = StakeMath.sharesDown(amount, tokens, shares);
        uint256 back = StakeMath.tokensDown(minted, tokens + amount, shares + minted);
        assertLe(back, amount, "no gain");
    }

    function testFuzz_shares_loseAtMostAWei(uint256 amount, uint256 tokens, uint256 gain) external pure {
        amount = bound(amount, DUST, MAX_TOKENS);
        tokens = bound(tokens, 0, MAX_TOKENS);
        // Up to a hundredfold by rewards.
        uint256 shares = tokens * 1e6 * 100 / bound(gain, 100, 10_000);
        uint256 minted = StakeMath.sharesDown(amount, tokens, shares);
        uint256 back = StakeMath.tokensDown(minted, tokens + amount, shares + minted);
        assertNear(back, amount, 1, "a wei");
    }

    /// Whatever part leaves, those who stay do not lose by it.
    function testFuzz_price_neverFallsWhenOneLeaves(uint256 tokens, uint256 price, uint256 part) external pure {
        tokens = bound(tokens, 1, MAX_TOKENS);
        uint256 shares = tokens * bound(price, 1, 1e15) / 1e6 + 1;
        part = bound(part, 0, shares);
        uint256 out = StakeMath.tokensDown(part, tokens, shares);
        assertLe(out, tokens, "never more than there is");
        // (tokens + 1) / (shares + 1e6), cross-multiplied.
        uint256 before = (tokens + 1) * (shares - part + 1e6);
        uint256 after_ = (tokens - out + 1) * (shares + 1e6);
        assertLe(before, after_, "price");
    }

    function testFuzz_reward_isSplitWhole(uint256 reward_, uint256 commission, uint256 own, uint256 delegated) external pure {
        reward_ = bound(reward_, 0, MAX_TOKENS);
        commission = bound(commission, 0, 5_000);
        (own, delegated) = (bound(own, 0, MAX_TOKENS), bound(delegated, 0, MAX_TOKENS));
        uint256 part = StakeMath.delegatorsDown(reward_, commission, own, delegated);
        assertLe(part, reward_, "never more than the reward");
        if (delegated == 0) assertEq(part, 0, "nobody");
        if (own == 0 && delegated != 0) assertEq(part, reward_ * (10_000 - commission) / 10_000, "all but the commission");
        // A higher commission never pays delegators more.
        assertLe(StakeMath.delegatorsDown(reward_, commission + 1, own, delegated), part, "commission");
    }

    function testFuzz_emission_isAdditiveAndFalls(uint256 a, uint256 b) external pure {
        a = bound(a, 0, 4_000);
        b = bound(b, a, 4_001);
        assertLe(EmissionMath.emissionUntil(b), EmissionMath.SHARE, "never above its share");
        assertLe(EmissionMath.emissionOn(b), EmissionMath.emissionOn(a), "falls");
        uint256 difference = EmissionMath.emissionUntil(b) - EmissionMath.emissionUntil(a);
        assertLe((b - a) * EmissionMath.emissionOn(b), difference, "at least the last day's");
        assertLe(difference, (b - a) * EmissionMath.emissionOn(a), "at most the first day's");
        if (b == a + 1) assertEq(difference, EmissionMath.emissionOn(a), "a day");
    }

    /// Minting in any parts gives what minting at once does.
    function testFuzz_emitDays_inPartsIsTheSame(uint256[6] calldata waits, uint256[6] calldata most) external {
        deployStakes();
        uint256 minted;
        for (uint256 i = 0; i < waits.length; ++i) {
            vm.warp(block.timestamp + bound(waits[i], 0, 400 days));
            minted += emission.emitDays(bound(most[i], 0, 500));
            uint256 over = (block.timestamp - START) / 1 days;
            assertLe(minted, emission.emissionUntil(over), "never ahead of the schedule");
        }
        minted += emission.emitDays(type(uint256).max);
        assertEq(minted, emission.emissionUntil((block.timestamp - START) / 1 days), "all of it");
        assertEq(emission.bookedFor(treasury), minted, "booked");
    }

    function testFuzz_lock_growsWithTime(uint256 principal, uint256 a, uint256 b) external pure {
        principal = bound(principal, 1, 1e27);
        a = bound(a, 1 days, 365 days);
        b = bound(b, a, 365 days);
        uint256 shorter = LockMath.amountDown(principal, a, 30 days, 365 days, 21_900);
        uint256 longer = LockMath.amountDown(principal, b, 30 days, 365 days, 21_900);
        assertLe(principal, shorter, "at least once");
        assertLe(shorter, longer, "grows");
        assertLe(longer, principal * 301 / 100, "at most 3.01 times");
    }

    /// Redeeming in parts pays no more than the principal, and the last part pays the rest.
    function testFuzz_redeem_inPartsPaysThePrincipal(uint256 principal, uint256 first) external {
        deployStakes();
        principal = bound(principal, 1, 1_000_000e18);
        (uint256 id, uint256 amount) = lockFor(delegator, principal, 200 days);
        first = bound(first, 1, amount);
        vm.warp(block.timestamp + 200 days);
        vm.startPrank(delegator);
        uint256 paid = gm.redeem(id, first);
        assertLe(paid * amount, principal * first, "never more than its part");
        if (first != amount) paid += gm.redeem(id, amount - first);
        assertEq(paid, principal, "all of it");
    }
}
