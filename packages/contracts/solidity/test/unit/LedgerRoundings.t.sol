// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IScenario} from "../../interfaces/IScenario.sol";
import {Federation} from "../base/Federation.sol";
import {Vm} from "../base/Vm.sol";

/// @notice The ledger says whole wei: what streams and what was earned, of the rates that the last settlement emitted, rounded down.
contract LedgerRoundingsTest is Federation {
    function test_ledger_roundsDown() external {
        start(3);
        vm.recordLogs();
        playRound(POT, defaultShares());
        uint256 perSecond = _rates() * tokens[0].totalSupply();
        for (uint256 part = 0; part <= 7; ++part) {
            uint256 elapsed = STREAM / 7 * part;
            vm.warp(scenario.streamEndsAt() - STREAM + elapsed);
            assertEq(scenario.ledger().streaming, perSecond * (STREAM - elapsed) >> 64, "streaming");
            assertEq(scenario.ledger().unclaimed, perSecond * elapsed >> 64, "unclaimed");
        }
    }

    /// @dev Sum of the rates in the only StreamsUpdated.
    function _rates() private returns (uint256 sum) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != IScenario.StreamsUpdated.selector) continue;
            (,, uint256[] memory rates,) = abi.decode(logs[i].data, (uint16, uint256[], uint256[], uint64));
            for (uint256 k = 0; k < rates.length; ++k) {
                sum += rates[k];
            }
        }
        assertTrue(sum != 0, "no stream");
    }
}
