// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Federation} from "../base/Federation.sol";
import {ScenarioParams} from "../../interfaces/IScenario.sol";
import {VectorTest} from "./VectorTest.sol";

/// @notice Scheduled pots of real Scenarios are those of the TypeScript model.
contract ScheduleDifferentialTest is Federation, VectorTest {
    function test_scheduledPot_isTheModels() external {
        load("schedules.json", 4);
        deploy();
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            ScenarioParams memory p = defaultParams();
            (p.firstPot, p.potRatio) = (uint128(r[0]), uint64(r[1]));
            create(p);
            assertEq(scenario.scheduledPot(uint32(r[2])), r[3], "pot");
        }
    }
}
