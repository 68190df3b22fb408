// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Phase, ScenarioParams} from "../../interfaces/IScenario.sol";
import {FederationHandler} from "./FederationHandler.sol";

/// @notice The same, in a federation with everything: bonds and disputes, a guardian, unequal issuance, and a client that comes late.
contract FullFederationHandler is FederationHandler {
    address private _guardian;

    function parameters() internal override returns (ScenarioParams memory p) {
        p = disputableParams();
        _guardian = account("guardian");
        (p.rounds, p.maxClients, p.maxIssuance, p.guardian) = (type(uint32).max, 4, 4, _guardian);
    }

    function beforeRegistration() internal override {
        setIssuance(account(nameOf(1)), 3);
        setIssuance(account(nameOf(CLIENTS)), 2);
    }

    // --- disputes
    function challenge(uint256 who) external step {
        if (scenario.phase() != Phase.Asserted || block.timestamp >= scenario.finalizableAt()) return;
        address from = _actor(who);
        currency.mint(from, scenario.disputeBond());
        dispute(from);
    }

    function decideDispute(bool upheld) external step {
        if (scenario.phase() != Phase.Disputed) return;
        decide(upheld);
    }

    /// @dev Nobody finalizes, nobody decides: after its time anyone voids.
    function giveUp(uint256 chance) external step {
        Phase phase = scenario.phase();
        if (chance % 4 != 0 || _potAtFirstPage != 0 || (phase != Phase.Asserted && phase != Phase.Disputed)) return;
        uint256 due = phase == Phase.Asserted ? scenario.finalizableAt() : scenario.assertion().resolvableAt;
        vm.warp(due + TIMEOUT + 1);
        scenario.voidRound(scenario.currentRound());
    }

    function withdraw(uint256 who) external step {
        address from = _actor(who);
        if (scenario.bondCredit(from) == 0) return;
        vm.prank(from);
        scenario.withdrawBond();
    }

    /// @dev The federator never runs out of bonds.
    function endow() external step {
        currency.mint(federator, scenario.assertionBond());
    }

    // --- pause
    function pauseOrEnd() external step {
        uint64 until = scenario.pausedUntil();
        vm.startPrank(_guardian);
        if (paused()) scenario.unpause();
        else if (until == 0 || block.timestamp >= until + 7 days) scenario.pause();
        vm.stopPrank();
    }

    // --- the late client
    function registerLate() external step {
        if (tokens.length > CLIENTS || scenario.phase() != Phase.Open || paused()) return;
        address[] memory accounts = new address[](1);
        accounts[0] = account(nameOf(CLIENTS));
        vm.prank(federator);
        scenario.setAllowed(accounts, true);
        register(CLIENTS);
        approveByAll(CLIENTS);
        model.setIssuance(CLIENTS, 2);
    }

    /// @dev No `step`: V has other weights before than after, and no share gains or loses any token that was there.
    function listLate() external {
        if (tokens.length == CLIENTS || pool.listedClients() > CLIENTS) return;
        if (scenario.phase() != Phase.Open || paused() || scenario.activeClients() == CLIENTS) return;
        uint256 from = scenario.roundStartedAt() + CHALLENGE;
        if (block.timestamp < from) vm.warp(from);
        _integrate();
        uint256 supply = pool.totalSupply();
        uint256[] memory before = pool.balances();
        vm.prank(federator);
        scenario.listClient();
        assertEq(pool.totalSupply(), supply, "no shares are minted");
        for (uint256 k = 0; k < before.length; ++k) {
            assertEq(pool.balances()[k], before[k], "nothing is taken");
        }
    }
}
