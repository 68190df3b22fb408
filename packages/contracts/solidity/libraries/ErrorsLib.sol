// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Every error of the family; a caller that holds one ABI decodes them all.
library ErrorsLib {
    /// @notice The caller does not own this contract.
    error NotOwner(address caller);
}
