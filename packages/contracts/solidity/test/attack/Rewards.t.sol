// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ScenarioParams} from "../../interfaces/IScenario.sol";
import {Federation} from "../base/Federation.sol";

/// @notice Attacks 13, 14, 17, 19, 20, 51 of CONTRACTS.md 3.
contract RewardAttackTest is Federation {
    function setUp() external {
        start(3);
    }

    function _ready() private {
        fundRound(1, POT);
        assertRound(1, defaultShares());
        passChallenge();
    }

    /// Attack 13: buying, finalizing and selling in one block never pays. Nor does any later sale in that block.
    function test_attack_13_fuzz_buyFinalizeSellNeverPays(uint256 amount, uint256 index) external {
        _ready();
        index %= 3;
        amount = bound(amount, 1e12, 1_000e18);
        uint256 before = currency.balanceOf(investor);
        uint256 bought = swapIn(investor, address(currency), address(tokens[index]), amount);
        scenario.finalize(1, defaultShares(), 100);
        claim(index, investor);
        for (uint256 i = 0; i < 4 && bought >= 1e8; ++i) {
            swapIn(investor, address(tokens[index]), address(currency), bought / 4);
        }
        claim(index, investor);
        assertTrue(currency.balanceOf(investor) < before, "profit");
    }

    /// Attack 13, the guard of the test above: were the pot credited at once, the same trade would pay. So the stream is what stops it.
    function test_attack_13_instantCreditWouldPay() external {
        _ready();
        uint256 before = currency.balanceOf(investor);
        uint256 bought = swapIn(investor, address(currency), address(tokens[2]), 500e18);
        scenario.finalize(1, defaultShares(), 100);
        uint256 reward = POT * 3 / 6;
        uint256 instant = reward * bought / tokens[2].totalSupply();
        swapIn(investor, address(tokens[2]), address(currency), bought);
        uint256 cost = before - currency.balanceOf(investor);
        assertTrue(instant > cost, "instant credit would not pay: the attack test proves nothing");
    }

    /// Attack 14: joining just before the distribution and leaving in the same block earns nothing.
    function test_attack_14_fuzz_joinFinalizeExitNeverPays(uint256 shares) external {
        _ready();
        vm.warp(block.timestamp + 7);
        _give(investor);
        uint256 beforeCurrency = currency.balanceOf(investor);
        uint256[3] memory beforeTokens;
        for (uint256 i = 0; i < 3; ++i) {
            beforeTokens[i] = tokens[i].balanceOf(investor);
        }
        shares = bound(shares, 1, 5_000e18);
        vm.prank(investor);
        pool.joinProportional(shares, limits(type(uint256).max), investor, block.timestamp);
        scenario.finalize(1, defaultShares(), 100);
        pool.claimLp(investor);
        vm.prank(investor);
        pool.exitProportional(shares, limits(0), investor, block.timestamp);
        pool.claimLp(investor);
        assertTrue(currency.balanceOf(investor) <= beforeCurrency, "profit in currency");
        for (uint256 i = 0; i < 3; ++i) {
            assertTrue(tokens[i].balanceOf(investor) <= beforeTokens[i], "profit in tokens");
        }
    }

    /// Attack 14: a newcomer among LPs gets nothing of what was earned before him, and a part from then on.
    function test_attack_14_newLpEarnsFromThenOn() external {
        _ready();
        scenario.finalize(1, defaultShares(), 100);
        vm.warp(block.timestamp + STREAM / 2);
        _give(investor);
        uint256 theirs = pool.lpOwed(provider);
        vm.prank(investor);
        pool.joinProportional(1_000e18, limits(type(uint256).max), investor, block.timestamp);
        assertEq(pool.lpOwed(investor), 0, "nothing of the past");
        assertEq(pool.lpOwed(provider), theirs, "which stays with those who were there");
        vm.warp(block.timestamp + STREAM / 2);
        assertTrue(pool.lpOwed(investor) != 0, "earns");
    }

    /// Attack 17: after everybody claimed at the end of the last stream, what is left is accounted for, to the wei.
    function test_attack_17_fuzz_everythingIsPaidOrAccounted(uint256 pot, uint32 a, uint32 b, uint32 c) external {
        pot = bound(pot, 1, 1e26);
        vm.assume(uint256(a) + b + c != 0);
        uint32[] memory shares = new uint32[](3);
        (shares[0], shares[1], shares[2]) = (a, b, c);
        for (uint256 r = 0; r < 8; ++r) {
            playRound(pot, shares);
            vm.warp(block.timestamp + STREAM / 3 * (r % 3));
            if (r % 2 == 0) swapIn(investor, address(currency), address(tokens[r % 3]), 77e18 + r);
        }
        vm.warp(block.timestamp + STREAM);
        address[5] memory who = [federator, investor, clients[0], clients[1], clients[2]];
        for (uint256 i = 0; i < 5; ++i) {
            scenario.claim(all(), who[i]);
        }
        address[4] memory lps = [provider, clients[0], clients[1], clients[2]];
        for (uint256 i = 0; i < 4; ++i) {
            pool.claimLp(lps[i]);
        }
        (uint256 deposited, uint256 claimed,) = scenario.totals();
        uint256 carried = scenario.ledger().pots;
        uint256 fractions = deposited - claimed - carried;
        assertEq(currency.balanceOf(address(scenario)), carried + fractions, "held");
        assertLe(fractions, 3 * 6 + 2, "less than a wei per holder and token");
        assertEq(scenario.ledger().streaming, 0, "nothing streams");
        if (carried != 0) scenario.close();
        assertEq(currency.balanceOf(address(scenario)), fractions, "after close");
    }

    /// Attack 51: fifteen seconds of drift of the clock move a stream by fifteen seconds' worth, and no more.
    function test_attack_51_fuzz_clockDrift(uint256 drift) external {
        _ready();
        scenario.finalize(1, defaultShares(), 100);
        drift = bound(drift, 0, 15);
        vm.warp(block.timestamp + STREAM / 2);
        uint256 owed = scenario.owed(2, clients[2]);
        vm.warp(block.timestamp + drift);
        assertNear(scenario.owed(2, clients[2]) - owed, POT / 2 * 7 / 10 * drift / STREAM, QUANTUM, "linear");
    }

    function _give(address who) private {
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(clients[i]);
            tokens[i].transfer(who, 200_000e18);
        }
    }
}

