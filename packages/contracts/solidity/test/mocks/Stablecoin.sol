// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HostileCurrency} from "./HostileCurrency.sol";

/// @notice A dollar token as they are: few decimals, and an issuer with powers. It misbehaves like its parent, on demand.
contract Stablecoin is HostileCurrency {
    uint8 private immutable DECIMALS;

    constructor(uint8 decimals_) {
        DECIMALS = decimals_;
    }

    function decimals() public view override returns (uint8) {
        return DECIMALS;
    }

    /// @dev What a rebase, or a confiscation, does to a balance.
    function shrink(address holder, uint256 amount) external {
        _burn(holder, amount);
    }
}
