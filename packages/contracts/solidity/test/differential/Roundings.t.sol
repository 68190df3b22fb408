// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PoolMath} from "../../libraries/PoolMath.sol";
import {TestBase} from "../base/TestBase.sol";

/// @notice The last digit of an exponent shows in few amounts, so the vectors of random amounts miss it. These were searched for with
/// the TypeScript model (src/model/single-math.ts, swap-math.ts): the exponent rounded the other way gives another amount.
contract RoundingTest is TestBase {
    uint256 private constant SIZE = 1e24;

    /// The base is below one: an exponent rounded up would pay more.
    function test_outForShares_roundsItsExponentDown() external pure {
        uint256[3] memory weights = [uint256(14833822285714285), 27765549285714285, 30751012285714285];
        uint256[3] memory shares = [uint256(1133200000000000000000), 1296500000000000000000, 1334200000000000000000];
        uint256[3] memory outs = [uint256(73588079286588577000000), 45650051127137249000000, 42487170393506036000000];
        for (uint256 i = 0; i < 3; ++i) {
            assertEq(PoolMath.outForSharesDown(SIZE, SIZE, weights[i], shares[i], 0), outs[i], "out");
        }
    }

    /// Attack 2: the base is above one: an exponent rounded down would take less.
    function test_attack_02_exactOut_roundsItsExponentUp() external pure {
        uint256[3] memory weights = [uint256(25342335285714285), 32358569285714285, 35882524285714285];
        uint256[3] memory outs = [uint256(1429500000000000000000), 1872500000000000000000, 2095000000000000000000];
        uint256[3] memory ins = [uint256(28626041788577880000000), 29384165679646178000000, 29654290339061381000000];
        for (uint256 i = 0; i < 3; ++i) {
            assertEq(PoolMath.inForExactOutUp(SIZE, weights[i], SIZE, 0.5e18, outs[i], 0), ins[i], "in");
        }
    }

    function test_spotPrice_isRoundedDown() external pure {
        assertEq(PoolMath.spotPriceDown(1e18, 0.4e18, 3e18, 0.2e18), 166666666666666666, "a sixth");
    }
}