contract RewardBoundsTest is Federation {
    /// Attack 19: the smallest supply, the largest reward, the shortest and the longest window: nothing overflows, nothing is lost.
    function test_attack_19_fuzz_extremesNeverOverflow(uint256 supply, uint256 window, uint256 rounds) external {
        deploy();
        ScenarioParams memory p = defaultParams();
        p.clientSupply = uint128(supply % 2 == 0 ? 1e18 : type(uint96).max);
        p.streamWindow = window % 2 == 0 ? 60 : 30 days;
        p.seedCurrency = type(uint96).max;
        create(p);
        register(0);
        register(1);
        fund(federator, 1 << 91);
        fund(provider, type(uint96).max);
        fund(investor, 1 << 90);
        closeRegistration();
        openMarket();
        rounds = bound(rounds, 1, 8);
        for (uint256 r = 0; r < rounds; ++r) {
            uint32[] memory shares = new uint32[](2);
            (shares[0], shares[1]) = (type(uint32).max, r % 2 == 0 ? 0 : type(uint32).max);
            playRound(uint256(1 << 90) / rounds, shares);
            vm.warp(block.timestamp + p.streamWindow / 2);
            swapIn(investor, address(currency), address(tokens[0]), 1e26);
        }
        vm.warp(block.timestamp + p.streamWindow);
        uint256 owed = scenario.owed(0, clients[0]) + scenario.owed(1, clients[1]) + scenario.poolOwed();
        owed += scenario.owed(0, federator) + scenario.owed(1, federator) + scenario.owed(0, investor);
        assertLe(owed, scenario.ledger().unclaimed, "solvent");
        assertNear(owed, scenario.ledger().unclaimed, 8, "and complete");
        claim(0, clients[0]);
        pool.claimLp(provider);
    }
}

contract FinalizePagesTest is Federation {
    /// Attack 20: a stopped settlement is resumed by anybody, page by page, and ends like one that took one page.
    function test_attack_20_fuzz_pagesEndLikeOneCall(uint256 seed) external {
        start(10);
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 3);
        fundRound(2, POT);
        assertRound(2, defaultShares());
        passChallenge();
        uint256 state = vm.snapshotState();
        scenario.finalize(2, defaultShares(), 100);
        uint256[] memory expected = _atTheEnd();
        vm.revertToState(state);
        for (uint256 i = 0; scenario.currentRound() == 2; ++i) {
            vm.prank(i % 2 == 0 ? investor : clients[1]);
            scenario.finalize(2, defaultShares(), uint16(bound(uint256(keccak256(abi.encode(seed, i))), 1, 4)));
        }
        uint256[] memory actual = _atTheEnd();
        for (uint256 i = 0; i < 11; ++i) {
            assertEq(actual[i], expected[i], "same result");
        }
    }

    function _atTheEnd() private returns (uint256[] memory owed) {
        vm.warp(block.timestamp + STREAM);
        owed = new uint256[](11);
        for (uint256 i = 0; i < 10; ++i) {
            owed[i] = scenario.owed(uint16(i), clients[i]);
        }
        owed[10] = scenario.poolOwed();
    }

    /// Attack 20: streams stand still between pages, for all alike, and tokens move all the same.
    function test_attack_20_streamsPauseBetweenPages() external {
        start(4);
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 3);
        assertRound(2, defaultShares());
        passChallenge();
        assertEq(scenario.finalize(2, defaultShares(), 2), 2, "two done");
        assertEq(scenario.streamEndsAt(), 0, "no end yet");
        uint256 done = scenario.owed(0, clients[0]);
        uint256 waiting = scenario.owed(3, clients[3]);
        uint256 poolOwed = scenario.poolOwed();
        vm.warp(block.timestamp + 1 days);
        assertEq(scenario.owed(0, clients[0]), done, "settled");
        assertEq(scenario.owed(3, clients[3]), waiting, "waiting");
        assertEq(scenario.poolOwed(), poolOwed, "pool");
        swapIn(investor, address(currency), address(tokens[0]), 100e18);
        swapIn(investor, address(currency), address(tokens[3]), 100e18);
        vm.prank(clients[3]);
        tokens[3].transfer(investor, 5e18);
        assertEq(scenario.poolOwed(), poolOwed, "moves change nothing");
        assertEq(claim(3, clients[3]), waiting, "claims go on");
        assertEq(scenario.finalize(2, defaultShares(), 2), 0, "done");
        assertEq(scenario.streamEndsAt(), block.timestamp + STREAM, "starts now");
        vm.warp(block.timestamp + STREAM);
        uint256 sum = scenario.poolOwed();
        for (uint256 i = 0; i < 4; ++i) {
            sum += scenario.owed(uint16(i), clients[i]) + scenario.owed(uint16(i), federator) + scenario.owed(uint16(i), investor);
        }
        assertNear(sum, scenario.ledger().unclaimed, 16, "nothing is lost");
    }
}
