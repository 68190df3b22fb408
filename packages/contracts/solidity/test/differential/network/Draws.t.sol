// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {VectorTest} from "../VectorTest.sol";
import {DrawBox} from "../../mocks/network/DrawBox.sol";

/// @notice Draws of the TypeScript model, which walks along the weights where the contract descends a tree.
contract DrawDifferentialTest is VectorTest {
    uint256 private constant COLUMNS = 35;
    uint256 private constant CANDIDATES = 16;
    uint256 private constant NOBODY = 999;

    function test_draw_isTheModels() external {
        DrawBox box = new DrawBox();
        load("draws.json", COLUMNS);
        uint256 short = 0;
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            uint256[] memory weights = new uint256[](r[2]);
            for (uint256 k = 0; k < r[2]; ++k) {
                weights[k] = r[3 + k];
            }
            uint256[] memory drawn = box.draw(weights, bytes32(r[0]), r[1]);
            if (drawn.length < r[1]) ++short;
            for (uint256 k = 0; k < CANDIDATES; ++k) {
                assertEq(k < drawn.length ? drawn[k] : NOBODY, r[3 + CANDIDATES + k], "drawn");
            }
        }
        assertTrue(short >= 10 && short < rowCount(), "some draws find no weight any more");
    }
}
