// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ScenarioParams} from "../../interfaces/IScenario.sol";
import {Federation} from "../base/Federation.sol";
import {VectorTest} from "./VectorTest.sol";

/// @notice Plays random histories of the TypeScript model on the real contracts: after each step every holder is owed the same wei.
/// Steps and their arguments are those of scripts/stream-story.ts.
contract StreamDifferentialTest is Federation, VectorTest {
    uint256 private constant CLIENTS = 3;
    uint256 private constant HOLDERS = 6;
    /// @dev Step, time, four arguments, result.
    uint256 private constant HEAD = 7;
    uint256 private constant COLUMNS = HEAD + CLIENTS * HOLDERS + 1 + HOLDERS;

    address[] private holders;
    uint32[] private shares;
    uint256 private settled;

    function test_history0_owesWhatTheModelOwes() external {
        _play("streams-0.json");
    }

    /// Clients of different issuance weights.
    function test_history1_owesWhatTheModelOwes() external {
        _play("streams-1.json");
    }

    /// The third client comes late.
    function test_history2_owesWhatTheModelOwes() external {
        _play("streams-2.json");
        assertEq(pool.listedClients(), CLIENTS, "listed");
    }

    function _play(string memory file) private {
        load(file, COLUMNS);
        _open(vm.parseJsonUintArray(vm.readFile(string.concat("solidity/test/vectors/", file)), ".issuance"));
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            vm.warp(START + r[1]);
            assertEq(_step(r), r[6], string.concat("result of step ", vm.toString(i)));
            _checkOwed(r, vm.toString(i));
        }
        assertTrue(settled >= 3, "too few rounds");
    }

    function _open(uint256[] memory issuance) private {
        deploy();
        ScenarioParams memory p = defaultParams();
        (p.maxClients, p.maxIssuance) = (3, 3);
        create(p);
        for (uint256 i = 0; i < issuance.length; ++i) {
            _setIssuance(account(nameOf(i)), uint8(issuance[i]));
            register(i);
        }
        holders = [clients[0], clients[1], account(nameOf(2)), investor, provider, federator];
        for (uint256 h = 0; h < HOLDERS; ++h) {
            fund(holders[h], 1e9 * WAD);
        }
        closeRegistration();
        openMarket();
        for (uint256 i = 0; i < issuance.length; ++i) {
            _approveAll(i);
        }
    }

    function _approveAll(uint256 index) private {
        for (uint256 h = 0; h < HOLDERS; ++h) {
            approveToken(holders[h], index);
        }
    }

    function _registerLate(uint256 issuance) private returns (uint256) {
        address[] memory accounts = new address[](1);
        accounts[0] = holders[2];
        vm.prank(federator);
        scenario.setAllowed(accounts, true);
        _setIssuance(holders[2], uint8(issuance));
        register(2);
        _approveAll(2);
        return 0;
    }

    function _list() private returns (uint256) {
        vm.prank(federator);
        assertEq(scenario.listClient(), 2, "index");
        return 0;
    }

    function _setIssuance(address who, uint8 weight) private {
        address[] memory accounts = new address[](1);
        accounts[0] = who;
        vm.prank(federator);
        scenario.setIssuance(accounts, weight);
    }

    function _step(uint256[] memory r) private returns (uint256) {
        if (r[0] == 0) return 0;
        if (r[0] == 1) return _transfer(r);
        if (r[0] == 2) return swapIn(holders[r[4]], _token(r[2]), _token(r[3]), r[5]);
        if (r[0] == 3) return swapOut(holders[r[4]], _token(r[2]), _token(r[3]), r[5]);
        if (r[0] == 4) return _join(holders[r[2]], r[3]);
        if (r[0] == 5) return _exit(holders[r[2]], r[3]);
        if (r[0] == 6) return claim(r[2], holders[r[3]]);
        if (r[0] == 7) return pool.claimLp(holders[r[2]]);
        if (r[0] == 8) return _assert(r);
        if (r[0] == 9) return _finalize(r[2]);
        if (r[0] == 10) return _joinSingle(r);
        if (r[0] == 11) return _exitSingle(r);
        return r[0] == 12 ? _registerLate(r[2]) : _list();
    }

    function _transfer(uint256[] memory r) private returns (uint256) {
        vm.prank(holders[r[3]]);
        tokens[r[2]].transfer(holders[r[4]], r[5]);
        return 0;
    }

    function _join(address who, uint256 lpShares) private returns (uint256) {
        uint256[] memory max = _limits(type(uint256).max);
        vm.prank(who);
        return pool.joinProportional(lpShares, max, who, block.timestamp)[0];
    }

    function _exit(address who, uint256 lpShares) private returns (uint256) {
        uint256[] memory min = _limits(0);
        vm.prank(who);
        return pool.exitProportional(lpShares, min, who, block.timestamp)[0];
    }

    function _joinSingle(uint256[] memory r) private returns (uint256) {
        vm.prank(holders[r[3]]);
        return pool.joinSingle(_token(r[2]), r[4], 0, holders[r[3]], block.timestamp);
    }

    function _exitSingle(uint256[] memory r) private returns (uint256) {
        vm.prank(holders[r[3]]);
        return pool.exitSingle(_token(r[2]), r[4], 0, holders[r[3]], block.timestamp);
    }

    /// @dev One per token of the pool, which may lack a client's.
    function _limits(uint256 value) private view returns (uint256[] memory list) {
        list = new uint256[](pool.listedClients() + 1);
        for (uint256 k = 0; k < list.length; ++k) {
            list[k] = value;
        }
    }

    /// @return pot with what earlier rounds carried over.
    function _assert(uint256[] memory r) private returns (uint256 pot) {
        uint32 round = scenario.currentRound();
        fundRound(round, r[2]);
        pot = scenario.potOf(round);
        delete shares;
        for (uint256 i = 0; i < scenario.activeClients(); ++i) {
            shares.push(uint32(r[3 + i]));
        }
        assertRound(round, shares);
    }

    function _finalize(uint256 clients_) private returns (uint256 cursor) {
        cursor = scenario.finalize(scenario.currentRound(), shares, uint16(clients_));
        if (cursor == 0) ++settled;
    }

    function _checkOwed(uint256[] memory r, string memory step) private view {
        uint256 k = HEAD;
        for (uint256 i = 0; i < CLIENTS; ++i) {
            for (uint256 h = 0; h < HOLDERS; ++h) {
                uint256 owed = i < tokens.length ? scenario.owed(uint16(i), holders[h]) : 0;
                assertEq(owed, r[k++], string.concat("owed after step ", step));
            }
        }
        assertEq(scenario.poolOwed(), r[k++], string.concat("poolOwed after step ", step));
        for (uint256 h = 0; h < HOLDERS; ++h) {
            assertEq(pool.lpOwed(holders[h]), r[k++], string.concat("lpOwed after step ", step));
        }
    }

    function _token(uint256 place) private view returns (address) {
        return place == 0 ? address(currency) : address(tokens[place - 1]);
    }
}
