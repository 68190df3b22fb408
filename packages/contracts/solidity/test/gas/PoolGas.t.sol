// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Federation} from "../base/Federation.sol";

/// @notice Gas of joins and exits with one token, as whole transactions; the target is that of CONTRACTS.md 5.
/// forge-config: default.isolate = true
contract PoolGasTest is Federation {
    uint256 private constant MAX_SINGLE = 130_000;

    /// @dev A running stream, and an LP that has joined and exited before.
    function setUp() external {
        start(5);
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 2);
        swapIn(provider, address(currency), address(tokens[0]), 100e18);
        _join(address(currency), 10e18);
        _exit(address(tokens[0]), 1e18);
        vm.warp(block.timestamp + 60);
    }

    function _join(address token, uint256 amount) private {
        vm.prank(provider);
        pool.joinSingle(token, amount, 0, provider, block.timestamp);
    }

    function _exit(address token, uint256 shares) private {
        vm.prank(provider);
        pool.exitSingle(token, shares, 0, provider, block.timestamp);
    }

    function _note(string memory name) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        vm.snapshotValue("fednode", name, used);
        assertLe(used, MAX_SINGLE, name);
    }

    function test_gas_joinSingle_currency() external {
        _join(address(currency), 10e18);
        _note("joinSingle, currency");
    }

    function test_gas_joinSingle_client() external {
        _join(address(tokens[0]), 10e18);
        _note("joinSingle, client");
    }

    function test_gas_exitSingle_currency() external {
        _exit(address(currency), 1e18);
        _note("exitSingle, currency");
    }

    function test_gas_exitSingle_client() external {
        _exit(address(tokens[0]), 1e18);
        _note("exitSingle, client");
    }
}
