// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";

import {IWrappedCurrency} from "./interfaces/IWrappedCurrency.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";

/// @title WrappedCurrency
contract WrappedCurrency is ERC20, IWrappedCurrency {
    constructor(address asset_, string memory, string memory) {}
    function asset() external view returns (address) {}
    function unit() external view returns (uint256) {}
    function wrap(uint256, address) external returns (uint256) {}
    function unwrap(uint256 amount, address) external returns (uint256) {
        revert ErrorsLib.NotAMultiple(amount, 1);
    }
    function name() public view override returns (string memory) {}
    function symbol() public view override returns (string memory) {}
}
