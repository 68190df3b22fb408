// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ClientToken
/// @notice ERC-20 with permit (EIP-2612) of one client of one Scenario: a claim on that client's future rewards.
/// A clone with immutable arguments (scenario, index, controller, peer key, supply, name). Every transfer first asks the Scenario
/// for the stream's accumulator, so that what was earned until then stays with the old holder.
interface IClientToken {
    function scenario() external view returns (address);
    function index() external view returns (uint16);
    /// @notice Account that registered the client.
    function controller() external view returns (address);
    /// @notice Name of the client, and so of the token and of its permit domain.
    function name() external view returns (string memory);
    /// @notice ed25519 public key of the client's libp2p peer.
    function peerKey() external view returns (bytes32);
    /// @notice What `holder` can claim now, in currency wei.
    function earned(address holder) external view returns (uint256);

    /// @notice Balance of `holder` and its signed correction: entitlement = accumulator * balance + correction, scaled by 2^64.
    function accountOf(address holder) external view returns (uint256 balance, int256 correction);
    /// @notice Scenario only, once: hands out the whole supply.
    function initialize(address[3] calldata holders, uint256[3] calldata amounts) external;
    /// @notice Scenario only: takes note that what `holder` is owed at accumulator `acc` is paid. Returns that amount.
    function settle(address holder, uint256 acc) external returns (uint256 amount);
}
