// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MerkleRewards} from "../../../network/MerkleRewards.sol";
import {NetworkTest} from "./NetworkTest.sol";

/// @notice Rewards with an updater and a guardian, and trees of two leaves: Alice's and Bob's, who earn 100 and 200 times the epoch, and
/// half of that once more for Alice from the second on.
abstract contract MerkleRewardsTest is NetworkTest {
    uint64 internal constant GOVERNANCE = 1;
    uint64 internal constant UPDATER = 2;
    uint64 internal constant GUARDIAN = 3;
    uint256 internal constant FUNDED = 10_000e18;
    bytes32 internal constant DATA = keccak256("data");

    MerkleRewards internal rewards;
    address internal updater;
    address internal guardian;
    address internal watcher;
    address internal alice;
    address internal bob;

    function openRewards() internal {
        deployNetworkBase();
        (updater, guardian, watcher) = (account("updater"), account("guardian"), account("watcher"));
        (alice, bob) = (account("alice"), account("bob"));
        rewards = MerkleRewards(deployBuilt("MerkleRewards", abi.encode(address(manager), address(currency), treasury)));
        allow(UPDATER, updater, address(rewards), only(rewards.submitRoot.selector));
        allow(GUARDIAN, guardian, address(rewards), only(rewards.revokeRoot.selector));
        bytes4[] memory setters = new bytes4[](4);
        (setters[0], setters[1]) = (rewards.setDelay.selector, rewards.setChallengeBond.selector);
        (setters[2], setters[3]) = (rewards.setClaimFee.selector, rewards.setTreasury.selector);
        allow(GOVERNANCE, governor, address(rewards), setters);
        fund(address(this), address(rewards), FUNDED);
        rewards.fund(FUNDED);
        fund(watcher, address(rewards), 100_000e18);
    }

    function submit(uint32 epoch, uint96 total) internal {
        vm.prank(updater);
        rewards.submitRoot(treeRoot(epoch), total, DATA);
    }

    function activate(uint32 epoch, uint96 total) internal {
        submit(epoch, total);
        vm.warp(rewards.pendingRoot().activeFrom);
        rewards.activateRoot();
    }

    function amountOf(address who, uint32 epoch) internal view returns (uint96) {
        if (who == bob) return 200e18 * epoch;
        return epoch > 1 ? 125e18 * epoch : 100e18;
    }

    function claimAs(address who, uint32 epoch) internal returns (uint256) {
        return rewards.claim(who, amountOf(who, epoch), proofOf(who, epoch));
    }

    function leaf(address who, uint32 epoch) internal view returns (bytes32) {
        return leafFor(block.chainid, address(rewards), epoch, who, amountOf(who, epoch));
    }

    function leafFor(uint256 chain, address place, uint32 epoch, address who, uint96 amount) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(chain, place, epoch, who, amount))));
    }

    function treeRoot(uint32 epoch) internal view returns (bytes32) {
        return pairOf(leaf(alice, epoch), leaf(bob, epoch));
    }

    function proofOf(address who, uint32 epoch) internal view returns (bytes32[] memory proof) {
        proof = new bytes32[](1);
        proof[0] = leaf(who == alice ? bob : alice, epoch);
    }

    function pairOf(bytes32 a, bytes32 b) internal pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }
}
