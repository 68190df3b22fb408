// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ArenaMath} from "../../../network/libraries/ArenaMath.sol";
import {Assignment} from "../../../network/libraries/Assignment.sol";
import {VectorTest} from "../VectorTest.sol";

/// @notice The arena's rewards, draws and vesting, to the wei as the TypeScript model has them (scripts/arena-vectors.ts).
contract ArenaDifferentialTest is VectorTest {
    uint256 private constant MEMBERS = 8;

    struct Row {
        uint256[] values;
        uint256 next;
    }

    struct Terms {
        uint256 reward;
        uint256 shareBps;
        uint256 ratio;
        uint256 exponent;
        uint256 tolerance;
    }

    function _take(Row memory row) private pure returns (uint256) {
        return row.values[row.next++];
    }

    function test_rewards_areThoseOfTheModel() external {
        load("network-arena-rewards.json", 5 + 5 * MEMBERS + 1 + 2 * MEMBERS);
        for (uint256 i = 0; i < rowCount(); ++i) {
            _checkRewards(Row(rowAt(i), 0), string.concat(" of row ", vm.toString(i)));
        }
    }

    function test_draws_areThoseOfTheModel() external {
        load("network-assignments.json", 3 + 2 * MEMBERS);
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            uint256[] memory stakes = new uint256[](MEMBERS);
            for (uint256 k = 0; k < MEMBERS; ++k) {
                stakes[k] = r[3 + k];
            }
            uint64[] memory assigned = Assignment.draw(bytes32(r[0]), stakes, r[1], r[2]);
            for (uint256 k = 0; k < MEMBERS; ++k) {
                assertEq(assigned[k], r[3 + MEMBERS + k], string.concat("models of a validator in row ", vm.toString(i)));
            }
        }
    }

    function test_vesting_isThatOfTheModel() external {
        load("network-vesting.json", 4);
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            assertEq(ArenaMath.vestedDown(r[0], r[1], r[2]), r[3], "vested");
        }
    }

    /// FLock's example of SEED-SYSTEMS.md 2.3 g: without gamma, 7,500 staked by nodes (1,000 of them delegated) and 12,000 by validators
    /// share 309,157.68 as 118,906.80 and 190,250.88.
    function test_nodesPart_isThatOfFlocksExample() external pure {
        uint256 reward = 309_157.68e18;
        uint256 nodes = ArenaMath.nodesPartDown(reward, 0, 7_500e18, 12_000e18);
        assertEq(nodes / 1e16, 11_890_680, "nodes");
        assertEq((reward - nodes) / 1e16, 19_025_088, "validators");
    }

    function _checkRewards(Row memory row, string memory where) private pure {
        Terms memory t = Terms(_take(row), _take(row), _take(row), _take(row), _take(row));
        (uint16[] memory scores, uint256[] memory stakes) = _nodes(row);
        (uint256[] memory distances, uint256[] memory works, uint256[] memory voters) = _validators(row);
        uint256 toNodes = ArenaMath.nodesPartDown(t.reward, t.shareBps, _sum(stakes), _sum(voters));
        assertEq(toNodes, _take(row), string.concat("nodes' part", where));
        uint256[] memory rewards = ArenaMath.nodeRewards(toNodes, scores, stakes, t.ratio, t.exponent);
        _checkAll(rewards, toNodes, row, string.concat("node", where));
        rewards = ArenaMath.validatorRewards(t.reward - toNodes, distances, works, voters, t.tolerance, t.exponent);
        _checkAll(rewards, t.reward - toNodes, row, string.concat("validator", where));
    }

    function _nodes(Row memory row) private pure returns (uint16[] memory scores, uint256[] memory stakes) {
        (scores, stakes) = (new uint16[](MEMBERS), new uint256[](MEMBERS));
        for (uint256 i = 0; i < MEMBERS; ++i) {
            scores[i] = uint16(_take(row));
            stakes[i] = _take(row);
        }
    }

    function _validators(Row memory row)
        private
        pure
        returns (uint256[] memory distances, uint256[] memory works, uint256[] memory stakes)
    {
        (distances, works, stakes) = (new uint256[](MEMBERS), new uint256[](MEMBERS), new uint256[](MEMBERS));
        for (uint256 i = 0; i < MEMBERS; ++i) {
            distances[i] = _take(row);
            works[i] = _take(row);
            stakes[i] = _take(row);
        }
    }

    function _sum(uint256[] memory values) private pure returns (uint256 sum) {
        for (uint256 i = 0; i < values.length; ++i) {
            sum += values[i];
        }
    }

    function _checkAll(uint256[] memory rewards, uint256 all, Row memory row, string memory what) private pure {
        uint256 sum = 0;
        for (uint256 i = 0; i < MEMBERS; ++i) {
            assertEq(rewards[i], _take(row), what);
            sum += rewards[i];
        }
        assertLe(sum, all, "never more than there is");
    }
}
