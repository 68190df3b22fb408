// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What an account may draw here.
interface ICredits {
    event CreditWithdrawn(address indexed account, address indexed to, uint256 amount);

    /// @notice Pays all that the caller is owed to `to`. Nobody can pause it.
    function withdrawCredit(address to) external returns (uint256 amount);

    /// @notice Currency in wei that `account` may draw.
    function creditOf(address account) external view returns (uint256 amount);
}
