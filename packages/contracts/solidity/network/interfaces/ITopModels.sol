// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title TopModels
/// @notice The community's list of top models: what its governance thinks well of earns its owner more, within a bound and for a season.
interface ITopModels {
    event TopModelsSet(bytes32[] models, uint16[] boosts, uint40 until);

    /// @notice Governance: replaces the list. @param models digests, each once, at most 32. @param boosts ten-thousandths of the DAO's own
    /// share of a sale that it leaves to the model's owner, at most 5,000. The list ends by itself after 92 days.
    function setTopModels(bytes32[] calldata models, uint16[] calldata boosts) external;

    /// @notice Ten-thousandths; zero for models that are not listed, and once the list has ended.
    function boostOf(bytes32 model) external view returns (uint16);

    /// @notice The present list. @return until Unix seconds at which it ends.
    function topModels() external view returns (bytes32[] memory models, uint16[] memory boosts, uint40 until);
}
