// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";

/// @notice An 18-decimals ERC-20 with permit whose name and symbol are given when it is deployed.
abstract contract NamedToken is ERC20 {
    string private _name;
    string private _symbol;

    constructor(string memory name_, string memory symbol_) {
        _name = name_;
        _symbol = symbol_;
    }

    /// @inheritdoc ERC20
    function name() public view override returns (string memory) {
        return _name;
    }

    /// @inheritdoc ERC20
    function symbol() public view override returns (string memory) {
        return _symbol;
    }

    /// @dev No standing allowance for Permit2: a user grants every allowance himself.
    function _givePermit2InfiniteAllowance() internal pure override returns (bool) {
        return false;
    }
}
