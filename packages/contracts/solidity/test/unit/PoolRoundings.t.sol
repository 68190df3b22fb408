// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ScenarioParams} from "../../interfaces/IScenario.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";
import {PoolHarness} from "../base/PoolHarness.sol";
import {PoolTrader} from "../base/PoolTrader.sol";

/// @notice Roundings of a pool that show in the last digit only.
contract PoolRoundingsTest is PoolTrader {
    function test_open_roundsTheSharesDown() external {
        open(0, 0.3e18, 1e18, 1e18);
        assertEq(pool.totalSupply(), 3333333333333333333, "ten thirds");
    }

    function test_list_roundsTheWeightDown() external {
        harness = new PoolHarness(3);
        harness.setIssuance(0, 7);
        openWith(0, 0.5e18, 1e18, 1e18);
        harness.list(1e18, 1);
        assertEq(pool.weights()[4], 52631578947368420, "a ninth of a half, of one and as much");
    }

    function test_list_namesTheFirstOfTheSmallest() external {
        open(0, 0.99e18, 1e18, 1e18);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WeightOutOfRange.selector, address(token(0)), 3322259136212624));
        harness.list(1e18, 1);
    }

    /// The currency's weight is a hundred times the new one's and 87 more, in units of 1e-18.
    function test_list_roundsTheRatioUp() external {
        harness = new PoolHarness(3);
        for (uint256 i = 0; i < 3; ++i) {
            harness.setIssuance(i, 14);
        }
        openWith(0, 704225352112676039, 1e18, 1e18);
        address late = address(harness.tokens(4));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WeightOutOfRange.selector, late, 6993006993006992));
        harness.list(1e18, 1);
    }

    function test_proportional_takesLimitsThatAreJustMet() external {
        open(0, 0.4e18, 1e18, 1e18);
        uint256 state = vm.snapshotState();
        uint256[] memory paid = joinAll(1e15 + 7);
        uint256[] memory back = exitAll(1e15);
        vm.revertToState(state);
        vm.startPrank(trader);
        pool.joinProportional(1e15 + 7, paid, trader, block.timestamp);
        pool.exitProportional(1e15, back, trader, block.timestamp);
        vm.stopPrank();
        assertEq(pool.balanceOf(trader), 7, "shares");
    }

    function test_tradeLimit_isRoundedDown() external {
        open(0, 0.4e18, 1e18 + 1, 1e18 + 1);
        vm.prank(trader);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.AmountAboveLimit.selector, 3e17 + 1, 3e17));
        pool.swapExactIn(address(token(0)), address(token(1)), 3e17 + 1, 0, trader, block.timestamp);
    }

    function test_floor_isRoundedDown() external {
        open(0, 0.4e18, 1e18 + 1, 1e18 + 1);
        pool.exitProportional(pool.balanceOf(address(this)) - 2.5e8, noMin(), address(this), block.timestamp);
        uint256 left = balance(0);
        vm.prank(trader);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.BalanceBelowFloor.selector, address(token(0)), left, 1e9));
        pool.swapExactIn(address(token(0)), address(token(1)), left / 5, 0, trader, block.timestamp);
    }
}

contract OpeningRoundingsTest is Federation {
    function test_openMarket_roundsTheClientsSharesDown() external {
        deploy();
        ScenarioParams memory p = defaultParams();
        p.seedCurrency = uint128(10_000 * WAD + 1);
        createFederation(3, p);
        closeRegistration();
        openMarket();
        for (uint256 i = 0; i < 3; ++i) {
            assertEq(pool.balanceOf(clients[i]), 3333333333333333320000, "a sixth, and a third of a wei less");
        }
    }
}
