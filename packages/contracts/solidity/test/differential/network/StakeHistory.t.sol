// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Asset, PoolView, Reason} from "../../../network/interfaces/IStakeManager.sol";
import {StakeBase} from "../../base/network/StakeBase.sol";
import {VectorTest} from "../VectorTest.sol";

/// @notice A position's history, played step by step beside the TypeScript model: stake, shares, streams, slashes, to the wei.
contract StakeHistoryDifferentialTest is StakeBase, VectorTest {
    uint256 private constant STAKED = 50_000e18;

    function test_history_isTheModels() external {
        load("network-stake-history.json", 15);
        deployStakes();
        stake(operator, NODE, STAKED);
        vm.prank(operator);
        stakes.setCommission(position, 1_500);
        stakes.sweep();
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            vm.warp(block.timestamp + r[0]);
            _play(r[1], r[2], r[3]);
            _compare(r);
        }
    }

    function _play(uint256 step, uint256 who, uint256 amount) private {
        address owner = who == 0 ? operator : account(string.concat("delegator ", vm.toString(who)));
        if (step == 1) give(owner, amount);
        if (step == 4) return reward(amount);
        if (step == 5) {
            slash(amount, Reason(who));
            return;
        }
        if (step == 6) {
            stakes.activate(position, Asset.PLAIN, owner);
            return;
        }
        vm.prank(owner);
        if (step == 0) stakes.unstake(NODE, task, amount);
        else if (step == 1) stakes.delegate(operator, NODE, task, amount, 0);
        else if (step == 2) stakes.undelegate(position, amount);
        else assertEq(stakes.withdraw(position, type(uint256).max), amount, "withdrawn");
    }

    function _compare(uint256[] memory r) private view {
        PoolView memory own = stakes.ownStakeOf(position, Asset.PLAIN);
        assertEq(own.tokens, r[4], "own");
        assertEq(own.thawing, r[5], "own, thawing");
        PoolView memory pool = stakes.poolOf(position, Asset.PLAIN);
        assertEq(pool.tokens, r[6], "pool");
        assertEq(pool.shares, r[7], "shares");
        assertEq(pool.thawing, r[8], "pool, thawing");
        assertEq(pool.thawShares, r[9], "thawing shares");
        assertEq(pool.streaming, r[10], "streaming");
        assertEq(stakes.earnedOf(operator), r[11], "operator");
        assertEq(stakes.earnedOf(reporter), r[12], "reporter");
        (uint256 toBurn, uint256 toTreasury,) = stakes.spoils();
        assertEq(toBurn, r[13], "burned");
        assertEq(toTreasury, r[14], "treasury");
    }
}
