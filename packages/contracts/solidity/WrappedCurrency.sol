// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {NamedToken} from "./NamedToken.sol";
import {IWrappedCurrency} from "./interfaces/IWrappedCurrency.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";

interface IAssetDecimals {
    function decimals() external view returns (uint8);
}

/// @title WrappedCurrency
/// @notice A currency for federations made of a stablecoin with fewer than 18 decimals: one unit of the asset is `unit` wei here.
///
/// TRUST: the asset. What its issuer can do to this contract's balance (freeze it, take it, shrink it) it does to all holders: then
/// those who unwrap first are paid in full until nothing is left. A frozen holder harms nobody else, and unwraps to another address.
/// ROLES: none. Nobody mints without bringing the asset, pauses or upgrades.
///
/// INVARIANTS
/// 1. totalSupply is a multiple of `unit`, and at most `unit` times what was wrapped less what was unwrapped.
/// 2. The asset held is at least totalSupply / unit, unless the asset itself took some away.
contract WrappedCurrency is NamedToken, IWrappedCurrency {
    uint256 private constant DECIMALS = 18;

    /// @inheritdoc IWrappedCurrency
    address public immutable asset;
    /// @inheritdoc IWrappedCurrency
    uint256 public immutable unit;

    bool private transient _busy;

    /// @dev What an asset delivers is measured, so it must not start a second measurement inside the first.
    modifier locked() {
        require(!_busy, ErrorsLib.Locked());
        _busy = true;
        _;
        _busy = false;
    }

    constructor(address asset_, string memory name_, string memory symbol_) NamedToken(name_, symbol_) {
        uint256 assetDecimals = IAssetDecimals(asset_).decimals();
        require(assetDecimals < DECIMALS, ErrorsLib.DecimalsInvalid(assetDecimals));
        asset = asset_;
        unit = 10 ** (DECIMALS - assetDecimals);
    }

    /// @inheritdoc IWrappedCurrency
    function wrap(uint256 assets, address to) external locked returns (uint256 amount) {
        _check(assets, to);
        // An asset that takes a fee on transfer delivers less, and is refused. More is a gift.
        uint256 before = SafeTransferLib.balanceOf(asset, address(this));
        SafeTransferLib.safeTransferFrom(asset, msg.sender, address(this), assets);
        uint256 received = SafeTransferLib.balanceOf(asset, address(this)) - before;
        require(received >= assets, ErrorsLib.UnderReceived(assets, received));
        amount = assets * unit;
        _mint(to, amount);
        emit Wrapped(msg.sender, to, assets, amount);
    }

    /// @inheritdoc IWrappedCurrency
    function unwrap(uint256 amount, address to) external locked returns (uint256 assets) {
        _check(amount, to);
        require(amount % unit == 0, ErrorsLib.NotAMultiple(amount, unit));
        assets = amount / unit;
        _burn(msg.sender, amount);
        emit Unwrapped(msg.sender, to, assets, amount);
        SafeTransferLib.safeTransfer(asset, to, assets);
    }

    function _check(uint256 amount, address to) private view {
        require(amount != 0, ErrorsLib.AmountZero());
        require(to != address(0) && to != address(this), ErrorsLib.InvalidRecipient(to));
    }
}
