// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {IMerkleRewards, RewardRoot} from "../../../network/interfaces/IMerkleRewards.sol";
import {RewardErrors} from "../../../network/libraries/RewardErrors.sol";
import {MerkleRewardsTest} from "../../base/network/MerkleRewardsTest.sol";

contract MerkleRewardsUnitTest is MerkleRewardsTest {
    function setUp() external {
        openRewards();
    }

    // --- funds
    function test_fund_countsWhatRootsMayGive() external {
        fund(address(this), address(rewards), 5e18);
        vm.expectEmit(address(rewards));
        emit IMerkleRewards.Funded(address(this), 5e18);
        rewards.fund(5e18);
        (uint256 funded,) = rewards.totals();
        assertEq(funded, FUNDED + 5e18, "funded");
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        rewards.fund(0);
    }

    // --- roots
    function test_submitRoot_waitsForItsDelay() external {
        vm.expectEmit(address(rewards));
        emit IMerkleRewards.RootSubmitted(1, treeRoot(1), 300e18, DATA, uint40(START) + 1 days);
        submit(1, 300e18);
        RewardRoot memory p = rewards.pendingRoot();
        assertEq(p.epoch, 1, "epoch");
        assertEq(p.root, treeRoot(1), "root");
        vm.warp(START + 1 days - 1);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.RootWaiting.selector, 1, START + 1 days));
        rewards.activateRoot();
        vm.warp(START + 1 days);
        vm.expectEmit(address(rewards));
        emit IMerkleRewards.RootActivated(1, treeRoot(1), 300e18, 0);
        rewards.activateRoot();
        assertEq(rewards.activeRoot().epoch, 1, "active");
        assertEq(rewards.pendingRoot().epoch, 0, "nothing waits");
        vm.expectRevert(RewardErrors.NoRootPending.selector);
        rewards.activateRoot();
    }

    function test_submitRoot_mayGiveAllThatWasFunded() external {
        submit(1, uint96(FUNDED));
        assertEq(rewards.pendingRoot().total, FUNDED, "all of it");
    }

    function test_submitRoot_reverts() external {
        vm.startPrank(updater);
        vm.expectRevert(RewardErrors.RootZero.selector);
        rewards.submitRoot(0, 1, DATA);
        vm.expectRevert(RewardErrors.RootZero.selector);
        rewards.submitRoot(DATA, 1, 0);
        rewards.submitRoot(DATA, 1, DATA);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.RootPending.selector, 1));
        rewards.submitRoot(DATA, 1, DATA);
        vm.stopPrank();
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, guardian);
        vm.prank(guardian);
        vm.expectRevert(refusal);
        rewards.submitRoot(DATA, 1, DATA);
    }

    function test_revokeRoot_isForTheGuardian() external {
        vm.prank(guardian);
        vm.expectRevert(RewardErrors.NoRootPending.selector);
        rewards.revokeRoot();
        submit(1, 300e18);
        vm.prank(updater);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, updater));
        rewards.revokeRoot();
        vm.expectEmit(address(rewards));
        emit IMerkleRewards.RootRevoked(1, address(0), 0);
        vm.prank(guardian);
        rewards.revokeRoot();
        vm.warp(START + 10 days);
        vm.expectRevert(RewardErrors.NoRootPending.selector);
        rewards.activateRoot();
        submit(2, 300e18);
        assertEq(rewards.pendingRoot().epoch, 2, "a number is used once");
    }

    function test_challenge_doublesTheDelayOnce() external {
        vm.prank(watcher);
        vm.expectRevert(RewardErrors.NoRootPending.selector);
        rewards.challenge(DATA);
        submit(1, 300e18);
        vm.warp(START + 1 days - 1);
        vm.expectEmit(address(rewards));
        emit IMerkleRewards.RootChallenged(1, watcher, 1_000e18, DATA, uint40(START) + 2 days);
        vm.prank(watcher);
        rewards.challenge(DATA);
        (address challenger, uint96 bond) = rewards.challengeOf();
        assertEq(challenger, watcher, "challenger");
        assertEq(bond, 1_000e18, "bond");
        assertEq(currency.balanceOf(address(rewards)), FUNDED + 1_000e18, "paid");
        vm.prank(watcher);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.AlreadyChallenged.selector, 1));
        rewards.challenge(DATA);
        vm.warp(START + 2 days - 1);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.RootWaiting.selector, 1, START + 2 days));
        rewards.activateRoot();
    }

    function test_challenge_comesBeforeTheDelayIsOver() external {
        submit(1, 300e18);
        vm.warp(START + 1 days);
        vm.prank(watcher);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.ChallengeTooLate.selector, 1, START + 1 days));
        rewards.challenge(DATA);
    }

    function test_challenge_givesTheBondBackWhenTheRootIsRevoked() external {
        submit(1, 300e18);
        vm.prank(watcher);
        rewards.challenge(DATA);
        vm.prank(guardian);
        rewards.revokeRoot();
        vm.startPrank(watcher);
        assertEq(rewards.withdrawCredit(watcher), 1_000e18, "back");
        assertEq(currency.balanceOf(watcher), 100_000e18, "all that it had");
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        rewards.withdrawCredit(watcher);
        vm.stopPrank();
        submit(2, 300e18);
        (address challenger,) = rewards.challengeOf();
        assertEq(challenger, address(0), "the next one was not challenged");
    }

    function test_challenge_costsTheBondWhenTheRootStands() external {
        submit(1, 300e18);
        vm.prank(watcher);
        rewards.challenge(DATA);
        vm.warp(START + 2 days);
        rewards.activateRoot();
        (uint256 funded,) = rewards.totals();
        assertEq(funded, FUNDED + 1_000e18, "joins the funds");
        assertEq(rewards.creditOf(watcher), 0, "gone");
        submit(2, 600e18);
        (address challenger,) = rewards.challengeOf();
        assertEq(challenger, address(0), "the next one was not challenged");
    }

    // --- claims
    function test_claim_paysTheDifferenceToWhatWasPaid() external {
        activate(1, 300e18);
        vm.expectEmit(address(rewards));
        emit IMerkleRewards.Claimed(alice, 100e18);
        assertEq(claimAs(alice, 1), 100e18, "first");
        assertEq(currency.balanceOf(alice), 100e18, "paid");
        activate(2, 650e18);
        (bytes32[] memory proof) = proofOf(alice, 2);
        assertEq(rewards.claim(alice, amountOf(alice, 2), proof), amountOf(alice, 2) - 100e18, "difference");
        assertEq(rewards.paidTo(alice), amountOf(alice, 2), "all of it");
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.NothingToClaim.selector, alice, amountOf(alice, 2)));
        rewards.claim(alice, amountOf(alice, 2), proof);
    }

    function test_claim_revertsForALeafThatIsNotThere() external {
        bytes32[] memory proof = proofOf(alice, 1);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.LeafUnknown.selector, alice, 100e18, 0));
        rewards.claim(alice, 100e18, proof);
        activate(1, 300e18);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.LeafUnknown.selector, alice, 101e18, 1));
        rewards.claim(alice, 101e18, proof);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.LeafUnknown.selector, bob, 100e18, 1));
        rewards.claim(bob, 100e18, proof);
        rewards.claim(alice, 100e18, proof);
    }

    function test_claim_mayTakeTheLastWeiOfTheTotal() external {
        activate(1, 100e18);
        assertEq(claimAs(alice, 1), 100e18, "all of it");
        (, uint256 paid) = rewards.totals();
        assertEq(paid, 100e18, "paid");
    }

    function test_claim_takesTheFeeToTheTreasury() external {
        vm.prank(governor);
        rewards.setClaimFee(100);
        activate(1, 300e18);
        vm.expectEmit(address(rewards));
        emit IMerkleRewards.ClaimFeeTaken(alice, 1e18);
        claimAs(alice, 1);
        assertEq(currency.balanceOf(alice), 99e18, "less a hundredth");
        assertEq(rewards.creditOf(treasury), 1e18, "treasury");
    }

    // --- governance
    function test_params_haveBounds() external {
        vm.startPrank(governor);
        vm.expectRevert(_outOfRange("delay", 1 hours - 1, 1 hours, 30 days));
        rewards.setDelay(1 hours - 1);
        vm.expectRevert(_outOfRange("delay", 30 days + 1, 1 hours, 30 days));
        rewards.setDelay(30 days + 1);
        vm.expectRevert(_outOfRange("challengeBond", 1e18 - 1, 1e18, 100_000e18));
        rewards.setChallengeBond(1e18 - 1);
        vm.expectRevert(_outOfRange("challengeBond", 100_000e18 + 1, 1e18, 100_000e18));
        rewards.setChallengeBond(100_000e18 + 1);
        vm.expectRevert(_outOfRange("claimFee", 101, 0, 100));
        rewards.setClaimFee(101);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, address(0)));
        rewards.setTreasury(address(0));
        rewards.setDelay(30 days);
        rewards.setChallengeBond(100_000e18);
        rewards.setTreasury(alice);
        vm.stopPrank();
        assertEq(rewards.delay(), 30 days, "delay");
        assertEq(rewards.challengeBond(), 100_000e18, "bond");
        assertEq(rewards.treasury(), alice, "treasury");
    }

    function test_params_revertForStrangers() external {
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this));
        vm.expectRevert(refusal);
        rewards.setDelay(1 days);
        vm.expectRevert(refusal);
        rewards.setChallengeBond(1e18);
        vm.expectRevert(refusal);
        rewards.setClaimFee(0);
        vm.expectRevert(refusal);
        rewards.setTreasury(address(this));
    }

    function _outOfRange(string memory param, uint256 value, uint256 min, uint256 max) private pure returns (bytes memory) {
        return abi.encodeWithSelector(RewardErrors.RewardParamOutOfRange.selector, param, value, min, max);
    }
}
