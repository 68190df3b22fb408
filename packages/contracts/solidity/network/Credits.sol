// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {CurrencyHolder} from "./CurrencyHolder.sol";
import {ICredits} from "./interfaces/ICredits.sol";

/// @notice Pull payments: whoever is owed something draws it, so that no recipient can stop another's payment.
abstract contract Credits is CurrencyHolder, ICredits {
    /// @inheritdoc ICredits
    mapping(address account => uint256 amount) public creditOf;

    /// @inheritdoc ICredits
    function withdrawCredit(address to) external locked returns (uint256 amount) {
        _checkRecipient(to);
        amount = creditOf[msg.sender];
        require(amount != 0, ErrorsLib.AmountZero());
        creditOf[msg.sender] = 0;
        emit CreditWithdrawn(msg.sender, to, amount);
        _push(to, amount);
    }

    /// @dev The caller's event says why.
    function _credit(address account, uint256 amount) internal {
        if (amount != 0) creditOf[account] += amount;
    }
}
