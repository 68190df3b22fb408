// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {NamedToken} from "./NamedToken.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";

/// @title LocalCurrency
/// @notice An 18-decimals ERC-20 with permit that its owner mints at will: the currency of local chains and tests, never of
/// a federation with money in it.
contract LocalCurrency is NamedToken {
    /// @notice Account that may mint.
    address public immutable owner;

    constructor(string memory name_, string memory symbol_, address owner_) NamedToken(name_, symbol_) {
        owner = owner_;
    }

    /// @notice Owner only: creates `amount` wei for `to`.
    function mint(address to, uint256 amount) external {
        require(msg.sender == owner, ErrorsLib.NotOwner(msg.sender));
        _mint(to, amount);
    }
}
