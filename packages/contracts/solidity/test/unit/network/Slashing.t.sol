// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Asset, IStakeManager, Parameter, PoolView, Reason} from "../../../network/interfaces/IStakeManager.sol";
import {StakeErrors} from "../../../network/libraries/StakeErrors.sol";
import {StakeBase} from "../../base/network/StakeBase.sol";

/// @notice What slashes take, from whom, and where it goes.
contract SlashingTest is StakeBase {
    function setUp() external {
        deployStakes();
        open();
        stakes.sweep();
    }

    function _all(Reason reason) private returns (uint256 self, uint256 delegated) {
        return slash(type(uint256).max, reason);
    }

    function test_slash_splitsWhatItTakes() external {
        vm.expectEmit(address(stakes));
        emit IStakeManager.StakeSlashed(position, Asset.PLAIN, false, 10e18, 0);
        vm.expectEmit(address(stakes));
        emit IStakeManager.Slashed(position, Reason.MISSED_REVEAL, reporter, 10e18, 0, 1e18);
        (uint256 self, uint256 delegated) = slash(10e18, Reason.MISSED_REVEAL);
        assertEq(self, 10e18, "self");
        assertEq(delegated, 0, "delegated");
        assertEq(stakes.selfStakeOf(position), OWN - 10e18, "left");
        assertEq(stakes.taskStakeOf(task), OWN - 10e18, "of the task");
        assertEq(stakes.earnedOf(reporter), 1e18, "a tenth for the reporter");
        (uint256 toBurn, uint256 toTreasury,) = stakes.spoils();
        assertEq(toBurn, 4.5e18, "half of the rest is burned");
        assertEq(toTreasury, 4.5e18, "half of it is the treasury's");
        uint256 supply = token.totalSupply();
        uint256 before = token.balanceOf(treasury);
        vm.expectEmit(address(stakes));
        emit IStakeManager.Swept(4.5e18, 4.5e18, 0);
        stakes.sweep();
        assertEq(supply - token.totalSupply(), 4.5e18, "burned");
        assertEq(token.balanceOf(treasury) - before, 4.5e18, "paid");
        (toBurn, toTreasury,) = stakes.spoils();
        assertEq(toBurn + toTreasury, 0, "nothing left");
    }

    function test_slash_withoutAReporter() external {
        vm.prank(arena);
        stakes.slash(position, 10e18, Reason.MISSED_REVEAL, address(0));
        (uint256 toBurn, uint256 toTreasury,) = stakes.spoils();
        assertEq(toBurn + toTreasury, 10e18, "all of it");
        assertEq(stakes.earnedOf(address(0)), 0, "nobody");
    }

    function test_slash_capsEachReason() external {
        (uint256 self,) = _all(Reason.MISSED_REVEAL);
        assertEq(self, 30e18, "1 %");
        (self,) = _all(Reason.OUTLIER);
        assertEq(self, 14.85e18, "half a percent of what is left");
        uint256 left = stakes.selfStakeOf(position);
        (self,) = _all(Reason.WRONG_ASSESSMENT);
        assertEq(self, left / 2, "half");
        (self,) = _all(Reason.EQUIVOCATION);
        assertEq(self, left - left / 2, "all");
        assertEq(stakes.selfStakeOf(position), 0, "nothing left");
        (self,) = _all(Reason.EQUIVOCATION);
        assertEq(self, 0, "and no revert");
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.PositionUnknown.selector, bytes32(0)));
        vm.prank(arena);
        stakes.slash(0, 1, Reason.OUTLIER, reporter);
    }

    function test_slash_boundsSmallSlashesOfADay() external {
        uint256 sum;
        for (uint256 i = 0; i < 20; ++i) {
            (uint256 self,) = _all(i % 2 == 0 ? Reason.MISSED_REVEAL : Reason.OUTLIER);
            sum += self;
        }
        assertEq(sum, 150e18, "5 % of what there was at the day's first");
        (uint256 large,) = slash(100e18, Reason.WRONG_ASSESSMENT);
        assertEq(large, 100e18, "others are not bounded by it");
        vm.warp(block.timestamp + 1 days - 1);
        (uint256 more,) = _all(Reason.OUTLIER);
        assertEq(more, 0, "the day is not over");
        vm.warp(block.timestamp + 1);
        (more,) = _all(Reason.OUTLIER);
        assertEq(more, 13.75e18, "a new day");
    }

    function test_slash_takesThawingAlike() external {
        vm.prank(operator);
        stakes.unstake(NODE, task, 1_000e18);
        vm.expectEmit(address(stakes));
        emit IStakeManager.StakeSlashed(position, Asset.PLAIN, false, 20e18, 10e18);
        slash(30e18, Reason.MISSED_REVEAL);
        assertEq(stakes.ownStakeOf(position, Asset.PLAIN).thawing, 990e18, "thawing");
        assertEq(stakes.selfStakeOf(position), 1_980e18, "active");
        vm.warp(block.timestamp + THAWING);
        vm.prank(operator);
        assertEq(stakes.withdraw(position, 1), 990e18, "what is left of the request");
    }

    function test_slash_takesPlainBeforeLocked_andBurnsLocked() external {
        (, uint256 amount) = lockFor(operator, 1_000e18, 365 days);
        vm.prank(operator);
        stakes.stakeLocked(NODE, task, amount);
        (uint256 self,) = slash(3_005e18, Reason.WRONG_ASSESSMENT);
        assertEq(self, 3_005e18, "half of both");
        assertEq(stakes.ownStakeOf(position, Asset.PLAIN).tokens, 0, "plain first");
        assertEq(stakes.ownStakeOf(position, Asset.LOCKED).tokens, 3_005e18, "then locked");
        assertEq(stakes.earnedOf(reporter), 300e18, "a tenth of the plain part only");
        (,, uint256 lockedToBurn) = stakes.spoils();
        assertEq(lockedToBurn, 5e18, "burned");
        stakes.sweep();
        assertEq(gm.totalSupply(), amount - 5e18, "gone");
        assertEq(stakes.taskStakeOf(task), 3_005e18, "of the task");
    }

    function test_slash_reachesDelegatorsForEquivocationOnly() external {
        delegateActive(delegator, 10_000e18);
        (, uint256 delegated) = _all(Reason.WRONG_ASSESSMENT);
        assertEq(delegated, 0, "not theirs");
        (uint256 self, uint256 theirs) = slash(1_600e18, Reason.EQUIVOCATION);
        assertEq(self, 1_500e18, "the operator's first");
        assertEq(theirs, 100e18, "then what is left of it");
        (self, theirs) = _all(Reason.EQUIVOCATION);
        assertEq(self, 0, "nothing left");
        assertEq(theirs, 990e18, "10 %, no more");
        assertEq(stakes.earnedOf(reporter), 300e18, "a tenth of what was the operator's");
        (uint256 toBurn, uint256 toTreasury,) = stakes.spoils();
        assertEq(toBurn + toTreasury, 4_090e18 - 300e18, "the rest of all that was taken");
        assertEq(stakes.delegatedOf(position), 8_910e18, "left");
        assertEq(stakes.taskStakeOf(task), 8_910e18, "of the task");
    }

    function test_slash_takesBothPoolsAlike() external {
        delegateActive(delegator, 6_990e18);
        delegateLockedActive(reporter, 1_000e18);
        vm.warp(block.timestamp + 1 days);
        slash(OWN + 1_000e18, Reason.EQUIVOCATION);
        assertEq(stakes.poolOf(position, Asset.PLAIN).tokens, 6_990e18 - 699e18, "plain");
        assertEq(stakes.poolOf(position, Asset.LOCKED).tokens, 3_010e18 - 301e18, "locked");
        (,, uint256 lockedToBurn) = stakes.spoils();
        assertEq(lockedToBurn, 301e18, "burned");
    }

    function test_slash_takesWhatThawsInThePool() external {
        delegateActive(delegator, 1_000e18);
        vm.prank(delegator);
        stakes.undelegate(position, 400e24);
        slash(OWN + 100e18, Reason.EQUIVOCATION);
        PoolView memory pool = stakes.poolOf(position, Asset.PLAIN);
        assertEq(pool.thawing, 360e18, "thawing");
        assertEq(pool.tokens, 540e18, "active");
        vm.warp(block.timestamp + THAWING);
        vm.prank(delegator);
        assertNear(stakes.withdraw(position, 1), 360e18, 1, "what is left of it");
    }

    /// A pool that lost everything starts anew: old shares and old requests are void, new ones count from one.
    function test_slash_ofEverythingStartsThePoolAnew() external {
        setParameter(Parameter.DELEGATOR_CAP, 10_000);
        delegateActive(delegator, 1_000e18);
        vm.prank(delegator);
        stakes.undelegate(position, 400e24);
        vm.prank(operator);
        stakes.unstake(NODE, task, 500e18);
        vm.expectEmit(address(stakes));
        emit IStakeManager.PoolRestarted(position, Asset.PLAIN, false, 0, 1);
        vm.expectEmit(address(stakes));
        emit IStakeManager.PoolRestarted(position, Asset.PLAIN, true, 1, 1);
        (uint256 self, uint256 delegated) = _all(Reason.EQUIVOCATION);
        assertEq(self, OWN, "all of the operator's");
        assertEq(delegated, 1_000e18, "all of the pool's");
        PoolView memory pool = stakes.poolOf(position, Asset.PLAIN);
        assertEq(pool.nonce, 1, "a new pool");
        assertEq(pool.thawNonce, 1, "and a new way out");
        assertEq(stakes.ownStakeOf(position, Asset.PLAIN).thawNonce, 1, "the operator's too");
        assertEq(sharesOf(delegator), 0, "void");
        assertEq(stakes.thawsOf(position, Asset.PLAIN, delegator)[0].tokens, 0, "void as well");
        give(operator, OWN);
        vm.prank(operator);
        stakes.stake(NODE, task, OWN);
        delegateActive(delegator, 10e18);
        assertEq(sharesOf(delegator), 10e24, "at the first price");
        vm.warp(block.timestamp + THAWING);
        vm.prank(delegator);
        assertEq(stakes.withdraw(position, 9), 0, "a void request pays nothing");
        vm.prank(operator);
        assertEq(stakes.withdraw(position, 9), 0, "nor this one");
        assertEq(stakes.poolOf(position, Asset.PLAIN).tokens, 10e18, "from nobody else's either");
    }

    /// A reward that has arrived in the pool is the delegators', and slashed with the rest.
    function test_slash_reachesWhatHasArrived() external {
        delegateActive(delegator, 10_000e18);
        reward(1_300e18);
        vm.warp(block.timestamp + 1 days);
        (, uint256 theirs) = _all(Reason.EQUIVOCATION);
        assertEq(theirs, 1_100e18, "10 % of 10,000 and of 1,000 that arrived");
    }

    /// What a slash leaves of a pool is worth 2^-40 of what was paid for its shares: it goes too.
    function test_slash_takesDustWithTheRest() external {
        setParameter(Parameter.DELEGATOR_CAP, 10_000);
        delegateActive(delegator, 1 << 70);
        (, uint256 delegated) = slash(OWN + (1 << 70) - (1 << 30), Reason.EQUIVOCATION);
        assertEq(delegated, 1 << 70, "dust too");
        assertEq(stakes.poolOf(position, Asset.PLAIN).nonce, 1, "a new pool");
        assertEq(stakes.poolOf(position, Asset.PLAIN).thawNonce, 0, "nothing thawed");
    }

    function test_slash_leavesAPoolThatIsWorthMoreThanDust() external {
        setParameter(Parameter.DELEGATOR_CAP, 10_000);
        delegateActive(delegator, 1 << 70);
        (, uint256 delegated) = slash(OWN + (1 << 70) - (1 << 30) - 1, Reason.EQUIVOCATION);
        assertEq(delegated, (1 << 70) - (1 << 30) - 1, "what was asked");
        assertEq(stakes.poolOf(position, Asset.PLAIN).nonce, 0, "the same pool");
        assertEq(stakes.poolOf(position, Asset.PLAIN).tokens, (1 << 30) + 1, "what is left");
    }
}
