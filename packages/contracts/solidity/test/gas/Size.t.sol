// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ScenarioParams} from "../../interfaces/IScenario.sol";
import {Federation} from "../base/Federation.sol";

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
