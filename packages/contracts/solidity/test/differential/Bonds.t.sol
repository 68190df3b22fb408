// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Federation} from "../base/Federation.sol";
import {Phase, ScenarioParams} from "../../interfaces/IScenario.sol";
import {VectorTest} from "./VectorTest.sol";

/// @notice Plays random games of bonds of the TypeScript model (scripts/bond-vectors.ts) on a real Scenario, whose resolver is this test:
/// after each step every bond, credit and pot is the same to the wei.
contract BondDifferentialTest is Federation, VectorTest {
    uint256 private constant COLUMNS = 10;
    uint256 private constant PARTIES = 3;

    address[] private parties;
    uint256 private decided;

    function test_game0_movesTheBondsOfTheModel() external {
        _play("bonds-0.json");
    }

    /// Near the limit of deposits: the pot has no room for half of a lost bond, and the decision is made all the same.
    function test_game1_movesTheBondsOfTheModel() external {
        _play("bonds-1.json");
    }

    /// Rounds that hardly end: bonds double until they do not any more.
    function test_game2_movesTheBondsOfTheModel() external {
        _play("bonds-2.json");
    }

    function _play(string memory file) private {
        load(file, COLUMNS);
        uint256[] memory terms = vm.parseJsonUintArray(vm.readFile(string.concat("solidity/test/vectors/", file)), ".terms");
        _open(terms[0]);
        fundRound(1, terms[1]);
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            assertEq(_step(r[0], parties[r[1]]), r[2], string.concat("result of step ", vm.toString(i)));
            _checkBonds(r, string.concat(" after step ", vm.toString(i)));
        }
        assertTrue(decided >= 10, "too few decisions");
    }

    function _open(uint256 bond) private {
        deploy();
        ScenarioParams memory p = defaultParams();
        (p.bond, p.resolver, p.rounds) = (uint96(bond), address(this), 1_000);
        create(p);
        for (uint256 i = 0; i < 2; ++i) {
            register(i);
        }
        closeRegistration();
        parties = [federator, account("watcher-0"), account("watcher-1")];
        for (uint256 i = 0; i < PARTIES; ++i) {
            fund(parties[i], 1 << 94);
        }
    }

    /// @return what a stake pulled, a decision gave to the pot, or a withdrawal paid.
    function _step(uint256 code, address party) private returns (uint256) {
        uint256 before = currency.balanceOf(party);
        uint32 round = scenario.currentRound();
        if (code == 4) return _end(round);
        if (code == 2 || code == 3) return _decide(round, code == 2);
        if (code == 0) {
            assertRound(round, new uint32[](2));
            return before - currency.balanceOf(party);
        }
        vm.prank(party);
        if (code == 5) return scenario.withdrawBond();
        scenario.dispute(round, keccak256("evidence"));
        return before - currency.balanceOf(party);
    }

    function _decide(uint32 round, bool upheld) private returns (uint256) {
        uint256 pot = scenario.potOf(round);
        vm.warp(scenario.assertion().resolvableAt);
        scenario.resolve(round, upheld);
        ++decided;
        return scenario.potOf(round) - pot;
    }

    /// @dev By the federator while open, by shares of zero once asserted, by its timeout in dispute.
    function _end(uint32 round) private returns (uint256) {
        Phase phase = scenario.phase();
        if (phase == Phase.Asserted) {
            if (block.timestamp < scenario.finalizableAt()) vm.warp(scenario.finalizableAt());
            return scenario.finalize(round, new uint32[](2), 2);
        }
        if (phase == Phase.Disputed) vm.warp(scenario.assertion().resolvableAt + TIMEOUT + 1);
        vm.prank(federator);
        scenario.voidRound(round);
        return 0;
    }

    function _checkBonds(uint256[] memory r, string memory step) private view {
        assertEq(scenario.assertionBond(), r[3], string.concat("assertionBond", step));
        assertEq(scenario.disputeBond(), r[4], string.concat("disputeBond", step));
        for (uint256 i = 0; i < PARTIES; ++i) {
            assertEq(scenario.bondCredit(parties[i]), r[5 + i], string.concat("credit", step));
        }
        assertEq(scenario.ledger().bonds, r[8], string.concat("bonds held", step));
        assertEq(scenario.potOf(scenario.currentRound()), r[9], string.concat("pot", step));
    }
}
