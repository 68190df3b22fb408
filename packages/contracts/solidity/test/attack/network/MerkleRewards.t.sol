// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RewardErrors} from "../../../network/libraries/RewardErrors.sol";
import {MerkleRewards} from "../../../network/MerkleRewards.sol";
import {MerkleRewardsTest} from "../../base/network/MerkleRewardsTest.sol";

/// @notice Attacks 23, 24 and 25 of CONTRACTS.md 3.
contract MerkleRewardsAttackTest is MerkleRewardsTest {
    function setUp() external {
        openRewards();
    }

    function _refused(address who, uint96 amount, bytes32[] memory proof) private {
        uint32 epoch = rewards.activeRoot().epoch;
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.LeafUnknown.selector, who, amount, epoch));
        rewards.claim(who, amount, proof);
    }

    /// Attack 23: an inner node is no leaf. Leaves are hashed twice, and one of them has five words, a node two.
    function test_attack_23_innerNodesAreNoLeaves() external {
        activate(1, 300e18);
        bytes32[] memory none = new bytes32[](0);
        _refused(alice, 100e18, none);
        // The root itself as what a claim is of, were leaves hashed once.
        address who = address(uint160(uint256(leaf(alice, 1))));
        _refused(who, uint96(uint256(leaf(bob, 1))), none);
    }

    /// Attack 23: a leaf is for one chain, one contract and one epoch.
    function test_attack_23_fuzz_leavesAreForOnePlaceOnly(uint64 chain, address place, uint32 epoch) external {
        vm.assume(chain != block.chainid && place != address(rewards) && epoch != 1);
        bytes32[3] memory foreign = [
            leafFor(chain, address(rewards), 1, alice, 100e18),
            leafFor(block.chainid, place, 1, alice, 100e18),
            leafFor(block.chainid, address(rewards), epoch, alice, 100e18)
        ];
        bytes32 root = foreign[0];
        bytes32[] memory proof = new bytes32[](2);
        root = pairOf(pairOf(foreign[0], foreign[1]), foreign[2]);
        vm.prank(updater);
        rewards.submitRoot(root, 100e18, DATA);
        vm.warp(block.timestamp + 1 days);
        rewards.activateRoot();
        (proof[0], proof[1]) = (foreign[1], foreign[2]);
        _refused(alice, 100e18, proof);
        (proof[0], proof[1]) = (foreign[0], foreign[2]);
        _refused(alice, 100e18, proof);
        proof = new bytes32[](1);
        proof[0] = pairOf(foreign[0], foreign[1]);
        _refused(alice, 100e18, proof);
    }

    /// Attack 23: an old proof ends with its root, so that nobody claims by two.
    function test_attack_23_anOldProofIsOver() external {
        activate(1, 300e18);
        activate(2, 650e18);
        _refused(alice, 100e18, proofOf(alice, 1));
    }

    /// Attack 24: a root whose leaves give more than its total, or a total beyond the funds.
    function test_attack_24_claimsEndAtTheTotal() external {
        vm.prank(updater);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.RootTotal.selector, FUNDED + 1, 0, FUNDED));
        rewards.submitRoot(DATA, uint96(FUNDED + 1), DATA);
        activate(1, 299e18);
        rewards.claim(alice, 100e18, proofOf(alice, 1));
        bytes32[] memory proof = proofOf(bob, 1);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.RootOverspent.selector, 200e18, 199e18));
        rewards.claim(bob, 200e18, proof);
    }

    /// Attack 24: a later root takes nothing back of what an earlier one gave.
    function test_attack_24_totalsDoNotFall() external {
        activate(1, 300e18);
        vm.prank(updater);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.RootTotal.selector, 299e18, 300e18, FUNDED));
        rewards.submitRoot(DATA, 299e18, DATA);
    }

    /// Attack 24: an account that a later root lowers is paid nothing, and gives nothing back.
    function test_attack_24_aLoweredLeafPaysNothing() external {
        activate(1, 300e18);
        rewards.claim(bob, 200e18, proofOf(bob, 1));
        bytes32 lowered = leafFor(block.chainid, address(rewards), 2, bob, 150e18);
        vm.prank(updater);
        rewards.submitRoot(lowered, 300e18, DATA);
        vm.warp(rewards.pendingRoot().activeFrom);
        rewards.activateRoot();
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.NothingToClaim.selector, bob, 200e18));
        rewards.claim(bob, 150e18, new bytes32[](0));
    }

    /// Attack 25: a malicious root is seen in its delay, challenged by anybody, and revoked; nothing of it is ever paid.
    function test_attack_25_aMaliciousRootNeverPays() external {
        activate(1, 300e18);
        address thief = account("thief");
        bytes32 root = leafFor(block.chainid, address(rewards), 2, thief, 9_000e18);
        vm.prank(updater);
        rewards.submitRoot(root, 9_000e18, DATA);
        _refused(thief, 9_000e18, new bytes32[](0));
        vm.prank(watcher);
        rewards.challenge(keccak256("look"));
        vm.warp(block.timestamp + 2 days - 1);
        vm.expectPartialRevert(RewardErrors.RootWaiting.selector);
        rewards.activateRoot();
        vm.prank(guardian);
        rewards.revokeRoot();
        vm.warp(block.timestamp + 30 days);
        vm.expectRevert(RewardErrors.NoRootPending.selector);
        rewards.activateRoot();
        _refused(thief, 9_000e18, new bytes32[](0));
        // What was earned before is claimed all the same.
        rewards.claim(alice, 100e18, proofOf(alice, 1));
    }

    /// Attack 25: a hasty root does not push out the one that waits, nor shorten its delay.
    function test_attack_25_oneRootWaitsAtATime() external {
        submit(1, 300e18);
        vm.prank(updater);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.RootPending.selector, 1));
        rewards.submitRoot(DATA, 300e18, DATA);
        vm.prank(governor);
        rewards.setDelay(1 hours);
        vm.warp(START + 1 days - 1);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.RootWaiting.selector, 1, START + 1 days));
        rewards.activateRoot();
    }

    /// Attack 24, every order of funds, roots and claims: never more paid than the root's total, nor that more than was funded.
    function test_attack_24_fuzz_neverMoreThanWasFunded(uint96[6] calldata totals, uint256 order) external {
        uint32 epoch = 0;
        for (uint256 i = 0; i < totals.length; ++i) {
            uint96 total = uint96(bound(totals[i], 1, FUNDED * 2));
            vm.prank(updater);
            try rewards.submitRoot(treeRoot(epoch + 1), total, DATA) {
                ++epoch;
                vm.warp(rewards.pendingRoot().activeFrom);
                rewards.activateRoot();
            } catch {
                assertTrue(total > FUNDED || total < rewards.activeRoot().total, "refused for nothing");
            }
            if (epoch == 0) continue;
            address who = order >> i & 1 == 0 ? alice : bob;
            try rewards.claim(who, amountOf(who, epoch), proofOf(who, epoch)) {} catch {}
            (uint256 funded, uint256 paid) = rewards.totals();
            assertLe(paid, rewards.activeRoot().total, "paid");
            assertLe(rewards.activeRoot().total, funded, "total");
            assertEq(currency.balanceOf(address(rewards)), funded - paid, "held");
        }
    }
}
