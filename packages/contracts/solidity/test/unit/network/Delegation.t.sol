// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {Asset, DelegationView, IStakeManager, Parameter, PoolView, Reason} from "../../../network/interfaces/IStakeManager.sol";
import {StakeErrors} from "../../../network/libraries/StakeErrors.sol";
import {StakeBase} from "../../base/network/StakeBase.sol";

/// @notice Delegation pools, and what rewards do to them.
contract DelegationTest is StakeBase {
    function setUp() external {
        deployStakes();
        open();
    }

    function _pool() private view returns (PoolView memory) {
        return stakes.poolOf(position, Asset.PLAIN);
    }

    function _view(Asset asset) private view returns (DelegationView memory) {
        return stakes.delegationOf(position, asset, delegator);
    }

    function _undelegate(uint256 shares) private returns (uint256) {
        vm.prank(delegator);
        return stakes.undelegate(position, shares);
    }

    function _commit(uint16 bps) private {
        vm.prank(operator);
        stakes.setCommission(position, bps);
    }

    // --- in
    function test_delegate_waitsADay() external {
        give(delegator, 10e18);
        vm.expectEmit(address(stakes));
        emit IStakeManager.Delegated(position, Asset.PLAIN, delegator, 10e18, uint40(block.timestamp + 1 days));
        vm.prank(delegator);
        assertEq(stakes.delegate(operator, NODE, task, 10e18, 0), 10e24, "shares it would get");
        assertEq(stakes.delegatedOf(position), 0, "not active");
        assertEq(_view(Asset.PLAIN).pending, 10e18, "pending");
        vm.warp(block.timestamp + 1 days - 1);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.ActivationTooEarly.selector, block.timestamp + 1));
        stakes.activate(position, Asset.PLAIN, delegator);
        vm.warp(block.timestamp + 1);
        vm.expectEmit(address(stakes));
        emit IStakeManager.DelegationActivated(position, Asset.PLAIN, delegator, 10e18, 10e24);
        assertEq(stakes.activate(position, Asset.PLAIN, delegator), 10e24, "shares");
        assertEq(stakes.delegatedOf(position), 10e18, "active");
        assertEq(stakes.taskStakeOf(task), OWN + 10e18, "of the task");
        assertEq(_view(Asset.PLAIN).pending, 0, "nothing waits");
        assertEq(_view(Asset.PLAIN).tokens, 10e18, "worth");
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.NothingPending.selector, position, delegator));
        stakes.activate(position, Asset.PLAIN, delegator);
    }

    function test_delegate_reverts() external {
        give(delegator, 10e18);
        vm.startPrank(delegator);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.DelegationBelowMin.selector, 1e18 - 1, 1e18));
        stakes.delegate(operator, NODE, task, 1e18 - 1, 0);
        bytes32 nobody = stakes.keyOf(delegator, NODE, task);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.PositionUnknown.selector, nobody));
        stakes.delegate(delegator, NODE, task, 1e18, 0);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.OwnPosition.selector, position));
        vm.prank(operator);
        stakes.delegate(operator, NODE, task, 1e18, 0);
    }

    function test_delegate_againStartsTheDayAgain_andActivatesWhatIsDue() external {
        delegate(delegator, 10e18);
        vm.warp(block.timestamp + 1 days - 1);
        delegate(delegator, 5e18);
        assertEq(_view(Asset.PLAIN).pending, 15e18, "both wait");
        vm.warp(block.timestamp + 1 days);
        delegate(delegator, 2e18);
        assertEq(_view(Asset.PLAIN).tokens, 15e18, "what was due is active");
        assertEq(_view(Asset.PLAIN).pending, 2e18, "the new one waits");
    }

    function test_activate_keepsTheLeastShares() external {
        give(delegator, 10e18);
        vm.prank(delegator);
        stakes.delegate(operator, NODE, task, 10e18, 10e24 + 1);
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.SharesBelowMin.selector, 10e24, 10e24 + 1));
        stakes.activate(position, Asset.PLAIN, delegator);
        delegate(delegator, 1e18);
        assertEq(_view(Asset.PLAIN).pending, 11e18, "goes on waiting, now without a least");
        vm.warp(block.timestamp + 1 days);
        assertEq(stakes.activate(position, Asset.PLAIN, delegator), 11e24, "shares");
    }

    function test_cancelDelegation_givesBackAtOnce() external {
        delegate(delegator, 10e18);
        vm.expectEmit(address(stakes));
        emit IStakeManager.DelegationCancelled(position, Asset.PLAIN, delegator, 10e18);
        vm.prank(delegator);
        assertEq(stakes.cancelDelegation(position, Asset.PLAIN), 10e18, "all of it");
        assertEq(token.balanceOf(delegator), 10e18, "paid");
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.NothingPending.selector, position, delegator));
        vm.prank(delegator);
        stakes.cancelDelegation(position, Asset.PLAIN);
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.NothingPending.selector, position, delegator));
        stakes.activate(position, Asset.PLAIN, delegator);
    }

    // --- out
    function test_undelegate_thawsAndPays() external {
        delegateActive(delegator, 10e18);
        assertEq(_undelegate(4e24), 4e18, "worth");
        assertEq(stakes.delegatedOf(position), 6e18, "active");
        assertEq(_pool().thawing, 4e18, "thawing");
        assertEq(stakes.taskStakeOf(task), OWN + 6e18, "of the task");
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.SharesTooFew.selector, 6e24 + 1, 6e24));
        _undelegate(6e24 + 1);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        _undelegate(0);
        vm.warp(block.timestamp + THAWING);
        vm.prank(delegator);
        assertEq(stakes.withdraw(position, 1), 4e18, "paid");
        assertEq(token.balanceOf(delegator), 4e18, "in the token");
    }

    function test_undelegate_activatesWhatIsDueFirst() external {
        delegate(delegator, 10e18);
        vm.warp(block.timestamp + 1 days);
        assertEq(_undelegate(10e24), 10e18, "all of it");
    }

    // --- rewards
    /// The worked example of FLock's documentation: 58,084, 60 % for delegated stake, 3,000 own, 1,000 delegated -> 8,712.6.
    function test_reward_isFLocksExample() external {
        _commit(4_000);
        delegateActive(delegator, 1_000e18);
        vm.expectEmit(address(stakes));
        emit IStakeManager.Rewarded(position, 58_084e18, 58_084e18 - 8_712.6e18, 8_712.6e18, 0);
        reward(58_084e18);
        assertEq(stakes.earnedOf(operator), 58_084e18 - 8_712.6e18, "operator");
        assertEq(_pool().streaming, 8_712.6e18, "on its way");
        vm.warp(block.timestamp + 1 days);
        assertEq(_pool().tokens, 1_000e18 + 8_712.6e18, "arrived");
        assertEq(_pool().streaming, 0, "nothing on its way");
        assertNear(_view(Asset.PLAIN).tokens, 9_712.6e18, 1e4, "the delegator's, but for the virtual shares' part");
    }

    function test_reward_arrivesEvenly() external {
        delegateActive(delegator, OWN);
        reward(2_400e18);
        vm.warp(block.timestamp + 6 hours);
        assertEq(_pool().tokens, OWN + 300e18, "a quarter of a half");
        assertEq(_pool().streaming, 900e18, "the rest");
        reward(3_000e18 * 2 + 300e18);
        // 3,000 own and 3,300 delegated: 3,300 more, and everything takes a day again.
        assertEq(_pool().streaming, 900e18 + 3_300e18, "both");
        assertEq(stakes.taskStakeOf(task), 2 * OWN + 300e18, "of the task");
        vm.warp(block.timestamp + 12 hours);
        assertEq(_pool().tokens, OWN + 300e18 + 2_100e18, "half of it");
    }

    function test_reward_withoutDelegatorsIsTheOperators() external {
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        reward(0);
        reward(100e18);
        assertEq(stakes.earnedOf(operator), 100e18, "all of it");
        setParameter(Parameter.CLAIM_FEE, 100);
        vm.expectEmit(address(stakes));
        emit IStakeManager.Claimed(operator, 99e18, 1e18);
        uint256 before = token.balanceOf(operator);
        assertEq(stakes.claim(operator), 99e18, "less the fee");
        assertEq(token.balanceOf(operator) - before, 99e18, "paid to the account, whoever asks");
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        stakes.claim(operator);
        (, uint256 toTreasury,) = stakes.spoils();
        assertEq(toTreasury, 31e18, "registration and claim");
    }

    function test_reward_ofAnUnknownPositionReverts() external {
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.PositionUnknown.selector, bytes32(0)));
        vm.prank(arena);
        stakes.reward(0, 1);
    }

    /// While nobody has shares, a stream waits for who comes next.
    function test_reward_streamWaitsWhileNobodyDelegates() external {
        delegateActive(delegator, OWN);
        reward(2_000e18);
        vm.warp(block.timestamp + 6 hours);
        _undelegate(sharesOf(delegator));
        assertEq(_pool().shares, 0, "nobody");
        assertEq(_pool().streaming, 750e18, "what had not arrived");
        vm.warp(block.timestamp + 30 days);
        assertEq(_pool().streaming, 750e18, "waits");
        give(reporter, 10e18);
        vm.prank(reporter);
        stakes.delegate(operator, NODE, task, 10e18, 0);
        vm.warp(block.timestamp + 1 days);
        stakes.activate(position, Asset.PLAIN, reporter);
        assertEq(_pool().streaming, 750e18, "still all of it");
        vm.warp(block.timestamp + 9 hours);
        assertEq(_pool().streaming, 375e18, "goes on");
    }

    // --- locked stake
    function test_lockedDelegation_keepsRewardsApart() external {
        uint256 amount = delegateLockedActive(delegator, 1_000e18);
        assertEq(amount, 3_010e18, "3.01 times");
        assertEq(stakes.delegatedOf(position), amount, "delegated");
        reward(6_010e18);
        vm.warp(block.timestamp + 12 hours);
        assertNear(_view(Asset.LOCKED).earned, 1_505e18, 1, "half of it has arrived");
        assertEq(_view(Asset.LOCKED).tokens, amount, "principal stays what it was");
        vm.warp(block.timestamp + 12 hours);
        uint256 paid = stakes.claimLocked(position, delegator);
        assertNear(paid, 3_010e18, 2, "its part");
        assertEq(token.balanceOf(delegator), paid, "in the token");
        assertEq(stakes.claimLocked(position, delegator), 0, "once");
        vm.prank(delegator);
        stakes.undelegateLocked(position, 3_010e24);
        vm.warp(block.timestamp + THAWING);
        vm.prank(delegator);
        assertEq(stakes.withdrawLocked(position, 1), amount, "principal comes back whole");
        assertEq(gm.balanceOf(delegator), amount, "as locked stake");
    }

    function test_reward_isSplitOverBothPoolsByTheirStake() external {
        delegateActive(delegator, 990e18);
        delegateLockedActive(reporter, 1_000e18);
        _commit(0);
        vm.expectEmit(address(stakes));
        emit IStakeManager.Rewarded(position, 7_000e18, 3_000e18, 990e18, 3_010e18);
        reward(7_000e18);
    }

    /// Rewards of before a wipe-out stay claimable, and none of after it are.
    function test_lockedDelegation_rewardsOutliveAWipeOut() external {
        delegateLockedActive(delegator, 1_000e18);
        reward(6_010e18);
        vm.warp(block.timestamp + 1 days);
        setParameter(Parameter.DELEGATOR_CAP, 10_000);
        slash(type(uint256).max, Reason.EQUIVOCATION);
        assertEq(_view(Asset.LOCKED).tokens, 0, "principal is gone");
        assertNear(_view(Asset.LOCKED).earned, 3_010e18, 2, "what it earned is not");
        delegateLockedActive(reporter, 1_000e18);
        reward(100e18);
        vm.warp(block.timestamp + 1 days);
        assertNear(stakes.claimLocked(position, delegator), 3_010e18, 2, "paid");
        assertNear(stakes.claimLocked(position, reporter), 100e18, 2, "the new one's");
    }
}
