// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LibRLP} from "solady/utils/LibRLP.sol";

/// @notice Where the token of client `index` lives. A Scenario creates nothing but its tokens, in index order, and a contract's
/// nonce starts at 1; so the address is a hash and needs no storage.
library TokenAddress {
    function derive(address scenario, uint256 index) internal pure returns (address) {
        return LibRLP.computeAddress(scenario, index + 1);
    }
}
