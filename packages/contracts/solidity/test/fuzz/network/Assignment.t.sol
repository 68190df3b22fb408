// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Assignment} from "../../../network/libraries/Assignment.sol";
import {TestBase} from "../../base/TestBase.sol";

contract AssignmentFuzzTest is TestBase {
    uint256 private constant VALIDATORS = 5;

    function _bits(uint64 mask) private pure returns (uint256 count) {
        for (; mask != 0; mask &= mask - 1) {
            ++count;
        }
    }

    /// Each model has as many validators as there are seats, or all who have a stake; nobody without one, and nobody twice.
    function test_draw_fuzz_fillsTheSeats(bytes32 seed, uint96[VALIDATORS] calldata stakes, uint256 models, uint256 seats)
        external
        pure
    {
        (models, seats) = (bound(models, 1, 64), bound(seats, 1, 16));
        uint256[] memory list = new uint256[](VALIDATORS);
        uint256 staked = 0;
        for (uint256 i = 0; i < VALIDATORS; ++i) {
            list[i] = stakes[i];
            if (stakes[i] != 0) ++staked;
        }
        uint64[] memory assigned = Assignment.draw(seed, list, models, seats);
        uint256 sum = 0;
        for (uint256 i = 0; i < VALIDATORS; ++i) {
            assertTrue(stakes[i] != 0 || assigned[i] == 0, "drawn without a stake");
            assertTrue(models == 64 || assigned[i] >> models == 0, "drawn for a model that is not there");
            sum += _bits(assigned[i]);
        }
        assertEq(sum, models * (seats < staked ? seats : staked), "seats");
    }

    /// Attack 37: work grows with the square root of a stake. Four times the stake is twice the work, chi-square over 10,000 seeds;
    /// so a stake that is split in four works twice as much, and no more: the least stake of a validator bounds the parts.
    function test_attack_37_workGrowsWithTheSquareRoot() external pure {
        uint256[] memory stakes = new uint256[](3);
        (stakes[0], stakes[1], stakes[2]) = (3_000e18, 12_000e18, 27_000e18);
        uint256[3] memory drawn;
        uint256 seeds = 10_000;
        for (uint256 seed = 0; seed < seeds; ++seed) {
            uint64[] memory assigned = Assignment.draw(bytes32(seed), stakes, 1, 1);
            for (uint256 i = 0; i < 3; ++i) {
                drawn[i] += assigned[i];
            }
        }
        uint256 chi = 0;
        for (uint256 i = 0; i < 3; ++i) {
            uint256 expected = seeds * (i + 1) / 6;
            uint256 off = drawn[i] > expected ? drawn[i] - expected : expected - drawn[i];
            chi += off * off * 1e3 / expected;
        }
        // 13.8 is the limit of 1 in 1,000 for two degrees of freedom.
        assertLe(chi, 13_800, "chi-square, in thousandths");
    }
}
