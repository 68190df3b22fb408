// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ScenarioParams} from "../../interfaces/IScenario.sol";
import {Federation} from "../base/Federation.sol";
import {TestBase} from "../base/TestBase.sol";

/// @notice Gas of the same action in pools of different sizes; `pnpm bench gas` reads these figures beside those of Gas.t.sol.
/// forge-config: default.isolate = true
contract GasBySizeTest is Federation {
    uint256 private constant SWAP_TOLERANCE_DIVISOR = 50;

    /// @dev A pool of the currency and `n` clients, half of a stream passed, where `investor` has traded before.
    function _running(uint256 n) private {
        delete tokens;
        delete clients;
        deploy();
        ScenarioParams memory p = defaultParams();
        p.minClients = 1;
        // Not a half: one client of the same weight as the currency would be traded without a power.
        p.currencyWeight = 0.45e18;
        create(p);
        for (uint256 i = 0; i < n; ++i) {
            register(i);
        }
        fund(federator, 1e9 * WAD);
        fund(investor, 1e9 * WAD);
        fund(provider, 1e9 * WAD);
        closeRegistration();
        openMarket();
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 2);
        swapIn(investor, address(currency), address(tokens[0]), 1e18);
    }

    function _note(string memory name) private returns (uint256 used) {
        used = vm.lastCallGas().gasTotalUsed;
        vm.snapshotValue("size", name, used);
    }

    function _swap(string memory name) private returns (uint256) {
        swapIn(investor, address(currency), address(tokens[0]), 1e18);
        return _note(name);
    }

    function test_gas_swap_isFlatFromTwoTokensTo101() external {
        _running(1);
        uint256 two = _swap("swapExactIn, 2 tokens");
        _running(100);
        assertNear(_swap("swapExactIn, 101 tokens"), two, two / SWAP_TOLERANCE_DIVISOR, "within 2 %");
    }

    function test_gas_joinProportional_growsByTokens() external {
        _running(9);
        for (uint256 i = 0; i < 9; ++i) {
            vm.prank(clients[i]);
            tokens[i].transfer(provider, 1_000e18);
        }
        vm.prank(provider);
        pool.joinProportional(1e18, limits(type(uint256).max), provider, block.timestamp);
        assertLe(_note("joinProportional, 10 tokens"), 90_000 + 40_000 * 10, "90k + 40k per token");
    }
}

/// @notice Attack 54 of CONTRACTS.md 3: what is deployed keeps to the limits of the chain.
contract DeploymentTest is TestBase {
    /// @dev EIP-7825, EIP-170 and EIP-3860.
    uint256 private constant MAX_TRANSACTION_GAS = 1 << 24;
    uint256 private constant MAX_CODE_BYTES = 24_576;
    uint256 private constant MAX_INIT_CODE_BYTES = 49_152;
    /// @dev A transaction that creates; per byte of its data, zero or not, and per word of init code (EIP-2028, EIP-3860).
    uint256 private constant CREATION_GAS = 53_000;
    uint256 private constant BYTE_GAS = 16;
    uint256 private constant WORD_GAS = 2;

    /// Attack 54: the Orchestrator carries the code of tokens and Scenarios, and still fits one transaction.
    function test_attack_54_deploymentFitsOneTransaction() external {
        // Any code will do for the pool's, which is deployed before.
        bytes memory args = abi.encode(uint32(60), address(this));
        bytes memory code = bytes.concat(vm.getCode("out/Orchestrator.sol/Orchestrator.json"), args);
        assertLe(code.length, MAX_INIT_CODE_BYTES, "init code");
        uint256 left = gasleft();
        address deployed;
        assembly ("memory-safe") {
            deployed := create(0, add(code, 0x20), mload(code))
        }
        uint256 used = left - gasleft();
        assertTrue(deployed != address(0), "deployed");
        assertLe(CREATION_GAS + code.length * BYTE_GAS + code.length / 32 * WORD_GAS + used, MAX_TRANSACTION_GAS, "gas");
    }

    /// Attack 54: what is deployed apart fits as well.
    function test_attack_54_otherContractsFit() external view {
        string[4] memory names = ["AggregatorLease", "AttesterResolver", "WrappedCurrency", "LocalCurrency"];
        for (uint256 i = 0; i < names.length; ++i) {
            string memory path = string.concat("out/", names[i], ".sol/", names[i], ".json");
            assertLt(vm.getCode(path).length, MAX_CODE_BYTES, names[i]);
        }
    }
}
