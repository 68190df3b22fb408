// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Federation} from "../base/Federation.sol";

/// @notice Attacks 15 and 16 of CONTRACTS.md 3: what is owed follows time and nothing else, and is there when it is claimed.
contract LedgerAttackTest is Federation {
    uint256 private constant CLIENTS = 3;
    uint256 private constant STEPS = 80;

    address[] private _people;

    function setUp() external {
        start(CLIENTS);
        _people = [federator, investor, provider, clients[0], clients[1], clients[2]];
        for (uint256 i = 0; i < CLIENTS; ++i) {
            approveToken(federator, i);
            for (uint256 p = 0; p < _people.length; ++p) {
                if (_people[p] != clients[i]) _send(i, clients[i], _people[p], 1_000e18);
            }
            for (uint256 j = 0; j < CLIENTS; ++j) {
                approveToken(clients[j], i);
            }
        }
    }

    function _send(uint256 i, address from, address to, uint256 amount) private {
        vm.prank(from);
        tokens[i].transfer(to, amount);
    }

    function _random(uint256 seed, uint256 i) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, i)));
    }

    /// @dev What everybody is owed, token by token, and the pool.
    function _owed() private view returns (uint256[] memory owed) {
        owed = new uint256[](CLIENTS * _people.length + 1);
        for (uint256 i = 0; i < CLIENTS; ++i) {
            for (uint256 p = 0; p < _people.length; ++p) {
                owed[i * _people.length + p] = scenario.owed(uint16(i), _people[p]);
            }
        }
        owed[owed.length - 1] = scenario.poolOwed();
    }

    /// @dev One move of tokens: to somebody, to oneself, into the pool or out of it.
    function _move(uint256 dice) private {
        uint256 i = (dice >> 8) % CLIENTS;
        address from = _people[(dice >> 16) % _people.length];
        address to = _people[(dice >> 24) % _people.length];
        uint256 amount = tokens[i].balanceOf(from) / (2 + (dice >> 32) % 50);
        if (dice % 4 == 0) return _send(i, from, from, amount);
        if (dice % 4 == 1) return _send(i, from, to, amount);
        if (dice % 4 == 2 && amount > 1e15) {
            swapIn(from, address(tokens[i]), address(currency), amount > 1_000e18 ? 1_000e18 : amount);
        } else if (from != clients[0] && from != clients[1] && from != clients[2]) {
            swapIn(from, address(currency), address(tokens[i]), 1e15 + (dice >> 40) % 1e18);
        }
    }

    /// Attack 15: no transfer, to another, to oneself, to the pool and back, changes what anybody has earned, not by a wei; 80 moves
    /// with time between them and a new round in the middle.
    /// forge-config: default.fuzz.runs = 50
    function test_attack_15_fuzz_movesNeverChangeWhatIsOwed(uint256 seed) external {
        playRound(POT, defaultShares());
        for (uint256 s = 0; s < STEPS; ++s) {
            if (s == STEPS / 2) playRound(POT, defaultShares());
            vm.warp(block.timestamp + _random(seed, s + 1_000) % (STREAM / 30));
            uint256[] memory before = _owed();
            _move(_random(seed, s));
            uint256[] memory afterwards = _owed();
            for (uint256 k = 0; k < before.length; ++k) {
                assertEq(afterwards[k], before[k], "a move changed what somebody is owed");
            }
        }
        assertTrue(scenario.poolOwed() != 0 && scenario.owed(1, investor) != 0, "nothing was earned: nothing was proved");
    }

    /// Attack 15: claimed tokens earn nothing again for those who get them, however often they go round.
    function test_attack_15_claimedTokensPayNobodyTwice() external {
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 2);
        uint256 paid = scenario.claim(all(), clients[0]);
        assertTrue(paid != 0, "paid once");
        for (uint256 n = 0; n < 20; ++n) {
            (address from, address to) = n % 2 == 0 ? (clients[0], address(0xbeef)) : (address(0xbeef), clients[0]);
            _send(0, from, to, tokens[0].balanceOf(from));
            assertEq(scenario.claim(all(), to), 0, "and not again");
        }
    }

    /// Attack 16: after any history everybody can be paid, in any order, from what is held, and what is left belongs to pots.
    /// forge-config: default.fuzz.runs = 50
    function test_attack_16_fuzz_everybodyCanBePaid(uint256 seed, uint256 pot) external {
        pot = bound(pot, 1, 1e25);
        for (uint256 r = 0; r < 4; ++r) {
            playRound(pot + r, defaultShares());
            for (uint256 s = 0; s < 10; ++s) {
                vm.warp(block.timestamp + _random(seed, r * 100 + s) % (STREAM / 8));
                _move(_random(seed, r * 100 + s + 50));
            }
        }
        (uint256 deposited, uint256 before,) = scenario.totals();
        assertLe(_sum(_owed()) + before + scenario.ledger().pots, deposited, "more is owed than there is");
        uint256 first = seed % _people.length;
        for (uint256 p = 0; p < _people.length; ++p) {
            address who = _people[(first + p) % _people.length];
            uint256 had = currency.balanceOf(who);
            uint256 paid = scenario.claim(all(), who) + pool.claimLp(who);
            assertEq(currency.balanceOf(who), had + paid, "paid to the wei");
        }
        (, uint256 claimed,) = scenario.totals();
        assertEq(currency.balanceOf(address(scenario)), deposited - claimed, "what is held");
        assertLe(scenario.ledger().pots, deposited - claimed, "pots are untouched");
    }

    function _sum(uint256[] memory list) private pure returns (uint256 sum) {
        for (uint256 k = 0; k < list.length; ++k) {
            sum += list[k];
        }
    }
}
