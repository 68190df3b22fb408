// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MeanPool} from "../../MeanPool.sol";
import {PoolHarness} from "../base/PoolHarness.sol";
import {TestBase} from "../base/TestBase.sol";
import {PoolHandler} from "./PoolHandler.sol";

/// @notice A pool alone, without a fee, whatever traders do and whatever is listed and delisted. Attacks 1, 3 and 6 of CONTRACTS.md 3.
contract PoolInvariantTest is TestBase {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    PoolHandler private handler;
    MeanPool private pool;
    PoolHarness private harness;

    function setUp() external {
        handler = new PoolHandler();
        (address p, address h) = handler.parts();
        (pool, harness) = (MeanPool(p), PoolHarness(h));
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        bytes4[] memory s = new bytes4[](9);
        (s[0], s[1], s[2]) = (handler.swap.selector, handler.swapOut.selector, handler.joinOne.selector);
        (s[3], s[4], s[5]) = (handler.exitOne.selector, handler.join.selector, handler.exit.selector);
        (s[6], s[7], s[8]) = (handler.gift.selector, handler.list.selector, handler.delist.selector);
        targets[0].selectors = s;
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// V per LP share is checked by the handler, after every step.
    function invariant_attack_01_03_06_poolKeepsItsWord() external view {
        uint256[] memory balances = pool.balances();
        uint256[] memory weights = pool.weights();
        address[] memory tokens = pool.tokens();
        uint256 sum;
        for (uint256 k = 0; k < balances.length; ++k) {
            sum += weights[k];
            assertLe(balances[k], _held(tokens[k]), "held");
        }
        assertEq(sum, 1e18, "weights sum to one");
        assertEq(pool.balanceOf(0x000000000000000000000000000000000000dEaD), 1e6, "locked shares");
        assertEq(pool.listedClients() + 1, handler.count(), "listed");
    }

    /// A campaign that does nothing would prove nothing.
    function afterInvariant() external view {
        assertTrue(handler.steps() != 0, "no step");
    }

    function _held(address token) private view returns (uint256) {
        return MeanPool(token).balanceOf(address(pool));
    }
}
