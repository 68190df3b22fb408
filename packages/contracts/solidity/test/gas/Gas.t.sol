// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Federation} from "../base/Federation.sol";

/// @notice Gas of what users do: whole transactions, base and calldata included (forge runs each call isolated). The figures
/// are committed in gas-snapshots/; the targets are those of CONTRACTS.md 5.
/// forge-config: default.isolate = true
contract GasTest is Federation {
    function _note(string memory name, uint256 max) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        vm.snapshotValue("fednode", name, used);
        assertLe(used, max, name);
    }

    /// @dev Five clients, one settled round, half of its stream passed, everybody has tokens.
    function _running(uint256 n) private {
        start(n);
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 2);
        swapIn(investor, address(currency), address(tokens[0]), 10e18);
        swapIn(investor, address(currency), address(tokens[1]), 10e18);
        for (uint256 i = 0; i < n; ++i) {
            vm.prank(clients[i]);
            tokens[i].transfer(provider, 1_000e18);
        }
    }

    function test_gas_register() external {
        createFederation(1);
        vm.prank(investor);
        scenario.register("hospital-a", keccak256("peer"), BINDING);
        _note("register", 250_000);
    }

    function test_gas_register_weighted() external {
        deploy();
        createFederation(1, weightedParams());
        setIssuance(investor, 4);
        vm.prank(investor);
        scenario.register("hospital-a", keccak256("peer"), BINDING);
        _note("register, weighted", 254_000);
    }

    function test_gas_transfer() external {
        _running(5);
        vm.prank(clients[0]);
        tokens[0].transfer(investor, 1e18);
        vm.prank(clients[0]);
        tokens[0].transfer(investor, 1e18);
        _note("transfer, steady", 52_000);
        vm.prank(clients[0]);
        tokens[0].transfer(address(0xbeef), 1e18);
        _note("transfer, new recipient", 104_000);
    }

    function test_gas_swap() external {
        _running(5);
        swapIn(investor, address(currency), address(tokens[0]), 10e18);
        _note("swapExactIn, currency to client", 105_000);
        swapIn(investor, address(tokens[0]), address(currency), 10e18);
        _note("swapExactIn, client to currency", 105_000);
        swapIn(investor, address(tokens[0]), address(tokens[1]), 10e18);
        _note("swapExactIn, client to client", 120_000);
        swapOut(investor, address(currency), address(tokens[0]), 10e18);
        _note("swapExactOut, currency to client", 105_000);
    }

    function test_gas_rounds() external {
        _running(5);
        vm.warp(block.timestamp + STREAM);
        fundRound(2, POT);
        _note("fundRound", 78_000);
        uint32[] memory shares = defaultShares();
        assertRound(2, shares);
        _note("assertRound", 43_000);
        passChallenge();
        scenario.finalize(2, shares, type(uint16).max);
        _note("finalize, 5 clients", 124_000);
    }

    /// @dev The stake is pulled from the account, then taken from what came back.
    function test_gas_disputes() external {
        deploy();
        createFederation(5, disputableParams());
        closeRegistration();
        openMarket();
        playRound(POT, defaultShares());
        vm.prank(federator);
        scenario.withdrawBond();
        assertRound(2, defaultShares());
        _note("assertRound, bond pulled", 90_000);
        passChallenge();
        scenario.finalize(2, defaultShares(), 5);
        assertRound(3, defaultShares());
        _note("assertRound, bond from credit", 90_000);
        dispute(investor);
        _note("dispute", 90_000);
        passChallenge();
        vm.prank(address(resolver));
        scenario.resolve(3, true);
        _note("resolve", 120_000);
        vm.prank(federator);
        scenario.withdrawBond();
        _note("withdrawBond", 60_000);
    }

    function test_gas_claim() external {
        _running(5);
        claim(0, clients[0]);
        _note("claim, new in the currency", 87_000);
        vm.warp(block.timestamp + 60);
        claim(0, clients[0]);
        _note("claim, steady", 70_000);
    }

    function test_gas_liquidity() external {
        _running(5);
        vm.prank(provider);
        pool.joinProportional(1e18, limits(type(uint256).max), provider, block.timestamp);
        _note("joinProportional, 6 tokens", 330_000);
        vm.prank(provider);
        pool.exitProportional(1e18, limits(0), provider, block.timestamp);
        _note("exitProportional, 6 tokens", 330_000);
        pool.claimLp(provider);
        _note("claimLp", 122_000);
    }

    function test_gas_finalize_perClient() external {
        _running(50);
        vm.warp(block.timestamp + STREAM);
        fundRound(2, POT);
        uint32[] memory shares = defaultShares();
        assertRound(2, shares);
        passChallenge();
        scenario.finalize(2, shares, type(uint16).max);
        _note("finalize, 50 clients", 610_000);
    }
}
