// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {PoolTrader} from "../base/PoolTrader.sol";

/// @notice Everything that can be done to a pool, without a fee; V per LP share is compared after every step.
contract PoolHandler is PoolTrader {
    uint256 private constant MAX_TOKENS = 7;

    uint256 public count;
    /// @dev Steps that changed the pool.
    uint256 public steps;
    int256 private best;

    constructor() {
        setUp();
        open(0, 0.6e18, 1e15, 2e13);
        count = 4;
        best = lnShare();
    }

    /// @dev Whatever a step does, V per LP share does not fall below the highest that it ever was.
    modifier step() {
        uint256 before = trades;
        _;
        if (trades == before) return;
        ++steps;
        int256 now_ = lnShare();
        assertTrue(now_ + 8 >= best, "V per share fell");
        if (now_ > best) best = now_;
    }

    function parts() external view returns (address pool_, address harness_) {
        return (address(pool), address(harness));
    }

    function swap(uint256 a, uint256 b, uint256 amount) external step {
        trade(a % count, b % count, _amount(a % count, amount));
    }

    function swapOut(uint256 a, uint256 b, uint256 amount) external step {
        tradeOut(a % count, b % count, _amount(b % count, amount));
    }

    function joinOne(uint256 a, uint256 amount) external step {
        joinWith(a % count, _amount(a % count, amount));
    }

    function exitOne(uint256 b, uint256 amount) external step {
        exitTo(b % count, amount % (pool.balanceOf(trader) / 4 + 1));
    }

    function join(uint256 amount) external step {
        joinAll(bound(amount, 1, pool.totalSupply()));
        ++trades;
    }

    function exit(uint256 amount) external step {
        uint256 held = pool.balanceOf(trader);
        if (held == 0) return;
        exitAll(bound(amount, 1, held));
        ++trades;
    }

    function gift(uint256 a, uint256 amount) external step {
        vm.prank(trader);
        token(a % count).transfer(address(pool), amount % 1e20);
    }

    /// @dev A listing changes what V means: instead, every share keeps what it has of every token.
    function list(uint256 amount, uint256 issuance) external {
        if (count == MAX_TOKENS) return;
        uint256[] memory before = pool.balances();
        uint256 supply = pool.totalSupply();
        try harness.list(bound(amount, 1e9, 1e15), 1 + issuance % 2) {}
        catch (bytes memory reason) {
            // Many listings leave a token too light for one more.
            assertTrue(bytes4(reason) == ErrorsLib.WeightOutOfRange.selector, "refused for its weight");
            return;
        }
        ++count;
        assertEq(pool.totalSupply(), supply, "no shares for a listing");
        for (uint256 k = 0; k < before.length; ++k) {
            assertEq(pool.balances()[k], before[k], "nothing moves");
        }
        best = lnShare();
    }

    function delist(uint256 a) external {
        // Two stay, so that there is something to trade.
        if (a % 8 != 0) return;
        try harness.delist(a % 2) {}
        catch (bytes memory reason) {
            assertTrue(bytes4(reason) == ErrorsLib.TokenDelisted.selector, "delisted before");
        }
    }

    function _amount(uint256 a, uint256 amount) private view returns (uint256) {
        // Tiny ones most of the time: that is where rounding is large.
        uint256 max = amount % 8 < 6 ? balance(a) / 1e4 : balance(a) / 3;
        return bound(amount, 1e6, 1e6 + max);
    }
}
