// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Federation} from "../base/Federation.sol";

/// @notice How cost grows: with nothing for swaps, linearly with clients for settlement, and always inside one transaction.
/// forge-config: default.isolate = true
contract ScalingTest is Federation {
    /// @dev EIP-7825 and EIP-170.
    uint256 private constant MAX_TRANSACTION_GAS = 1 << 24;
    uint256 private constant MAX_CODE_BYTES = 24_576;

    function _gas() private view returns (uint256) {
        return vm.lastCallGas().gasTotalUsed;
    }

    function _swapGas(uint256 n) private returns (uint256) {
        delete tokens;
        delete clients;
        start(n);
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 2);
        swapIn(investor, address(currency), address(tokens[1]), 10e18);
        swapIn(investor, address(currency), address(tokens[1]), 10e18);
        return _gas();
    }

    function test_swap_costsTheSameForTwoAndAHundredClients() external {
        uint256 two = _swapGas(2);
        assertNear(_swapGas(100), two, two / 50, "within 2 %");
    }

    /// Attack 20: the most clients there can be are settled in one transaction, and so is the opening of their market.
    function test_attack_20_hundredClientsFitOneTransaction() external {
        createFederation(100);
        closeRegistration();
        vm.prank(provider);
        scenario.openMarket();
        assertLe(_gas(), MAX_TRANSACTION_GAS, "openMarket");
        vm.snapshotValue("fednode", "openMarket, 100 clients", _gas());
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 2);
        playRound(POT, defaultShares());
        assertLe(_gas(), 1_200_000, "finalize: 12,000 per client, all told");
        vm.snapshotValue("fednode", "finalize, 100 clients", _gas());
    }

    function test_finalize_growsLinearly() external {
        uint256[4] memory sizes = [uint256(2), 10, 50, 100];
        uint256[4] memory used;
        for (uint256 i = 0; i < 4; ++i) {
            delete tokens;
            delete clients;
            start(sizes[i]);
            playRound(POT, defaultShares());
            playRound(POT, defaultShares());
            used[i] = _gas();
        }
        uint256 small = (used[1] - used[0]) / 8;
        uint256 large = (used[3] - used[2]) / 50;
        assertNear(large, small, small / 20, "gas per client");
        assertLe(large, 12_000, "target");
    }

    /// Attack 54: nothing that is deployed comes near the limit of code.
    function test_attack_54_codeFits() external {
        deploy();
        (address s, address t, address p,) = orchestrator.implementations();
        assertLt(s.code.length, MAX_CODE_BYTES, "Scenario");
        assertLt(t.code.length, MAX_CODE_BYTES, "ClientToken");
        assertLt(p.code.length, MAX_CODE_BYTES, "MeanPool");
        assertLt(address(orchestrator).code.length, MAX_CODE_BYTES, "Orchestrator");
    }

    function test_gas_createScenario() external {
        deploy();
        create(defaultParams());
        create(defaultParams());
        vm.snapshotValue("fednode", "createScenario", _gas());
        assertLe(_gas(), 600_000, "createScenario");
    }
}
