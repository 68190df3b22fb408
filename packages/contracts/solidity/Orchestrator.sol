// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CREATE3} from "solady/utils/CREATE3.sol";
import {LibClone} from "solady/utils/LibClone.sol";

import {ClientToken} from "./ClientToken.sol";
import {Scenario} from "./Scenario.sol";
import {IOrchestrator} from "./interfaces/IOrchestrator.sol";
import {IScenario, ScenarioParams} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {ParamsLib} from "./libraries/ParamsLib.sol";

/// @title Orchestrator
/// @notice Creates federations and remembers them. It owns nothing, and has no power over a Scenario once it is created.
///
/// INVARIANTS
/// 1. Ids count from 1 and never change what they name.
/// 2. `isScenario` holds for the Scenarios created here and for nothing else.
contract Orchestrator is IOrchestrator {
    uint256 private constant MAX_MANIFEST_BYTES = 24_576;
    uint32 private constant VERSION = 2;

    address private immutable SCENARIO;
    address private immutable TOKEN;
    address private immutable POOL;

    /// @inheritdoc IOrchestrator
    uint32 public immutable minChallengeWindow;

    /// @inheritdoc IOrchestrator
    uint256 public scenarioCount;
    mapping(uint256 id => address) private _scenarios;
    /// @inheritdoc IOrchestrator
    mapping(address scenario => bool) public isScenario;

    /// @param poolImplementation a MeanPool, deployed before: the code of all contracts together is more than one transaction may carry
    /// (EIP-3860).
    constructor(uint32 minChallengeWindow_, address poolImplementation) {
        require(poolImplementation.code.length != 0, ErrorsLib.InvalidParam("poolImplementation"));
        minChallengeWindow = minChallengeWindow_;
        POOL = poolImplementation;
        TOKEN = address(new ClientToken());
        SCENARIO = address(new Scenario(TOKEN));
    }

    /// @inheritdoc IOrchestrator
    function createScenario(ScenarioParams calldata params, bytes calldata manifest, string calldata endpoint)
        external
        returns (uint256 id, address scenario, address pool)
    {
        uint256 size = manifest.length;
        require(size != 0 && size <= MAX_MANIFEST_BYTES, ErrorsLib.ManifestSize(size, MAX_MANIFEST_BYTES));
        ParamsLib.check(params, minChallengeWindow);
        id = ++scenarioCount;
        // The address depends on the id alone, so that the pool can know its Scenario and the Scenario its pool.
        scenario = CREATE3.predictDeterministicAddress(bytes32(id));
        _scenarios[id] = scenario;
        isScenario[scenario] = true;
        if (params.seedCurrency != 0) {
            pool = LibClone.clone(POOL, abi.encodePacked(scenario, params.currency, params.swapFee));
        }
        bytes32 digest = sha256(manifest);
        bytes memory args = abi.encode(address(this), msg.sender, pool, digest, params);
        CREATE3.deployDeterministic(LibClone.initCode(SCENARIO, args), bytes32(id));
        emit ScenarioCreated(id, scenario, msg.sender, pool, digest, manifest, endpoint);
        IScenario(scenario).setEndpoint(endpoint);
    }

    /// @inheritdoc IOrchestrator
    function scenarioOf(uint256 id) external view returns (address scenario) {
        scenario = _scenarios[id];
        require(scenario != address(0), ErrorsLib.UnknownScenario(id));
    }

    /// @inheritdoc IOrchestrator
    function implementations() external view returns (address, address, address, uint32) {
        return (SCENARIO, TOKEN, POOL, VERSION);
    }
}
