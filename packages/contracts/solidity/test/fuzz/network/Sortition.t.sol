// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Sortition} from "../../../network/libraries/Sortition.sol";
import {TestBase} from "../../base/TestBase.sol";
import {DrawBox} from "../../mocks/network/DrawBox.sol";

/// @notice Fairness of draws over 10,000 seeds: chi-square against the exact probabilities, at the 0.1 % level. The seeds are fixed, so
/// that a draw that is fair is found fair every time.
contract SortitionTest is TestBase {
    uint256 private constant DRAWS = 10_000;
    uint256 private constant SCALE = 1e6;
    /// @dev Quantiles of chi-square at 99.9 %, by 1e6: one, seven and eleven degrees of freedom.
    uint256 private constant CHI_1 = 10_828_000;
    uint256 private constant CHI_7 = 24_322_000;
    uint256 private constant CHI_11 = 31_264_000;

    DrawBox private box = new DrawBox();

    function test_draw_firstSeatFollowsTheWeights() external view {
        uint256[] memory weights = _list8([uint256(1e18), 2e18, 3e18, 5e18, 8e18, 13e18, 21e18, 1e15]);
        // The smallest would be expected less than once in 10,000 draws: chi-square wants five, so it weighs as much as the first.
        weights[7] = 1e18;
        assertLt(_chiOfFirst(weights, "first"), CHI_7, "chi-square");
    }

    /// The test can fail: weights that the draw does not know.
    function test_chiSquare_findsADrawThatIsNotFair() external view {
        uint256[] memory weights = _list8([uint256(10), 10, 10, 10, 10, 10, 10, 10]);
        uint256[] memory claimed = _list8([uint256(12), 10, 10, 10, 10, 10, 10, 8]);
        uint256[] memory seen = _firsts(weights, "first");
        assertTrue(_chi(seen, claimed, 80) > CHI_7, "a fifth more for one, a fifth less for another");
    }

    /// Ordered pairs of four candidates without putting back: P(i, then j) = w_i / W * w_j / (W - w_i).
    function test_draw_pairsFollowTheWeightsWithoutPuttingBack() external view {
        uint256[] memory weights = new uint256[](4);
        (weights[0], weights[1], weights[2], weights[3]) = (1, 2, 3, 4);
        uint256[16] memory seen;
        for (uint256 k = 0; k < DRAWS; ++k) {
            uint256[] memory drawn = box.draw(weights, keccak256(abi.encode("pairs", k)), 2);
            ++seen[drawn[0] * 4 + drawn[1]];
        }
        uint256 chi = 0;
        for (uint256 i = 0; i < 4; ++i) {
            for (uint256 j = 0; j < 4; ++j) {
                if (i == j) {
                    assertEq(seen[i * 4 + j], 0, "nobody twice");
                    continue;
                }
                // In ten thousandths of a draw.
                uint256 expected = DRAWS * 10_000 * weights[i] * weights[j] / (10 * (10 - weights[i]));
                chi += _term(seen[i * 4 + j] * 10_000, expected) / 10_000;
            }
        }
        assertLt(chi, CHI_11, "chi-square");
    }

    /// Attack 37: a tenth of the stake in one account or in ten is drawn as often.
    function test_attack_37_splittingStakeGainsNoSeats() external view {
        uint256[] memory whole = new uint256[](10);
        uint256[] memory split = new uint256[](19);
        for (uint256 i = 0; i < 9; ++i) {
            (whole[i], split[i]) = (10, 10);
        }
        whole[9] = 10;
        for (uint256 i = 9; i < 19; ++i) {
            split[i] = 1;
        }
        uint256 asOne = 0;
        uint256 asTen = 0;
        for (uint256 k = 0; k < DRAWS; ++k) {
            bytes32 seed = keccak256(abi.encode("sybil", k));
            if (box.draw(whole, seed, 1)[0] == 9) ++asOne;
            if (box.draw(split, seed, 1)[0] >= 9) ++asTen;
        }
        // Both have a tenth: one cell and the rest.
        assertLt(_term(asOne, DRAWS / 10) + _term(DRAWS - asOne, DRAWS * 9 / 10), CHI_1, "in one");
        assertLt(_term(asTen, DRAWS / 10) + _term(DRAWS - asTen, DRAWS * 9 / 10), CHI_1, "in ten");
    }

    /// Of several seats an account has at most one: whoever splits gets what its stake is worth, and of what the others cannot take.
    function test_attack_37_seatsOfSplitStakeStayNearItsShare() external view {
        uint256[] memory split = new uint256[](19);
        for (uint256 i = 0; i < 19; ++i) {
            split[i] = i < 9 ? 10 : 1;
        }
        uint256 seats = 0;
        for (uint256 k = 0; k < DRAWS; ++k) {
            uint256[] memory drawn = box.draw(split, keccak256(abi.encode("seats", k)), 3);
            for (uint256 i = 0; i < 3; ++i) {
                if (drawn[i] >= 9) ++seats;
            }
        }
        // A tenth of 30,000 seats, and what the nine others leave because each has one at most: an eighth more.
        assertLe(seats, DRAWS * 3 / 10 * 9 / 8, "near its share");
    }

    // --- properties
    function testFuzz_draw_takesEachOnceAndNobodyWithoutWeight(uint256[12] memory weights_, bytes32 seed, uint256 count)
        external
        view
    {
        uint256[] memory weights = new uint256[](12);
        uint256 positive = 0;
        for (uint256 i = 0; i < 12; ++i) {
            weights[i] = weights_[i] % 3 == 0 ? 0 : weights_[i] % 1e27;
            if (weights[i] != 0) ++positive;
        }
        count = bound(count, 0, 20);
        uint256[] memory drawn = box.draw(weights, seed, count);
        assertEq(drawn.length, count < positive ? count : positive, "as many as have weight");
        uint256 seen = 0;
        for (uint256 k = 0; k < drawn.length; ++k) {
            assertTrue(weights[drawn[k]] != 0, "weight");
            assertTrue(seen >> drawn[k] & 1 == 0, "twice");
            seen |= 1 << drawn[k];
        }
    }

    function testFuzz_draw_twoRolesShareNobody(bytes32 a, bytes32 b, uint256 first) external view {
        uint256[] memory weights = _list8([uint256(1), 2, 3, 4, 5, 6, 7, 8]);
        first = bound(first, 1, 7);
        (uint256[] memory x, uint256[] memory y) = box.drawTwice(weights, [a, b], [first, 8 - first]);
        uint256 seen = 0;
        for (uint256 k = 0; k < x.length; ++k) {
            seen |= 1 << x[k];
        }
        for (uint256 k = 0; k < y.length; ++k) {
            seen |= 1 << y[k];
        }
        assertEq(seen, 255, "each has one role");
    }

    function test_draw_ofNobodyIsEmpty() external view {
        assertEq(box.draw(new uint256[](0), "seed", 3).length, 0, "no candidates");
        assertEq(box.draw(new uint256[](5), "seed", 3).length, 0, "no weight");
    }

    function test_fill_boundsTheCandidates() external {
        uint256[] memory weights = new uint256[](256);
        weights[255] = 1;
        assertEq(box.draw(weights, "seed", 2)[0], 255, "the last of 256");
        vm.expectRevert(abi.encodeWithSelector(Sortition.TooManyCandidates.selector, 257, 256));
        box.draw(new uint256[](257), "seed", 1);
    }

    /// Chain, contract, task, round and role make different seeds of one beacon.
    function test_seedOf_bindsWhatIsDrawn() external {
        DrawBox other = new DrawBox();
        bytes32 seed = box.seedOf("beacon", 1, 2, "VOTER");
        assertTrue(seed != box.seedOf("beacoN", 1, 2, "VOTER"), "beacon");
        assertTrue(seed != box.seedOf("beacon", 3, 2, "VOTER"), "task");
        assertTrue(seed != box.seedOf("beacon", 1, 3, "VOTER"), "round");
        assertTrue(seed != box.seedOf("beacon", 1, 2, "PROPOSER"), "role");
        assertTrue(seed != other.seedOf("beacon", 1, 2, "VOTER"), "contract");
    }

    function _chiOfFirst(uint256[] memory weights, string memory salt) private view returns (uint256) {
        uint256 total = 0;
        for (uint256 i = 0; i < weights.length; ++i) {
            total += weights[i];
        }
        return _chi(_firsts(weights, salt), weights, total);
    }

    function _firsts(uint256[] memory weights, string memory salt) private view returns (uint256[] memory seen) {
        seen = new uint256[](weights.length);
        for (uint256 k = 0; k < DRAWS; ++k) {
            ++seen[box.draw(weights, keccak256(abi.encode(salt, k)), 1)[0]];
        }
    }

    function _chi(uint256[] memory seen, uint256[] memory weights, uint256 total) private pure returns (uint256 chi) {
        for (uint256 i = 0; i < seen.length; ++i) {
            chi += _term(seen[i] * SCALE, DRAWS * SCALE * weights[i] / total) / SCALE;
        }
    }

    /// @dev (seen - expected)^2 / expected, by 1e6.
    function _term(uint256 seen, uint256 expected) private pure returns (uint256) {
        uint256 distance = seen > expected ? seen - expected : expected - seen;
        return distance * distance * SCALE / expected;
    }

    function _list8(uint256[8] memory values) private pure returns (uint256[] memory list) {
        list = new uint256[](8);
        for (uint256 i = 0; i < 8; ++i) {
            list[i] = values[i];
        }
    }
}
