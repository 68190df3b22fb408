// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ScenarioParams} from "../../interfaces/IScenario.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

contract ScenarioScheduledPotTest is Federation {
    function _begin(uint128 firstPot, uint64 ratio) private {
        deploy();
        ScenarioParams memory p = disputableParams();
        (p.firstPot, p.potRatio) = (firstPot, ratio);
        createFederation(2, p);
        closeRegistration();
    }

    function _refused(uint32 round, uint256 pot, uint256 scheduled) private {
        bytes32 hash = sharesHash(round, defaultShares());
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.PotBelowSchedule.selector, pot, scheduled));
        scenario.assertRound(round, hash, 0, 0);
    }

    function test_scheduledPot_isZeroWhenPotsAreFree() external {
        _begin(0, 0);
        assertEq(scenario.scheduledPot(1), 0, "first");
        assertEq(scenario.scheduledPot(7), 0, "any");
        assertRound(1, defaultShares());
    }

    function test_scheduledPot_fixed() external {
        _begin(10e18, 1e18);
        for (uint32 round = 1; round < 9; ++round) {
            assertEq(scenario.scheduledPot(round), 10e18, "always the same");
        }
        assertEq(scenario.scheduledPot(type(uint32).max), 10e18, "to the end");
        assertEq(scenario.scheduledPot(0), 0, "there is no round 0");
    }

    function test_scheduledPot_geometric() external {
        _begin(1_000e18, 0.9e18);
        assertEq(scenario.scheduledPot(1), 1_000e18, "first");
        assertEq(scenario.scheduledPot(2), 900e18, "second");
        assertEq(scenario.scheduledPot(3), 810e18, "third");
        assertEq(scenario.scheduledPot(8), 478.2969e18, "0.9^7");
        assertEq(scenario.scheduledPot(type(uint32).max), 0, "runs out");
    }

    function test_assertRound_revertsBelowTheSchedule() external {
        _begin(1_000e18, 0.5e18);
        fundRound(1, 1_000e18 - 1);
        _refused(1, 1_000e18 - 1, 1_000e18);
        fundRound(1, 1);
        assertRound(1, defaultShares());
        passChallenge();
        scenario.finalize(1, defaultShares(), 100);
        _refused(2, scenario.potOf(2), 500e18);
        fundRound(2, 500e18);
        assertRound(2, defaultShares());
    }

    /// What a void round carried over counts.
    function test_assertRound_countsWhatWasCarried() external {
        _begin(1_000e18, 1e18);
        fundRound(1, 600e18);
        vm.prank(federator);
        scenario.voidRound(1);
        fundRound(2, 400e18 - 1);
        _refused(2, 1_000e18 - 1, 1_000e18);
        fundRound(2, 1);
        assertRound(2, defaultShares());
    }

    /// And so does the part of a lost bond.
    function test_assertRound_countsWhatALostBondAdded() external {
        _begin(1_000e18, 1e18);
        fundRound(1, 1_000e18);
        assertRound(1, defaultShares());
        dispute(investor);
        decide(false);
        assertEq(scenario.potOf(1), 1_000e18 + BOND - BOND / 2, "pot");
        assertRound(1, defaultShares());
    }

    function test_fuzz_scheduledPot_neverGrows(uint128 firstPot, uint64 ratio, uint32 round) external {
        _begin(uint128(bound(firstPot, 1, 1 << 90)), uint64(bound(ratio, 0.5e18, 1e18)));
        round = uint32(bound(round, 1, type(uint32).max - 1));
        assertLe(scenario.scheduledPot(round + 1), scenario.scheduledPot(round), "grows");
    }
}
