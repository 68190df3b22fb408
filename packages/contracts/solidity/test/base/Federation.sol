// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AttesterResolver} from "../../AttesterResolver.sol";
import {ClientToken} from "../../ClientToken.sol";
import {LocalCurrency} from "../../LocalCurrency.sol";
import {MeanPool} from "../../MeanPool.sol";
import {Orchestrator} from "../../Orchestrator.sol";
import {Scenario} from "../../Scenario.sol";
import {ScenarioParams} from "../../interfaces/IScenario.sol";
import {TestBase} from "./TestBase.sol";

/// @notice A federation with its actors, from the contracts that are deployed for real.
abstract contract Federation is TestBase {
    uint256 internal constant WAD = 1e18;
    uint256 internal constant START = 1_800_000_000;
    uint32 internal constant STREAM = 1 hours;
    uint32 internal constant CHALLENGE = 15 minutes;
    uint32 internal constant TIMEOUT = 1 days;
    uint256 internal constant POT = 1_000e18;
    uint96 internal constant BOND = 50e18 + 1;
    uint256 internal constant ATTESTERS = 3;
    /// @dev More than the wei that a rate cannot express, per token and stream: supply * window / 2^64.
    uint256 internal constant QUANTUM = 1e9;
    bytes internal constant BINDING =
        hex"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    address internal federator;
    address internal investor;
    address internal provider;
    Orchestrator internal orchestrator;
    LocalCurrency internal currency;
    Scenario internal scenario;
    MeanPool internal pool;
    AttesterResolver internal resolver;
    ClientToken[] internal tokens;
    address[] internal clients;

    /// @dev Deploys everything and opens the market with `n` clients; round 1 is open.
    function start(uint256 n) internal {
        createFederation(n);
        closeRegistration();
        openMarket();
    }

    function deploy() internal {
        vm.warp(START);
        federator = account("federator");
        investor = account("investor");
        provider = account("provider");
        address poolImplementation = deployBuilt("MeanPool", "");
        orchestrator = Orchestrator(deployBuilt("Orchestrator", abi.encode(uint32(60), poolImplementation)));
        currency = LocalCurrency(deployBuilt("LocalCurrency", abi.encode("Local Currency", "LOC", address(this))));
    }

    /// @dev The code that is deployed for real: tests are compiled by the quick pipeline, which `new` would take.
    function deployBuilt(string memory name, bytes memory args) internal returns (address) {
        bool legacy = keccak256(bytes(vm.envOr("FOUNDRY_PROFILE", string("default")))) == keccak256("legacy");
        string memory path = string.concat(legacy ? "out/legacy/" : "out/", name, ".sol/", name, ".json");
        return vm.deployCode(path, args);
    }

    function createFederation(uint256 n) internal {
        deploy();
        createFederation(n, defaultParams());
    }

    function createFederation(uint256 n, ScenarioParams memory p) internal {
        create(p);
        for (uint256 i = 0; i < n; ++i) {
            register(i);
        }
        fund(federator, 1e9 * WAD);
        fund(investor, 1e9 * WAD);
        fund(provider, 1e9 * WAD);
    }

    function create(ScenarioParams memory p) internal {
        vm.prank(federator);
        (, address scenario_, address pool_) = orchestrator.createScenario(p, "manifest", "/ip4/127.0.0.1/tcp/4001");
        scenario = Scenario(scenario_);
        pool = MeanPool(pool_);
    }

    function defaultParams() internal view returns (ScenarioParams memory p) {
        p.currency = address(currency);
        p.federatorPeerKey = keccak256("federator peer");
        p.minClients = 2;
        p.maxClients = 100;
        p.openRegistration = true;
        p.registrationDeadline = uint64(START + 1 days);
        p.rounds = 8;
        p.roundTimeout = TIMEOUT;
        p.challengeWindow = CHALLENGE;
        p.streamWindow = STREAM;
        p.clientSupply = uint128(1_000_000 * WAD);
        p.clientBps = 7_000;
        p.poolBps = 2_000;
        p.federatorBps = 1_000;
        p.seedCurrency = uint128(10_000 * WAD);
        p.currencyWeight = 0.5e18;
        p.swapFee = 0.003e18;
        p.maxIssuance = 1;
    }

    /// @dev Every assertion is staked, and decided by two of three attesters.
    function disputableParams() internal returns (ScenarioParams memory p) {
        address[] memory attesters = new address[](ATTESTERS);
        for (uint256 i = 0; i < ATTESTERS; ++i) {
            attesters[i] = vm.addr(attesterKey(i));
        }
        resolver = AttesterResolver(deployBuilt("AttesterResolver", abi.encode(attesters, uint256(2))));
        p = defaultParams();
        (p.bond, p.resolver) = (BOND, address(resolver));
    }

    /// @dev Clients may get up to four times the tokens of others.
    function weightedParams() internal view returns (ScenarioParams memory p) {
        p = defaultParams();
        (p.maxClients, p.maxIssuance) = (20, 4);
    }

    function setIssuance(address who, uint8 weight) internal {
        address[] memory accounts = new address[](1);
        accounts[0] = who;
        vm.prank(federator);
        scenario.setIssuance(accounts, weight);
    }

    /// @dev In the order of their addresses.
    function attesterKey(uint256 i) internal pure returns (uint256) {
        return [uint256(2), 3, 1][i];
    }

    function nameOf(uint256 i) internal pure returns (string memory) {
        return string.concat("silo-", vm.toString(i));
    }

    function register(uint256 i) internal {
        address who = account(nameOf(i));
        vm.prank(who);
        (, address token) = scenario.register(nameOf(i), keccak256(bytes(nameOf(i))), BINDING);
        tokens.push(ClientToken(token));
        clients.push(who);
    }

    function closeRegistration() internal {
        vm.prank(federator);
        scenario.closeRegistration();
    }

    function fund(address who, uint256 amount) internal {
        currency.mint(who, amount);
        vm.startPrank(who);
        currency.approve(address(scenario), type(uint256).max);
        currency.approve(address(pool), type(uint256).max);
        vm.stopPrank();
    }

    function openMarket() internal {
        vm.prank(provider);
        scenario.openMarket();
        for (uint256 i = 0; i < tokens.length; ++i) {
            approveToken(investor, i);
            approveToken(provider, i);
            approveToken(clients[i], i);
        }
    }

    function approveToken(address who, uint256 i) internal {
        vm.prank(who);
        tokens[i].approve(address(pool), type(uint256).max);
    }

    // --- rounds
    function fundRound(uint32 round, uint256 amount) internal {
        vm.prank(federator);
        scenario.fundRound(round, uint128(amount));
    }

    function sharesHash(uint32 round, uint32[] memory shares) internal view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(scenario), round, shares));
    }

    function assertRound(uint32 round, uint32[] memory shares) internal {
        vm.prank(federator);
        scenario.assertRound(round, sharesHash(round, shares), keccak256("evidence"), keccak256("model"));
    }

    /// @dev Shares 1, 2, ... n.
    function defaultShares() internal view returns (uint32[] memory shares) {
        shares = new uint32[](tokens.length);
        for (uint256 i = 0; i < shares.length; ++i) {
            shares[i] = uint32(i + 1);
        }
    }

    function dispute(address who) internal {
        uint32 round = scenario.currentRound();
        vm.prank(who);
        scenario.dispute(round, keccak256("recomputed"));
    }

    /// @dev The first two attesters say so; the evidence window passes before.
    function decide(bool upheld) internal {
        uint32 round = scenario.currentRound();
        if (block.timestamp < scenario.assertion().resolvableAt) vm.warp(scenario.assertion().resolvableAt);
        (address[] memory signers, bytes[] memory signatures) = verdicts(2, resolver.verdictDigest(address(scenario), round, upheld));
        resolver.settle(address(scenario), round, upheld, signers, signatures);
    }

    function verdicts(uint256 n, bytes32 digest) internal pure returns (address[] memory signers, bytes[] memory signatures) {
        signers = new address[](n);
        signatures = new bytes[](n);
        for (uint256 i = 0; i < n; ++i) {
            signers[i] = vm.addr(attesterKey(i));
            (uint8 v, bytes32 r, bytes32 s) = vm.sign(attesterKey(i), digest);
            signatures[i] = abi.encodePacked(r, s, v);
        }
    }

    function passChallenge() internal {
        vm.warp(block.timestamp + CHALLENGE);
    }

    /// @dev A whole round with one page; the stream starts at the end of it.
    function playRound(uint256 pot, uint32[] memory shares) internal {
        uint32 round = scenario.currentRound();
        if (pot != 0) fundRound(round, pot);
        assertRound(round, shares);
        passChallenge();
        scenario.finalize(round, shares, type(uint16).max);
    }

    // --- trades
    function swapIn(address who, address tokenIn, address tokenOut, uint256 amount) internal returns (uint256) {
        vm.prank(who);
        return pool.swapExactIn(tokenIn, tokenOut, amount, 0, who, block.timestamp);
    }

    function swapOut(address who, address tokenIn, address tokenOut, uint256 amount) internal returns (uint256) {
        vm.prank(who);
        return pool.swapExactOut(tokenIn, tokenOut, amount, type(uint256).max, who, block.timestamp);
    }

    function claim(uint256 i, address who) internal returns (uint256) {
        return scenario.claim(one(i), who);
    }

    function one(uint256 i) internal pure returns (uint16[] memory indexes) {
        indexes = new uint16[](1);
        indexes[0] = uint16(i);
    }

    function all() internal view returns (uint16[] memory indexes) {
        indexes = new uint16[](tokens.length);
        for (uint256 i = 0; i < indexes.length; ++i) {
            indexes[i] = uint16(i);
        }
    }

    function limits(uint256 value) internal view returns (uint256[] memory list) {
        list = new uint256[](tokens.length + 1);
        for (uint256 k = 0; k < list.length; ++k) {
            list[k] = value;
        }
    }
}
