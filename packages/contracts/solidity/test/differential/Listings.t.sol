// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Federation} from "../base/Federation.sol";
import {PoolHarness} from "../base/PoolHarness.sol";
import {VectorTest} from "./VectorTest.sol";

/// @notice LP shares of an opening, and weights after it and after two listings, are those of the TypeScript model.
contract ListingDifferentialTest is Federation, VectorTest {
    uint256 private constant CLIENTS = 3;
    uint256 private constant LATE = 2;
    uint256 private constant HEAD = 3 + CLIENTS + LATE + 1;

    function test_weightsAreTheModels() external {
        load("listings.json", HEAD + (CLIENTS + 1) + (CLIENTS + 2) + (CLIENTS + 3));
        address implementation = deployBuilt("MeanPool", "");
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            PoolHarness harness = _open(implementation, r);
            assertEq(harness.pool().totalSupply(), r[HEAD - 1], "LP shares");
            uint256 k = _checkWeights(harness, r, HEAD);
            for (uint256 late = 3 + CLIENTS; late < 3 + CLIENTS + LATE; ++late) {
                harness.list(r[2] * r[late], r[late]);
                k = _checkWeights(harness, r, k);
            }
            assertEq(k, r.length, "all weights");
        }
    }

    function _open(address implementation, uint256[] memory r) private returns (PoolHarness harness) {
        harness = new PoolHarness(CLIENTS);
        for (uint256 i = 0; i < CLIENTS; ++i) {
            harness.setIssuance(i, r[3 + i]);
        }
        harness.open(implementation, 0, r[0], r[1], r[2]);
    }

    function _checkWeights(PoolHarness harness, uint256[] memory r, uint256 k) private view returns (uint256) {
        uint256[] memory weights = harness.pool().weights();
        for (uint256 i = 0; i < weights.length; ++i) {
            assertEq(weights[i], r[k++], "weight");
        }
        return k;
    }
}
