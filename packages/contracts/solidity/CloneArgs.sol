// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LibClone} from "solady/utils/LibClone.sol";

import {ErrorsLib} from "./libraries/ErrorsLib.sol";

/// @notice Reads the immutable arguments behind a clone's code. They cost no storage slot and cannot change.
abstract contract CloneArgs {
    /// @dev The implementation itself: its code carries no arguments, so everything that reads one reverts there.
    address private immutable SELF = address(this);
    /// @dev Where LibClone puts the arguments, behind the clone's own code.
    uint256 private constant ARGS_OFFSET = 0x2d;

    function _args(uint256 start, uint256 end) internal view returns (bytes memory) {
        require(address(this) != SELF, ErrorsLib.NotAClone());
        return LibClone.argsOnClone(address(this), start, end);
    }

    /// @dev 32 bytes from `start` on; zeros behind the end.
    function _word(uint256 start) internal view returns (uint256 word) {
        require(address(this) != SELF, ErrorsLib.NotAClone());
        uint256 offset = ARGS_OFFSET + start;
        // Memory-safe: uses the first scratch word only. Read on every transfer, so without LibClone's allocation.
        assembly ("memory-safe") {
            extcodecopy(address(), 0x00, offset, 0x20)
            word := mload(0x00)
        }
    }

    /// @dev The first 64 bytes, with one read of the code.
    function _firstWords() internal view returns (uint256 first, uint256 second) {
        require(address(this) != SELF, ErrorsLib.NotAClone());
        // Memory-safe: uses the two scratch words only.
        assembly ("memory-safe") {
            extcodecopy(address(), 0x00, ARGS_OFFSET, 0x40)
            first := mload(0x00)
            second := mload(0x20)
        }
    }
}
