// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ModelMarket} from "../../../network/ModelMarket.sol";
import {Voucher} from "../../../network/interfaces/IModelMarket.sol";
import {ModelErrors} from "../../../network/libraries/ModelErrors.sol";
import {ModelMarketTest} from "../../base/network/ModelMarketTest.sol";
import {PotTaker} from "../../mocks/network/PotTaker.sol";
import {VectorTest} from "../VectorTest.sol";

/// @notice What vouchers pay, how a sale is split and when a withdrawal is due are those of the TypeScript model.
contract SaleDifferentialTest is ModelMarketTest, VectorTest {
    function test_sales_areTheModels() external {
        load("network-sales.json", 11);
        openMarket();
        allow(7, address(this), address(market), only(market.setDaoShare.selector));
        allow(7, address(this), address(topModels), only(topModels.setTopModels.selector));
        uint256 fresh = vm.snapshotState();
        for (uint256 i = 0; i < rowCount(); ++i) {
            _sell(rowAt(i));
            vm.revertToState(fresh);
        }
    }

    function _sell(uint256[] memory r) private {
        bytes32[] memory models = new bytes32[](1);
        uint16[] memory boosts = new uint16[](1);
        (models[0], boosts[0]) = (keccak256("sold"), uint16(r[5]));
        market.setDaoShare(uint16(r[4]));
        topModels.setTopModels(models, boosts);
        address scenario = address(new PotTaker(currency));
        vm.prank(owner);
        uint256 listing = market.list(models[0], PRICE, scenario, uint16(r[3]));
        address other = account("other");
        payIn(other, uint96(r[0]));
        Voucher memory v = Voucher(other, listing, market.currentEpoch(), 1, uint96(r[1]));
        assertEq(market.redeem(v, sign("other", v)), r[6], "first voucher");
        v.amount = uint96(r[2]);
        bytes memory signature = sign("other", v);
        if (r[7] == 0) vm.expectRevert(abi.encodeWithSelector(ModelErrors.BuyerBroke.selector, other));
        uint256 paid = market.redeem(v, signature);
        if (r[7] != 0) assertEq(paid, r[7], "second voucher");
        market.share(listing);
        assertEq(market.listingOf(listing).pot, r[8], "pot");
        assertEq(market.creditOf(treasury), r[9], "DAO");
        assertEq(market.creditOf(owner), r[10], "owner");
    }

    function test_withdrawals_areTheModels() external {
        load("network-withdrawals.json", 5);
        openMarket();
        uint256 fresh = vm.snapshotState();
        for (uint256 i = 0; i < rowCount(); ++i) {
            _withdraw(rowAt(i));
            vm.revertToState(fresh);
        }
    }

    /// @dev The voucher of the announcement's second is redeemed until its last second, which the withdrawal does not come before.
    function _withdraw(uint256[] memory r) private {
        market = ModelMarket(deployMarket(uint32(r[0]), uint32(r[1])));
        vm.prank(owner);
        market.list(MODEL, PRICE, address(0), 0);
        vm.warp(r[2]);
        payIn(buyer, 10e18);
        Voucher memory v = Voucher(buyer, 1, market.currentEpoch(), 1, 4e18);
        vm.prank(buyer);
        assertEq(market.requestWithdraw(10e18), r[3], "payable at");
        assertLe(r[4], r[3], "not before the vouchers are over");
        vm.warp(r[4] - 1);
        assertEq(redeem(v), 4e18, "in its last second");
        v.amount = 5e18;
        bytes memory signature = sign("buyer", v);
        vm.warp(r[4]);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.VoucherExpired.selector, v.epoch, r[4]));
        market.redeem(v, signature);
        vm.startPrank(buyer);
        vm.warp(r[3] - 1);
        if (r[3] - 1 >= r[4]) vm.expectRevert(abi.encodeWithSelector(ModelErrors.WithdrawalWaiting.selector, r[3]));
        if (r[3] - 1 >= r[4]) market.withdraw(buyer);
        vm.warp(r[3]);
        assertEq(market.withdraw(buyer), 6e18, "what is left");
        vm.stopPrank();
    }
}
