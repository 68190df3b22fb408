// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Where the contracts of one network are.
struct NetworkAddresses {
    address access;
    address token;
    address emission;
    address taskEmission;
    address lockedStake;
    address stakeManager;
    address beacon;
    address registry;
    address arenaRules;
    address alliance;
    address allianceRules;
    address rewards;
    address market;
    address topModels;
    address delegatorGifts;
    address dao;
    address timelock;
}

/// @title NetworkDirectory
/// @notice The one address by which people and programs name a network: whoever has it finds all of its contracts.
interface INetworkDirectory {
    /// @notice Of the contracts that it lists.
    // solhint-disable-next-line func-name-mixedcase
    function VERSION() external view returns (uint256);

    /// @notice A block before which none of the contracts did anything: histories are read from here.
    function since() external view returns (uint256);

    function contracts() external view returns (NetworkAddresses memory);
}
