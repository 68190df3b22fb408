// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {ErrorsLib} from "../libraries/ErrorsLib.sol";

/// @notice Holds one currency and counts every wei of it itself: a gift changes nothing.
/// The lock is a contract's own; what calls out does so after its last write.
abstract contract CurrencyHolder {
    /// @notice The 18-decimals ERC-20 that everything here is paid in.
    address public immutable currency;

    /// @dev 0 or 1: a bool would be read before it is written.
    uint256 private transient _locked;

    modifier locked() {
        _lock();
        _;
        _locked = 0;
    }

    constructor(address currency_) {
        require(currency_.code.length != 0, ErrorsLib.InvalidParam("currency"));
        currency = currency_;
    }

    /// @dev Apart from the modifier, whose code stands in every function that has it.
    function _lock() private {
        require(_locked == 0, ErrorsLib.Locked());
        _locked = 1;
    }

    /// @dev Takes `amount` from the caller; a currency that delivers less is refused.
    function _pull(uint256 amount) internal {
        uint256 before = SafeTransferLib.balanceOf(currency, address(this));
        SafeTransferLib.safeTransferFrom(currency, msg.sender, address(this), amount);
        uint256 received = SafeTransferLib.balanceOf(currency, address(this)) - before;
        require(received >= amount, ErrorsLib.UnderReceived(amount, received));
    }

    function _push(address to, uint256 amount) internal {
        SafeTransferLib.safeTransfer(currency, to, amount);
    }

    function _checkRecipient(address to) internal view {
        require(to != address(0) && to != address(this), ErrorsLib.InvalidRecipient(to));
    }
}
