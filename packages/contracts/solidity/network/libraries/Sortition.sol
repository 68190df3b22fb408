// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What is drawn from: the tree's root is node 1, the children of node i are 2i and 2i + 1, a leaf is a candidate, and a node holds
/// the sum of the weights below it.
struct Urn {
    uint256[] tree;
    /// @dev A power of two: the number of the first leaf.
    uint256 leaves;
}

/// @title Sortition
/// @notice Draws candidates by weight, without putting them back. src/model/network/sortition.ts draws the same.
///
/// The weights have to be frozen before the seed can be known to anybody; that is the caller's to see to. Where weights are linear in
/// stake, stake that is split over several accounts is drawn as often as before (attack 37).
library Sortition {
    /// @notice A tree of more would not fit a transaction together with what is done for the candidates.
    uint256 internal constant MAX_CANDIDATES = 256;

    error TooManyCandidates(uint256 candidates, uint256 max);

    /// @notice Seed of one draw, of one role, of one round, of one task.
    function seedOf(bytes32 beacon, uint256 task, uint256 round, bytes32 role) internal view returns (bytes32) {
        return keccak256(abi.encode(beacon, block.chainid, address(this), task, round, role));
    }

    /// @notice Candidates are numbered as in `weights`; their sum fits 256 bits.
    function fill(uint256[] memory weights) internal pure returns (Urn memory urn) {
        uint256 count = weights.length;
        require(count <= MAX_CANDIDATES, TooManyCandidates(count, MAX_CANDIDATES));
        urn.leaves = 1;
        while (urn.leaves < count) urn.leaves <<= 1;
        urn.tree = new uint256[](2 * urn.leaves);
        for (uint256 i = 0; i < count; ++i) {
            urn.tree[urn.leaves + i] = weights[i];
        }
        for (uint256 node = urn.leaves - 1; node != 0; --node) {
            urn.tree[node] = urn.tree[2 * node] + urn.tree[2 * node + 1];
        }
    }

    /// @notice Draws `count` candidates, or as many as have weight, in the order in which they come.
    function draw(Urn memory urn, bytes32 seed, uint256 count) internal pure returns (uint256[] memory drawn) {
        drawn = new uint256[](count);
        for (uint256 k = 0; k < count; ++k) {
            uint256 total = urn.tree[1];
            if (total == 0) {
                assembly ("memory-safe") {
                    mstore(drawn, k)
                }
                break;
            }
            drawn[k] = _take(urn, _mulHigh(uint256(keccak256(abi.encode(seed, k))), total));
        }
    }

    /// @dev Takes the candidate that holds `ticket`, less than the sum of all, out of the urn.
    function _take(Urn memory urn, uint256 ticket) private pure returns (uint256) {
        uint256 node = 1;
        while (node < urn.leaves) {
            node *= 2;
            uint256 left = urn.tree[node];
            if (ticket >= left) {
                ticket -= left;
                ++node;
            }
        }
        uint256 candidate = node - urn.leaves;
        uint256 weight = urn.tree[node];
        for (; node != 0; node /= 2) {
            urn.tree[node] -= weight;
        }
        return candidate;
    }

    /// @dev The upper half of the product: x * y / 2^256. Its bias is below y / 2^256, that of a remainder is not.
    function _mulHigh(uint256 x, uint256 y) private pure returns (uint256 high) {
        assembly ("memory-safe") {
            let mm := mulmod(x, y, not(0))
            let low := mul(x, y)
            high := sub(sub(mm, low), lt(mm, low))
        }
    }
}
