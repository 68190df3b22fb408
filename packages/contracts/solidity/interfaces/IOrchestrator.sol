// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ScenarioParams} from "./IScenario.sol";

/// @title Orchestrator
/// @notice Registers federations: creates one Scenario and one MeanPool each, as clones of fixed implementations.
/// Anyone may create; a Scenario belongs to the federator who created it, not to the Orchestrator.
interface IOrchestrator {
    /// `manifest` is what silos consent to, `digest` its SHA-256; `pool` is zero in a federation without a market.
    event ScenarioCreated(
        uint256 indexed id,
        address indexed scenario,
        address indexed federator,
        address pool,
        bytes32 digest,
        bytes manifest,
        string endpoint
    );

    /// @notice Creates a federation. `manifest` is the canonical DAG-CBOR manifest (at most 24,576 bytes): its SHA-256 becomes
    /// `manifestDigest` and its bytes are emitted, so that a silo can read what it consents to from the chain alone.
    /// @param endpoint multiaddrs of the aggregator, comma-separated, at most 1,024 bytes; a hint, proven by the peer key.
    function createScenario(ScenarioParams calldata params, bytes calldata manifest, string calldata endpoint)
        external
        returns (uint256 id, address scenario, address pool);

    /// @notice Scenario of an id, counted from 1; reverts when unknown.
    function scenarioOf(uint256 id) external view returns (address);

    /// @notice Whether `scenario` was created here (a look-alike was not).
    function isScenario(address scenario) external view returns (bool);

    function scenarioCount() external view returns (uint256);

    function implementations() external view returns (address scenario, address token, address pool, uint32 version);

    /// @notice Shortest challenge window, in seconds, that a Scenario of this deployment may have.
    function minChallengeWindow() external view returns (uint32);
}
