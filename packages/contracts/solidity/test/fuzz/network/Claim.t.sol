// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ClaimMath} from "../../../network/libraries/ClaimMath.sol";
import {TestBase} from "../../base/TestBase.sol";

contract ClaimFuzzTest is TestBase {
    /// Levels are hashed four at a time: any number of them, one after the other, comes to the same.
    function test_rootOf_fuzz_isThatOfOneLevelAfterTheOther(bytes32 node, bytes32[] calldata siblings) external pure {
        bytes32 root = node;
        assertEq(ClaimMath.rootOf(node, siblings[:0]), root, "no sibling");
        for (uint256 i = 0; i < siblings.length; ++i) {
            bytes32 sibling = siblings[i];
            root = keccak256(root < sibling ? abi.encode(root, sibling) : abi.encode(sibling, root));
            assertEq(ClaimMath.rootOf(node, siblings[:i + 1]), root, "root");
        }
    }

    /// Equal siblings have no order.
    function test_rootOf_fuzz_pairsOfEquals(bytes32 node) external view {
        bytes32[] memory siblings = new bytes32[](1);
        siblings[0] = node;
        assertEq(this.rootOf(node, siblings), keccak256(abi.encode(node, node)), "root");
    }

    function test_feeDown_roundsDown() external pure {
        assertEq(ClaimMath.feeDown(10_000, 1), 1, "whole");
        assertEq(ClaimMath.feeDown(19_999, 1), 1, "and a part");
    }

    function rootOf(bytes32 node, bytes32[] calldata siblings) external pure returns (bytes32) {
        return ClaimMath.rootOf(node, siblings);
    }
}
