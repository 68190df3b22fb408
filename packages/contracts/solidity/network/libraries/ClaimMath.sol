// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a claim of a cumulative reward comes to. Unchecked, because a claim is what everybody pays for.
/// @dev Bounds: amounts that were funded are below 2^96.
library ClaimMath {
    uint256 private constant BPS = 10_000;

    /// @notice Root of OpenZeppelin's tree above `node`. @param siblings from below.
    /// @dev Four levels at a time cost a sixth less than one by one; those that make no four come first.
    function rootOf(bytes32 node, bytes32[] calldata siblings) internal pure returns (bytes32 root) {
        root = node;
        assembly ("memory-safe") {
            let at := siblings.offset
            let end := add(at, shl(5, siblings.length))
            let sibling
            // Of a pair the smaller one is hashed first: where the node goes in the two words of scratch space.
            let first
            for { let odd := and(siblings.length, 3) } odd { odd := sub(odd, 1) } {
                sibling := calldataload(at)
                first := shl(5, gt(root, sibling))
                mstore(first, root)
                mstore(xor(first, 0x20), sibling)
                root := keccak256(0x00, 0x40)
                at := add(at, 0x20)
            }
            if lt(at, end) {
                for {} 1 {} {
                    sibling := calldataload(at)
                    first := shl(5, gt(root, sibling))
                    mstore(first, root)
                    mstore(xor(first, 0x20), sibling)
                    root := keccak256(0x00, 0x40)
                    sibling := calldataload(add(at, 0x20))
                    first := shl(5, gt(root, sibling))
                    mstore(first, root)
                    mstore(xor(first, 0x20), sibling)
                    root := keccak256(0x00, 0x40)
                    sibling := calldataload(add(at, 0x40))
                    first := shl(5, gt(root, sibling))
                    mstore(first, root)
                    mstore(xor(first, 0x20), sibling)
                    root := keccak256(0x00, 0x40)
                    sibling := calldataload(add(at, 0x60))
                    first := shl(5, gt(root, sibling))
                    mstore(first, root)
                    mstore(xor(first, 0x20), sibling)
                    root := keccak256(0x00, 0x40)
                    at := add(at, 0x80)
                    if iszero(lt(at, end)) { break }
                }
            }
        }
    }

    /// @param amount was funded.
    function feeDown(uint256 amount, uint256 bps) internal pure returns (uint256) {
        unchecked {
            return amount * bps / BPS;
        }
    }

    /// @notice `amount` less `part`, which is not more.
    function rest(uint256 amount, uint256 part) internal pure returns (uint256) {
        unchecked {
            return amount - part;
        }
    }
}
