// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";

import {LocalCurrency} from "../../LocalCurrency.sol";
import {Federation} from "./Federation.sol";
import {PoolHarness} from "./PoolHarness.sol";

/// @notice A trader at a pool without its Scenario, most of the time without any fee, so that only rounding protects the pool. Three
/// clients and the currency.
abstract contract PoolTrader is Federation {
    uint256 internal constant CURRENCY = 3;

    address internal implementation;
    PoolHarness internal harness;
    address internal trader;
    LocalCurrency[] internal listed;
    /// @dev Trades that went through: a test that trades nothing proves nothing.
    uint256 internal trades;

    function setUp() public {
        deploy();
        (,, implementation,) = orchestrator.implementations();
        trader = account("trader");
        // Most tests open one pool: its tokens are there before, so that a fuzz run need not create them.
        harness = new PoolHarness(3);
    }

    function open(uint256 fee, uint256 weight, uint256 seed, uint256 tokenSeed) internal {
        if (address(harness.pool()) != address(0)) harness = new PoolHarness(3);
        openWith(fee, weight, seed, tokenSeed);
    }

    function openWith(uint256 fee, uint256 weight, uint256 seed, uint256 tokenSeed) internal {
        harness.open(implementation, fee, weight, seed, tokenSeed);
        pool = harness.pool();
        delete listed;
        for (uint256 i = 0; i < harness.count(); ++i) {
            harness.mint(i, trader, 1e40);
            listed.push(harness.tokens(i));
            vm.prank(trader);
            listed[i].approve(address(pool), type(uint256).max);
        }
    }

    function token(uint256 i) internal view returns (LocalCurrency) {
        return listed[i];
    }

    /// @dev Where the pool lists harness token `i`: the currency first, late tokens behind.
    function place(uint256 i) internal pure returns (uint256) {
        return i == CURRENCY ? 0 : i < CURRENCY ? i + 1 : i;
    }

    function balance(uint256 i) internal view returns (uint256) {
        return pool.balances()[place(i)];
    }

    function weightOf(uint256 i) internal view returns (uint256) {
        return pool.weights()[place(i)];
    }

    /// @dev 0 when the pool refuses the trade for its size.
    function trade(uint256 a, uint256 b, uint256 amount) internal returns (uint256 out) {
        vm.prank(trader);
        try pool.swapExactIn(address(token(a)), address(token(b)), amount, 0, trader, block.timestamp) returns (uint256 o) {
            out = o;
            ++trades;
        } catch {}
    }

    function tradeOut(uint256 a, uint256 b, uint256 amount) internal returns (uint256 paid) {
        vm.prank(trader);
        try pool.swapExactOut(address(token(a)), address(token(b)), amount, 1e40, trader, block.timestamp) returns (uint256 p) {
            paid = p;
            ++trades;
        } catch {}
    }

    /// @dev 0 when the pool refuses the join for its size.
    function joinWith(uint256 a, uint256 amount) internal returns (uint256 shares) {
        vm.prank(trader);
        try pool.joinSingle(address(token(a)), amount, 0, trader, block.timestamp) returns (uint256 s) {
            shares = s;
            ++trades;
        } catch {}
    }

    function exitTo(uint256 b, uint256 shares) internal returns (uint256 out) {
        vm.prank(trader);
        try pool.exitSingle(address(token(b)), shares, 0, trader, block.timestamp) returns (uint256 o) {
            out = o;
            ++trades;
        } catch {}
    }

    function joinAll(uint256 shares) internal returns (uint256[] memory) {
        uint256[] memory max = noMax();
        vm.prank(trader);
        return pool.joinProportional(shares, max, trader, block.timestamp);
    }

    function exitAll(uint256 shares) internal returns (uint256[] memory) {
        uint256[] memory min = noMin();
        vm.prank(trader);
        return pool.exitProportional(shares, min, trader, block.timestamp);
    }

    function noMax() internal view returns (uint256[] memory max) {
        max = noMin();
        for (uint256 k = 0; k < max.length; ++k) {
            max[k] = 1e40;
        }
    }

    function noMin() internal view returns (uint256[] memory) {
        return new uint256[](pool.tokens().length);
    }

    function random(uint256 seed, uint256 i) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, i)));
    }

    /// @dev ln V, 1e18 = 1; balances count as 1e18 = 1 as well. Good to a unit per token.
    function lnV() internal view returns (int256 sum) {
        uint256[] memory balances = pool.balances();
        uint256[] memory weights = pool.weights();
        for (uint256 k = 0; k < balances.length; ++k) {
            sum += int256(weights[k]) * FixedPointMathLib.lnWad(int256(balances[k])) / 1e18;
        }
    }

    /// @dev ln of V per LP share.
    function lnShare() internal view returns (int256) {
        return lnV() - FixedPointMathLib.lnWad(int256(pool.totalSupply()));
    }
}
