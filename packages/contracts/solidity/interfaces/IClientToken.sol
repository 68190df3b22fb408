// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ClientToken
/// @notice ERC-20 with permit (EIP-2612) of one client of one Scenario: a claim on that client's future rewards.
/// A clone with immutable arguments (scenario, index, supply, name). Every transfer first tells the Scenario, so that what was
/// earned until then stays with the old holder.
interface IClientToken {
    function scenario() external view returns (address);
    function index() external view returns (uint16);
    /// @notice What `holder` can claim now, in currency wei.
    function earned(address holder) external view returns (uint256);
}
