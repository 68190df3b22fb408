// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {VectorTest} from "../VectorTest.sol";
import {BallotBox} from "../../mocks/network/BallotBox.sol";

/// @notice Ballots of the TypeScript model, committed, revealed and counted in pages: the same consensus and the same distances from it.
contract BallotDifferentialTest is VectorTest {
    uint256 private constant COLUMNS = 204;
    uint256 private constant VOTERS = 8;
    uint256 private constant ITEMS = 20;

    function test_tally_isTheModels() external {
        load("ballots.json", COLUMNS);
        for (uint256 i = 0; i < rowCount(); ++i) {
            _play(rowAt(i));
        }
    }

    function _play(uint256[] memory r) private {
        BallotBox box = new BallotBox();
        for (uint256 k = 0; k < VOTERS; ++k) {
            box.seat(vm.addr(k + 1), uint96(r[k]));
        }
        box.setItems(ITEMS);
        for (uint256 k = 0; k < VOTERS; ++k) {
            bytes32 commitment = box.commitmentOf(vm.addr(k + 1), _scores(r, k), bytes32(k));
            vm.prank(vm.addr(k + 1));
            box.commit(k, commitment);
        }
        for (uint256 k = 0; k < VOTERS; ++k) {
            vm.prank(vm.addr(k + 1));
            box.reveal(k, _scores(r, k), bytes32(k));
        }
        assertTrue(!box.tally(7) && !box.tally(12) && box.tally(5), "three pages");
        for (uint256 item = 0; item < ITEMS; ++item) {
            assertEq(box.consensusOf(item), r[VOTERS + VOTERS * ITEMS + item], "consensus");
        }
        for (uint256 k = 0; k < VOTERS; ++k) {
            (uint256 distance, uint256 count) = box.distanceOf(k);
            assertEq(distance, r[VOTERS + (VOTERS + 1) * ITEMS + 2 * k], "distance");
            assertEq(count, r[VOTERS + (VOTERS + 1) * ITEMS + 2 * k + 1], "count");
        }
    }

    function _scores(uint256[] memory r, uint256 k) private pure returns (uint16[] memory scores) {
        scores = new uint16[](ITEMS);
        for (uint256 item = 0; item < ITEMS; ++item) {
            scores[item] = uint16(r[VOTERS + k * ITEMS + item]);
        }
    }
}
