// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Asset, Parameter, Reason} from "../../../network/interfaces/IStakeManager.sol";
import {StakeErrors} from "../../../network/libraries/StakeErrors.sol";
import {StakeBase} from "../../base/network/StakeBase.sol";

/// @notice Attacks 26 to 33 of CONTRACTS.md 3, each by its number.
contract StakingAttackTest is StakeBase {
    address private attacker;

    function setUp() external {
        deployStakes();
        open();
        attacker = account("attacker");
    }

    function _delegateAs(address who, uint256 amount, uint256 minShares) private {
        give(who, amount);
        vm.prank(who);
        stakes.delegate(operator, NODE, task, amount, minShares);
    }

    function _undelegateAs(address who, uint256 shares) private returns (uint256) {
        vm.prank(who);
        return stakes.undelegate(position, shares);
    }

    /// Attack 26: the first delegator leaves one share behind, has the pool rewarded and given tokens, and waits for a victim.
    function testFuzz_attack_26_shareInflation(uint256 rewarded, uint256 gift, uint256 victims) external {
        rewarded = bound(rewarded, 1, 1_000_000e18);
        gift = bound(gift, 0, 1_000_000e18);
        victims = bound(victims, 1e18, 1_000_000e18);
        delegateActive(attacker, 1e18);
        _undelegateAs(attacker, sharesOf(attacker) - 1);
        reward(rewarded);
        token.transfer(address(stakes), gift);
        _delegateAs(delegator, victims, 0);
        vm.warp(block.timestamp + 1 days);
        stakes.activate(position, Asset.PLAIN, delegator);
        uint256 back = stakes.delegationOf(position, Asset.PLAIN, delegator).tokens;
        assertNear(back, victims, victims / 1e12 + 2, "the victim keeps what it brought");
    }

    /// Attack 26: gifts change neither the price nor the stake.
    function test_attack_26_giftsChangeNothing() external {
        delegateActive(attacker, 5e18);
        token.transfer(address(stakes), 1_000_000e18);
        assertEq(stakes.poolOf(position, Asset.PLAIN).tokens, 5e18, "pool");
        assertEq(stakes.weightOf(position), OWN + 5e18, "weight");
    }

    /// Attack 27: who sees a slash coming leaves first. What thaws is slashed like what stays.
    function test_attack_27_undelegatingFirstEscapesNothing() external {
        setParameter(Parameter.DELEGATOR_CAP, 10_000);
        delegateActive(attacker, 500e18);
        delegateActive(delegator, 500e18);
        _undelegateAs(attacker, sharesOf(attacker));
        vm.prank(operator);
        stakes.unstake(NODE, task, OWN);
        vm.warp(block.timestamp + THAWING - 1);
        (uint256 self, uint256 delegated) = slash(OWN + 250e18, Reason.EQUIVOCATION);
        assertEq(self, OWN, "the operator's thawing stake");
        assertEq(delegated, 250e18, "the delegators'");
        assertNear(stakes.thawsOf(position, Asset.PLAIN, attacker)[0].tokens, 375e18, 1, "the leaver lost a quarter");
        assertNear(stakes.delegationOf(position, Asset.PLAIN, delegator).tokens, 375e18, 1, "and the stayer the same");
        vm.warp(block.timestamp + 1);
        vm.prank(operator);
        assertEq(stakes.withdraw(position, 1), 0, "nothing is left to withdraw");
    }

    /// Attack 27: the relation of windows holds for every thawing period that governance can set.
    function test_attack_27_thawingOutlastsEveryProof() external {
        (uint256 min,) = stakes.boundsOf(Parameter.THAWING);
        assertEq(min, 2 * uint256(LONGEST_PROOF), "twice the longest proof");
        vm.prank(governor);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.ParameterOutOfRange.selector, min - 1, min, 30 days));
        stakes.setParameter(Parameter.THAWING, uint32(min - 1));
    }

    /// Attack 28: many slashes of any size, over stake that partly thaws: never above the stake, never below what was asked.
    function testFuzz_attack_28_slashesAddUp(uint256[12] calldata amounts, uint256 thawed) external {
        thawed = bound(thawed, 0, OWN);
        if (thawed != 0) {
            vm.prank(operator);
            stakes.unstake(NODE, task, thawed);
        }
        uint256 asked;
        uint256 taken;
        for (uint256 i = 0; i < amounts.length; ++i) {
            uint256 amount = bound(amounts[i], 0, OWN / 6);
            asked += amount;
            (uint256 self,) = slash(amount, Reason.EQUIVOCATION);
            assertTrue(self == amount || stakes.slashableOf(position) == 0, "all that was asked while there is stake");
            taken += self;
        }
        assertLe(taken, OWN, "never above the stake");
        // Dust of the thawing part may go with the rest: a trillionth of it.
        assertLe(asked < OWN ? asked : OWN, taken, "never below what was asked");
        assertEq(stakes.slashableOf(position), OWN - taken, "what is left");
    }

    /// Attack 28: proportions are rounded up, so that no number of small slashes is free.
    function testFuzz_attack_28_capsRoundUp(uint256 left) external {
        left = bound(left, 1, OWN);
        slash(OWN - left, Reason.EQUIVOCATION);
        (uint256 self,) = slash(type(uint256).max, Reason.OUTLIER);
        assertEq(self, (left * 50 + 9_999) / 10_000, "rounded up");
    }

    /// Attack 29: an operator, or one who also delegates to itself, reports itself.
    function testFuzz_attack_29_selfReportLoses(uint256 delegated, uint256 amount, uint256 cap) external {
        delegated = bound(delegated, 1e18, 1_000_000e18);
        setParameter(Parameter.DELEGATOR_CAP, uint32(bound(cap, 0, 10_000)));
        delegateActive(delegator, delegated);
        amount = bound(amount, 10, 2_000_000e18);
        vm.prank(arena);
        (uint256 self, uint256 theirs) = stakes.slash(position, amount, Reason.EQUIVOCATION, operator);
        uint256 gained = stakes.earnedOf(operator);
        assertLe(gained, self / 10, "a tenth of its own at most");
        assertLt(gained, self, "a loss");
        assertTrue(self + theirs != 0, "something was slashed");
    }

    /// Attack 30: the commission cannot change between a delegator's look and a reward.
    function test_attack_30_commissionJump() external {
        delegateActive(delegator, OWN);
        vm.prank(operator);
        stakes.setCommission(position, 500);
        uint256 notice = stakes.positionOf(position).nextCommissionFrom;
        assertTrue(notice > block.timestamp + THAWING, "notice is longer than thawing");
        _undelegateAs(delegator, sharesOf(delegator) / 2);
        vm.warp(notice - 1);
        vm.prank(delegator);
        assertEq(stakes.withdraw(position, 1), OWN / 2, "who disagrees is out before");
        reward(300e18);
        assertEq(stakes.poolOf(position, Asset.PLAIN).streaming, 100e18, "at the old commission");
    }

    /// Attack 30: nor before the first delegation is active: it can be taken back at once.
    function test_attack_30_commissionBeforeTheFirstDelegation() external {
        _delegateAs(delegator, 10e18, 0);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.CommissionStep.selector, 5_000, 500));
        vm.prank(operator);
        stakes.setCommission(position, 5_000);
        vm.prank(delegator);
        stakes.cancelDelegation(position, Asset.PLAIN);
        assertEq(token.balanceOf(delegator), 10e18, "all of it, at once");
    }

    /// Attack 31: delegate, have the reward paid, undelegate. Whether its delegation waits or was activated for the moment, nothing of the
    /// reward is the attacker's, whatever the sizes.
    function testFuzz_attack_31_rewardSandwich(uint256 honest, uint256 size, uint256 rewarded, bool ripe) external {
        honest = bound(honest, 1e18, 1_000_000e18);
        size = bound(size, 1e18, 100_000_000e18);
        rewarded = bound(rewarded, 1, 500_000e18);
        delegateActive(delegator, honest);
        _delegateAs(attacker, size, 0);
        if (ripe) {
            vm.warp(block.timestamp + 1 days);
            stakes.activate(position, Asset.PLAIN, attacker);
        }
        reward(rewarded);
        uint256 out = 0;
        if (ripe) {
            out = _undelegateAs(attacker, sharesOf(attacker));
        } else {
            vm.prank(attacker);
            out = stakes.cancelDelegation(position, Asset.PLAIN);
        }
        assertLe(out, size, "no profit");
        if (stakes.poolOf(position, Asset.PLAIN).shares == 0) return;
        vm.warp(block.timestamp + 1 days);
        uint256 arrived = stakes.poolOf(position, Asset.PLAIN).streaming;
        assertEq(arrived, 0, "all of it arrived for those who stayed");
    }

    /// Attack 31, the operator's side: own stake that came for the reward takes nothing from delegators.
    function test_attack_31_operatorEnlargesItsPart() external {
        delegateActive(delegator, OWN);
        give(operator, 1_000_000e18);
        vm.prank(operator);
        stakes.stake(NODE, task, 1_000_000e18);
        reward(100e18);
        assertEq(stakes.earnedOf(operator), 50e18, "by what it had a day ago");
        vm.warp(block.timestamp + 1 days);
        reward(1_006e18);
        assertEq(stakes.earnedOf(operator) - 50e18, 1_006e18 - stakes.poolOf(position, Asset.PLAIN).streaming, "rest");
        assertLt(stakes.poolOf(position, Asset.PLAIN).streaming, 4e18, "now all of it counts");
    }

    /// Attack 32: no list grows without end, and nobody's list is another's.
    function test_attack_32_unbondList() external {
        delegateActive(attacker, 100e18);
        delegateActive(delegator, 100e18);
        for (uint256 i = 0; i < 32; ++i) {
            _undelegateAs(attacker, 1e24);
        }
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.TooManyRequests.selector, 32));
        vm.prank(attacker);
        stakes.undelegate(position, 1e24);
        _undelegateAs(delegator, 1e24);
        vm.warp(block.timestamp + THAWING);
        vm.prank(attacker);
        assertEq(stakes.withdraw(position, 20), 20e18, "a page");
        vm.prank(attacker);
        assertEq(stakes.withdraw(position, type(uint256).max), 12e18, "the rest");
        _undelegateAs(attacker, 1e24);
    }

    /// Attack 33: a pool without tokens and with shares would give the next delegator's money to nobody, or to the old shares.
    function test_attack_33_zeroTokenPool() external {
        setParameter(Parameter.DELEGATOR_CAP, 10_000);
        delegateActive(attacker, 10e18);
        slash(type(uint256).max, Reason.EQUIVOCATION);
        delegateActive(delegator, 10e18);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.SharesTooFew.selector, 1, 0));
        vm.prank(attacker);
        stakes.undelegate(position, 1);
        assertEq(stakes.delegationOf(position, Asset.PLAIN, delegator).tokens, 10e18, "the new one's is its own");
        assertEq(_undelegateAs(delegator, 10e24), 10e18, "all of it");
    }
}
