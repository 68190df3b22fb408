// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A round's shares: their sum, and the hash that anchors them.
library SharesLib {
    /// @dev Offset of the array in `abi.encode(chainid, scenario, round, shares)`.
    uint256 private constant ARRAY_OFFSET = 0x80;

    /// @return anchor keccak256(abi.encode(chainid, scenario, round, shares)). @return total of at most 1,000 shares of 32 bits.
    function digest(address scenario, uint32 round, uint32[] calldata shares)
        internal
        view
        returns (bytes32 anchor, uint256 total)
    {
        uint256 length = shares.length;
        // Reading an element reverts when it has more than 32 bits, so calldata is what abi.encode would write.
        for (uint256 i = 0; i < length; ++i) {
            total += shares[i];
        }
        bytes calldata words;
        // Views the same calldata as bytes; the ABI decoder has checked that it is there. Saves a copy per client.
        assembly ("memory-safe") {
            words.offset := shares.offset
            words.length := shl(5, length)
        }
        anchor = keccak256(bytes.concat(abi.encode(block.chainid, scenario, round, ARRAY_OFFSET, length), words));
    }
}
