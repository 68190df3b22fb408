// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title AttesterResolver
/// @notice Decides disputes by the signatures of a fixed set of attesters, who recompute the round from its evidence. It is one
/// resolver of many: a Scenario knows only that its `resolver` calls `resolve`, so a drawn committee or a DAO can take the place.
interface IAttesterResolver {
    event Settled(address indexed scenario, uint32 indexed round, bool upheld, address[] signers);

    function attesters() external view returns (address[] memory);
    function threshold() external view returns (uint256);
    /// @notice EIP-712 digest that attesters sign: Verdict(address scenario,uint32 round,uint8 attempt,bytes32 sharesHash,bool upheld)
    /// in the domain ("fednode AttesterResolver", "1", chain id, this contract). `attempt` and `sharesHash` are those of the Scenario's
    /// assertion, so that a verdict serves one assertion only.
    function verdictDigest(address scenario, uint32 round, bool upheld) external view returns (bytes32);
    /// @notice Anyone brings the verdicts: signers in rising order, at least `threshold`; ECDSA or ERC-1271.
    function settle(address scenario, uint32 round, bool upheld, address[] calldata signers, bytes[] calldata signatures) external;
}
