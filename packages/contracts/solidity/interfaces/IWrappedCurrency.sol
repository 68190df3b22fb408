// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title WrappedCurrency
/// @notice An 18-decimals ERC-20 with permit that stands for another ERC-20 of fewer decimals, 1 to 1 in value: one unit of the asset
/// is `unit` wei here, an integer, so that nothing is ever rounded.
interface IWrappedCurrency {
    event Wrapped(address indexed from, address indexed to, uint256 assets, uint256 amount);
    event Unwrapped(address indexed from, address indexed to, uint256 assets, uint256 amount);

    function asset() external view returns (address);
    /// @notice Wei per unit of the asset: 1e12 for 6 decimals.
    function unit() external view returns (uint256);
    /// @notice Pulls `assets` units of the asset and mints `assets * unit` wei to `to`.
    function wrap(uint256 assets, address to) external returns (uint256 amount);
    /// @notice Burns `amount` wei, a multiple of `unit`, and sends the asset to `to`.
    function unwrap(uint256 amount, address to) external returns (uint256 assets);
}
