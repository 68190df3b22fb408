// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title NetworkToken
/// @notice The network's currency: 18 decimals, ERC-20 with permit (EIP-2612) and votes (ERC-5805) by timestamp. At most 1,000,000,000.
interface INetworkToken {
    /// @notice Most wei that may ever exist at once.
    function CAP() external view returns (uint256);

    /// @notice Who mints: the EmissionController.
    function minter() external view returns (address);

    /// @notice Only the minter.
    function mint(address to, uint256 amount) external;

    /// @notice Destroys `amount` of the caller's.
    function burn(uint256 amount) external;
}
