// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Asset} from "../../../network/interfaces/IStakeManager.sol";
import {StakeBase} from "../../base/network/StakeBase.sol";

/// @notice The last second, the last wei and the highest value that are allowed.
contract StakeBordersTest is StakeBase {
    function setUp() external {
        deployStakes();
        open();
    }

    function _commit(uint16 bps) private {
        vm.prank(operator);
        stakes.setCommission(position, bps);
    }

    function test_setCommission_mayBeTheHighest() external {
        _commit(5_000);
        assertEq(stakes.positionOf(position).commission, 5_000, "half");
    }

    function test_setCommission_toWhatItIsTakesBackARise() external {
        delegate(delegator, 10e18);
        _commit(500);
        _commit(0);
        assertEq(stakes.positionOf(position).nextCommissionFrom, 0, "the rise is off");
    }

    /// Own stake counts from the second on in which it has been there for a day.
    function test_reward_countsOwnStakeThatIsADayOld() external {
        delegate(delegator, OWN);
        vm.warp(block.timestamp + 1 days);
        stakes.activate(position, Asset.PLAIN, delegator);
        reward(100e18);
        assertEq(stakes.earnedOf(operator), 50e18, "half of the stake, half of the reward");
    }

    /// What is added in that second is fresh by itself, and not with what was there before.
    function test_stake_aDayLaterIsFreshAlone() external {
        delegate(delegator, OWN);
        vm.warp(block.timestamp + 1 days);
        stakes.activate(position, Asset.PLAIN, delegator);
        stake(operator, NODE, 2 * OWN);
        reward(100e18);
        assertEq(stakes.earnedOf(operator), 50e18, "by what it had before");
    }

    /// Nor with what was fresh until that second.
    function test_stake_aDayAfterAnAdditionIsFreshAlone() external {
        delegate(delegator, OWN);
        stake(operator, NODE, OWN);
        vm.warp(block.timestamp + 1 days);
        stakes.activate(position, Asset.PLAIN, delegator);
        stake(operator, NODE, 2 * OWN);
        reward(90e18);
        assertEq(stakes.earnedOf(operator), 60e18, "by twice what the delegator has");
    }

    function test_activate_givesExactlyTheLeastShares() external {
        give(delegator, 20e18);
        vm.startPrank(delegator);
        stakes.delegate(operator, NODE, task, 10e18, 10e24);
        vm.warp(block.timestamp + 1 days);
        stakes.delegate(operator, NODE, task, 10e18, 10e24);
        assertEq(stakes.delegationOf(position, Asset.PLAIN, delegator).shares, 10e24, "by the next delegation");
        vm.warp(block.timestamp + 1 days);
        assertEq(stakes.activate(position, Asset.PLAIN, delegator), 10e24, "by itself");
        vm.stopPrank();
    }

    /// Rewards of LOCKED delegations are paid in another asset than their shares: each part is rounded down, before and after it is settled.
    function test_lockedRewards_roundDown() external {
        (, uint256 mine) = lockFor(delegator, 10e18, 365 days);
        (, uint256 theirs) = lockFor(reporter, 20e18 + 1, 365 days);
        vm.prank(delegator);
        stakes.delegateLocked(operator, NODE, task, mine, 0);
        vm.prank(reporter);
        stakes.delegateLocked(operator, NODE, task, theirs, 0);
        vm.warp(block.timestamp + 1 days);
        stakes.activate(position, Asset.LOCKED, delegator);
        stakes.activate(position, Asset.LOCKED, reporter);
        reward(1_000_003);
        uint256 whole = stakes.poolOf(position, Asset.LOCKED).streaming;
        vm.warp(block.timestamp + 1 days);
        assertEq(_earned(delegator) + _earned(reporter), whole - 1, "what arrived, before it is settled");
        stakes.claimLocked(position, reporter);
        // By an index now, which is rounded down as well.
        assertEq(token.balanceOf(reporter) + _earned(delegator), whole - 2, "after one of them");
        stakes.claimLocked(position, delegator);
        assertEq(token.balanceOf(reporter) + token.balanceOf(delegator), whole - 2, "paid");
    }

    /// All of one delegator is less than the whole by the wei that its index is rounded down.
    function test_lockedRewards_indexRoundsDown() external {
        delegateLockedActive(delegator, 10e18);
        reward(1_000_003);
        uint256 whole = stakes.poolOf(position, Asset.LOCKED).streaming;
        vm.warp(block.timestamp + 1 days);
        stakes.claimLocked(position, delegator);
        assertEq(token.balanceOf(delegator), whole - 1, "a wei less");
    }

    function _earned(address who) private view returns (uint256) {
        return stakes.delegationOf(position, Asset.LOCKED, who).earned;
    }
}
