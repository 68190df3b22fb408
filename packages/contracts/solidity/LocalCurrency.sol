// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";

import {ErrorsLib} from "./libraries/ErrorsLib.sol";

/// @title LocalCurrency
/// @notice An 18-decimals ERC-20 with permit that its owner mints at will: the currency of local chains and tests, never of
/// a federation with money in it.
contract LocalCurrency is ERC20 {
    /// @notice Account that may mint.
    address public immutable owner;

    string internal _name;
    string internal _symbol;

    constructor(string memory name_, string memory symbol_, address owner_) {
        _name = name_;
        _symbol = symbol_;
        owner = owner_;
    }

    /// @notice Owner only: creates `amount` wei for `to`.
    function mint(address to, uint256 amount) external {
        require(msg.sender == owner, ErrorsLib.NotOwner(msg.sender));
        _mint(to, amount);
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
