// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LibClone} from "solady/utils/LibClone.sol";

import {ErrorsLib} from "./libraries/ErrorsLib.sol";

/// @notice Reads the immutable arguments behind a clone's code. They cost no storage slot and cannot change.
abstract contract CloneArgs {
    /// @dev The implementation itself: its code carries no arguments, so everything that reads one reverts there.
    address private immutable SELF = address(this);

    function _args(uint256 start, uint256 end) internal view returns (bytes memory) {
        require(address(this) != SELF, ErrorsLib.NotAClone());
        return LibClone.argsOnClone(address(this), start, end);
    }

    function _word(uint256 start) internal view returns (uint256) {
        return uint256(LibClone.argLoad(_args(start, start + 32), 0));
    }
}
