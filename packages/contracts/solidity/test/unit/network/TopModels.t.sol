// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {TopModels} from "../../../network/TopModels.sol";
import {ITopModels} from "../../../network/interfaces/ITopModels.sol";
import {ModelErrors} from "../../../network/libraries/ModelErrors.sol";
import {NetworkTest} from "../../base/network/NetworkTest.sol";

contract TopModelsTest is NetworkTest {
    TopModels private top;

    function setUp() external {
        deployNetworkBase();
        top = TopModels(deployBuilt("TopModels", abi.encode(address(manager))));
        allow(7, address(this), address(top), only(top.setTopModels.selector));
    }

    function _list(uint256 length, uint16 boost) private pure returns (bytes32[] memory models, uint16[] memory boosts) {
        (models, boosts) = (new bytes32[](length), new uint16[](length));
        for (uint256 i = 0; i < length; ++i) {
            (models[i], boosts[i]) = (bytes32(i + 1), boost);
        }
    }

    function test_setTopModels_replacesTheListForASeason() external {
        (bytes32[] memory models, uint16[] memory boosts) = _list(32, 5_000);
        vm.expectEmit(address(top));
        emit ITopModels.TopModelsSet(models, boosts, uint40(START) + 92 days);
        top.setTopModels(models, boosts);
        assertEq(top.boostOf(bytes32(uint256(32))), 5_000, "listed");
        assertEq(top.boostOf(bytes32(uint256(33))), 0, "not listed");
        (models, boosts) = _list(1, 100);
        top.setTopModels(models, boosts);
        assertEq(top.boostOf(bytes32(uint256(1))), 100, "of the new list");
        assertEq(top.boostOf(bytes32(uint256(32))), 0, "of the old one");
        uint40 until;
        (models, boosts, until) = top.topModels();
        assertEq(models.length, 1, "models");
        assertEq(boosts[0], 100, "boosts");
        vm.warp(until - 1);
        assertEq(top.boostOf(bytes32(uint256(1))), 100, "to the last second");
        vm.warp(until);
        assertEq(top.boostOf(bytes32(uint256(1))), 0, "over");
    }

    function test_setTopModels_reverts() external {
        (bytes32[] memory models, uint16[] memory boosts) = _list(33, 1);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.TopListTooLong.selector, 33, 32));
        top.setTopModels(models, boosts);
        (models, boosts) = _list(2, 5_001);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.ParamOutOfRange.selector, "boost", 5_001, 0, 5_000));
        top.setTopModels(models, boosts);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.LengthMismatch.selector, 2, 1));
        top.setTopModels(models, new uint16[](1));
        (models, boosts) = _list(2, 1);
        models[1] = models[0];
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.TopModelTwice.selector, models[0]));
        top.setTopModels(models, boosts);
        models[0] = 0;
        vm.expectRevert(ModelErrors.DigestZero.selector);
        top.setTopModels(models, boosts);
        vm.prank(governor);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, governor));
        top.setTopModels(models, boosts);
    }
}
