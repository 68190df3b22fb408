// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LocalCurrency} from "../../LocalCurrency.sol";
import {MeanPool} from "../../MeanPool.sol";
import {Orchestrator} from "../../Orchestrator.sol";
import {Scenario} from "../../Scenario.sol";
import {IOrchestrator} from "../../interfaces/IOrchestrator.sol";
import {Phase, ScenarioParams} from "../../interfaces/IScenario.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

contract SixDecimals is LocalCurrency {
    constructor() LocalCurrency("Six", "SIX", msg.sender) {}

    function decimals() public pure override returns (uint8) {
        return 6;
    }
}

contract OrchestratorCreateScenarioTest is Federation {
    function setUp() external {
        deploy();
    }

    function _refused(ScenarioParams memory p, string memory field) private {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidParam.selector, field));
        orchestrator.createScenario(p, "m", "");
    }

    function test_createScenario_registersWhatItCreates() external {
        create(defaultParams());
        assertEq(orchestrator.scenarioCount(), 1, "count");
        assertEq(orchestrator.scenarioOf(1), address(scenario), "scenarioOf");
        assertTrue(orchestrator.isScenario(address(scenario)), "isScenario");
        assertEq(scenario.orchestrator(), address(orchestrator), "orchestrator");
        assertEq(scenario.federator(), federator, "federator");
        assertEq(scenario.pool(), address(pool), "pool of the scenario");
        assertEq(pool.scenario(), address(scenario), "scenario of the pool");
        assertEq(pool.swapFee(), 0.003e18, "fee");
        assertEq(scenario.manifestDigest(), sha256("manifest"), "digest");
        assertEq(scenario.endpoint(), "/ip4/127.0.0.1/tcp/4001", "endpoint");
        assertEq(keccak256(abi.encode(scenario.params())), keccak256(abi.encode(defaultParams())), "params");
        assertTrue(scenario.phase() == Phase.Registering, "phase");
    }

    function test_createScenario_emitsTheManifest() external {
        vm.recordLogs();
        create(defaultParams());
        bytes32 topic = IOrchestrator.ScenarioCreated.selector;
        bool found;
        for (uint256 i = 0; !found; ++i) {
            found = vm.getRecordedLogs()[i].topics[0] == topic;
        }
    }

    function test_createScenario_countsOn() external {
        create(defaultParams());
        address first = address(scenario);
        create(defaultParams());
        assertTrue(first != address(scenario), "another address");
        assertEq(orchestrator.scenarioOf(1), first, "first");
        assertEq(orchestrator.scenarioOf(2), address(scenario), "second");
    }

    function test_createScenario_withoutSeedHasNoPool() external {
        ScenarioParams memory p = defaultParams();
        (p.seedCurrency, p.poolBps, p.clientBps) = (0, 0, 9_000);
        create(p);
        assertEq(address(pool), address(0), "pool");
        assertEq(scenario.pool(), address(0), "pool");
    }

    function test_createScenario_takesTheLimits() external {
        ScenarioParams memory p = defaultParams();
        (p.minClients, p.maxClients, p.streamWindow, p.rounds, p.roundTimeout) = (1, 1, 60, 1, 60);
        (p.currencyWeight, p.swapFee, p.challengeWindow, p.clientSupply) = (0.8e18, 0.0005e18, 60, 1e18);
        (p.firstPot, p.potRatio, p.bond, p.resolver) = (1 << 90, 0.5e18, (1 << 90) >> 6, address(this));
        create(p);
        (p.potRatio, p.maxIssuance) = (1e18, 2);
        (p.maxClients, p.currencyWeight) = (100, 0.25e18);
        create(p);
        p.maxIssuance = 1;
        (p.maxClients, p.streamWindow, p.currencyWeight, p.swapFee) = (80, 30 days, 0.2e18, 0.1e18);
        (p.roundTimeout, p.challengeWindow) = (30 days, 30 days);
        (p.clientSupply, p.seedCurrency) = (type(uint96).max, type(uint96).max);
        create(p);
    }

    /// A local chain may have no challenge window at all; a timeout it has.
    function test_createScenario_revertsWithoutATimeout() external {
        (,, address poolImplementation,) = orchestrator.implementations();
        orchestrator = Orchestrator(deployBuilt("Orchestrator", abi.encode(uint32(0), poolImplementation)));
        ScenarioParams memory p = defaultParams();
        (p.challengeWindow, p.roundTimeout) = (0, 0);
        _refused(p, "roundTimeout");
        p.roundTimeout = 1;
        create(p);
    }

    function test_createScenario_revertsWhenAParamIsOutside() external {
        ScenarioParams memory p = defaultParams();
        p.currency = federator;
        _refused(p, "currency");
        p.currency = address(new SixDecimals());
        _refused(p, "currency");
        p = defaultParams();
        p.federatorPeerKey = 0;
        _refused(p, "federatorPeerKey");
        p = defaultParams();
        p.minClients = 0;
        _refused(p, "minClients");
        p = defaultParams();
        p.maxClients = 1;
        _refused(p, "maxClients");
        p.maxClients = 101;
        _refused(p, "maxClients");
        p = defaultParams();
        p.registrationDeadline = uint64(block.timestamp);
        _refused(p, "registrationDeadline");
        p.registrationDeadline = uint64(type(uint40).max) + 1;
        _refused(p, "registrationDeadline");
        p.registrationDeadline = type(uint40).max;
        create(p);
        p = defaultParams();
        p.rounds = 0;
        _refused(p, "rounds");
        p = defaultParams();
        p.roundTimeout = CHALLENGE - 1;
        _refused(p, "roundTimeout");
        p.roundTimeout = CHALLENGE;
        create(p);
        p.roundTimeout = 0;
        _refused(p, "roundTimeout");
        p = defaultParams();
        p.challengeWindow = 59;
        _refused(p, "challengeWindow");
        p.challengeWindow = 30 days + 1;
        _refused(p, "challengeWindow");
        p = defaultParams();
        p.streamWindow = 59;
        _refused(p, "streamWindow");
        p.streamWindow = 30 days + 1;
        _refused(p, "streamWindow");
    }

    function test_createScenario_takesAThousandClientsWithoutAPool() external {
        ScenarioParams memory p = defaultParams();
        (p.seedCurrency, p.poolBps, p.clientBps) = (0, 0, 9_000);
        (p.maxClients, p.maxIssuance) = (1_000, 100);
        create(p);
        p.maxClients = 1_001;
        _refused(p, "maxClients");
    }

    function test_createScenario_revertsWhenAScheduleIsOutside() external {
        ScenarioParams memory p = defaultParams();
        p.potRatio = 1;
        _refused(p, "potRatio");
        p.firstPot = 1;
        p.potRatio = 0;
        _refused(p, "potRatio");
        p.potRatio = 0.5e18 - 1;
        _refused(p, "potRatio");
        p.potRatio = 1e18 + 1;
        _refused(p, "potRatio");
        (p.firstPot, p.potRatio) = ((1 << 90) + 1, 1e18);
        _refused(p, "firstPot");
    }

    function test_createScenario_revertsWhenDisputesAreOutside() external {
        ScenarioParams memory p = defaultParams();
        p.resolver = address(this);
        _refused(p, "resolver");
        (p.bond, p.resolver) = (1, address(0));
        _refused(p, "resolver");
        p.resolver = federator;
        _refused(p, "resolver");
        (p.bond, p.resolver) = (((1 << 90) >> 6) + 1, address(this));
        _refused(p, "bond");
    }

    function test_createScenario_revertsWhenIssuanceIsOutside() external {
        ScenarioParams memory p = defaultParams();
        p.maxIssuance = 0;
        _refused(p, "maxIssuance");
        (p.seedCurrency, p.poolBps, p.clientBps, p.maxIssuance) = (0, 0, 9_000, 101);
        _refused(p, "maxIssuance");
        (p.maxIssuance, p.clientSupply) = (2, uint128(type(uint96).max) / 2 + 1);
        _refused(p, "clientSupply");
        // One token of weight 1 among 99 of weight 4 would have less than a quarter of a percent.
        p = defaultParams();
        (p.maxIssuance, p.currencyWeight) = (4, 0.25e18);
        _refused(p, "maxClients");
    }

    function test_constructor_revertsWithoutAPoolImplementation() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidParam.selector, "poolImplementation"));
        new Orchestrator(60, federator);
    }

    function test_createScenario_revertsWhenAMarketParamIsOutside() external {
        ScenarioParams memory p = defaultParams();
        p.clientSupply = 1e18 - 1;
        _refused(p, "clientSupply");
        p.clientSupply = uint128(type(uint96).max) + 1;
        _refused(p, "clientSupply");
        p = defaultParams();
        p.clientBps -= 1;
        _refused(p, "clientBps");
        p = defaultParams();
        p.seedCurrency = 0;
        _refused(p, "poolBps");
        p.seedCurrency = 1e9 - 1;
        _refused(p, "seedCurrency");
        p.seedCurrency = uint128(type(uint96).max) + 1;
        _refused(p, "seedCurrency");
        p = defaultParams();
        (p.poolBps, p.clientBps) = (0, 9_000);
        _refused(p, "poolBps");
        p = defaultParams();
        p.currencyWeight = 0.2e18 - 1;
        _refused(p, "currencyWeight");
        p.currencyWeight = 0.8e18 + 1;
        _refused(p, "currencyWeight");
        // Clients would have less than a quarter of a percent each.
        p.currencyWeight = 0.8e18;
        _refused(p, "maxClients");
        // Weights a hundred times apart at most.
        (p.currencyWeight, p.maxClients) = (0.6e18, 80);
        _refused(p, "maxClients");
        p = defaultParams();
        p.swapFee = 0.0005e18 - 1;
        _refused(p, "swapFee");
        p.swapFee = 0.1e18 + 1;
        _refused(p, "swapFee");
    }

    function test_createScenario_revertsWhenTheManifestIsEmptyOrTooLong() external {
        ScenarioParams memory p = defaultParams();
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.ManifestSize.selector, 0, 24_576));
        orchestrator.createScenario(p, "", "");
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.ManifestSize.selector, 24_577, 24_576));
        orchestrator.createScenario(p, new bytes(24_577), "");
        orchestrator.createScenario(p, new bytes(24_576), "");
    }

    function test_createScenario_revertsWhenTheEndpointIsTooLong() external {
        ScenarioParams memory p = defaultParams();
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.EndpointTooLong.selector, 1_025, 1_024));
        orchestrator.createScenario(p, "m", string(new bytes(1_025)));
        orchestrator.createScenario(p, "m", string(new bytes(1_024)));
    }

    function test_scenarioOf_revertsWhenUnknown() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.UnknownScenario.selector, 1));
        orchestrator.scenarioOf(1);
        assertTrue(!orchestrator.isScenario(address(0)), "nothing is a Scenario by default");
    }

    function test_implementations_haveCode() external view {
        (address s, address t, address p, uint32 version) = orchestrator.implementations();
        assertTrue(s.code.length != 0 && t.code.length != 0 && p.code.length != 0, "code");
        assertEq(version, 2, "version");
        assertEq(orchestrator.minChallengeWindow(), 60, "minChallengeWindow");
    }

    /// Attack 52: nobody initializes an implementation, or a clone a second time.
    function test_attack_52_implementationsAnswerToNobody() external {
        createFederation(1);
        (address s, address t, address p,) = orchestrator.implementations();
        vm.expectRevert(ErrorsLib.NotAClone.selector);
        Scenario(s).register("a", keccak256("a"), BINDING);
        vm.expectRevert(ErrorsLib.NotAClone.selector);
        Scenario(s).setEndpoint("x");
        vm.expectRevert(ErrorsLib.NotAClone.selector);
        Scenario(s).federator();
        vm.expectRevert(ErrorsLib.NotAClone.selector);
        MeanPool(p).claimLp(federator);
        vm.expectRevert(ErrorsLib.NotAClone.selector);
        MeanPool(t).name();
    }
}

contract LocalCurrencyTest is Federation {
    function test_mint_revertsWhenNotOwner() external {
        deploy();
        vm.prank(investor);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotOwner.selector, investor));
        currency.mint(investor, 1);
    }

    function test_mint_isTheOwners() external {
        deploy();
        currency.mint(investor, 7);
        assertEq(currency.balanceOf(investor), 7, "balance");
        assertEq(currency.totalSupply(), 7, "supply");
        assertEq(currency.symbol(), "LOC", "symbol");
        assertEq(currency.decimals(), 18, "decimals");
        assertEq(currency.allowance(investor, 0x000000000022D473030F116dDEE9F6B43aC78BA3), 0, "no Permit2 allowance");
    }
}
