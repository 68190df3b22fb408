// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MerkleRewardsTest} from "../../base/network/MerkleRewardsTest.sol";
import {ModelMarketTest} from "../../base/network/ModelMarketTest.sol";
import {Voucher} from "../../../network/interfaces/IModelMarket.sol";

/// @notice Gas of a voucher, whole transactions; the target is that of CONTRACTS.md 5.
/// forge-config: default.isolate = true
contract VoucherGasTest is ModelMarketTest {
    function test_gas_voucher() external {
        openMarket();
        _redeem(voucher(1, 1e18));
        _redeem(voucher(1_000, 100e18));
        _note("voucher", 75_000);
        vm.warp(block.timestamp + EPOCH);
        _redeem(voucher(1_000, 100e18));
        _note("voucher, first of an epoch", 92_000);
        market.share(1);
        _note("share", 110_000);
    }

    function _redeem(Voucher memory v) private {
        bytes memory signature = sign("buyer", v);
        market.redeem(v, signature);
    }

    function _note(string memory name, uint256 max) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        vm.snapshotValue("network", name, used);
        assertLe(used, max, name);
    }
}

/// @notice Gas of Merkle rewards among 100,000 accounts.
/// forge-config: default.isolate = true
contract MerkleGasTest is MerkleRewardsTest {
    uint256 private constant DEPTH = 17;

    function test_gas_merkleClaim() external {
        openRewards();
        // As after a while: she has some of the currency, others have been paid, and one root has superseded another.
        currency.mint(alice, 1);
        _grow(1, bob, 10e18);
        rewards.claim(bob, 10e18, _proof());
        _grow(2, alice, 100e18);
        _note("merkle-claim, new root", 60_000);
        _activate();
        bytes32[] memory proof = _proof();
        rewards.claim(alice, 100e18, proof);
        _note("merkle-claim, first", 80_000);
        _grow(3, alice, 150e18);
        _activate();
        rewards.claim(alice, 150e18, proof);
        _note("merkle-claim", 62_000);
    }

    /// @dev A tree in which `who` has a leaf under seventeen others, submitted.
    function _grow(uint32 epoch, address who, uint96 amount) private {
        bytes32 root = leafFor(block.chainid, address(rewards), epoch, who, amount);
        bytes32[] memory proof = _proof();
        for (uint256 i = 0; i < DEPTH; ++i) {
            root = pairOf(root, proof[i]);
        }
        vm.prank(updater);
        rewards.submitRoot(root, 1_000e18, DATA);
        if (epoch == 1) _activate();
    }

    function _activate() private {
        vm.warp(rewards.pendingRoot().activeFrom);
        rewards.activateRoot();
    }

    function _proof() private pure returns (bytes32[] memory proof) {
        proof = new bytes32[](DEPTH);
        for (uint256 i = 0; i < DEPTH; ++i) {
            proof[i] = keccak256(abi.encode("sibling", i));
        }
    }

    function _note(string memory name, uint256 max) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        vm.snapshotValue("network", name, used);
        assertLe(used, max, name);
    }
}
