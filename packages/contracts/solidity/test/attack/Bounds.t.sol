// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {PoolTrader} from "../base/PoolTrader.sol";

/// @notice Attack 11 of CONTRACTS.md 3: numbers that leave their bits.
contract BoundsTest is PoolTrader {
    /// Attack 11: a balance shares its word with the weight; a currency that is minted at will cannot push it there.
    function test_attack_11_balanceStaysInItsBits() external {
        // Client tokens leave their bits before the shares, which are bounded as well, leave theirs.
        open(0, 0.4e18, 1e30, 4e30);
        uint256[] memory weights = pool.weights();
        uint256 fits = pool.totalSupply() * 1_000;
        joinAll(fits);
        uint256[] memory max = noMax();
        vm.prank(trader);
        vm.expectRevert(SafeCastLib.Overflow.selector);
        pool.joinProportional(fits, max, trader, block.timestamp);
        for (uint256 k = 0; k < weights.length; ++k) {
            assertEq(pool.weights()[k], weights[k], "weight");
            assertLe(pool.balances()[k], type(uint112).max, "balance");
        }
    }
}
