// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {DelegatorGifts} from "../../../network/DelegatorGifts.sol";
import {Gift, IDelegatorGifts} from "../../../network/interfaces/IDelegatorGifts.sol";
import {RewardErrors} from "../../../network/libraries/RewardErrors.sol";
import {NetworkTest} from "../../base/network/NetworkTest.sol";

contract DelegatorGiftsTest is NetworkTest {
    bytes32 private constant DATA = keccak256("delegations");
    uint96 private constant TOTAL = 300e18;

    DelegatorGifts private gifts;
    address private host;
    address private alice;
    address private bob;

    function setUp() external {
        deployNetworkBase();
        (host, alice, bob) = (account("host"), account("alice"), account("bob"));
        gifts = DelegatorGifts(deployBuilt("DelegatorGifts", ""));
        fund(host, address(gifts), 1_000e18);
    }

    function _leaf(uint256 gift, address who, uint96 amount) private view returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(block.chainid, address(gifts), gift, who, amount))));
    }

    /// @dev 100 for Alice, 200 for Bob.
    function _root(uint256 gift) private view returns (bytes32) {
        (bytes32 a, bytes32 b) = (_leaf(gift, alice, 100e18), _leaf(gift, bob, 200e18));
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }

    function _proof(uint256 gift, address who) private view returns (bytes32[] memory proof) {
        proof = new bytes32[](1);
        proof[0] = who == alice ? _leaf(gift, bob, 200e18) : _leaf(gift, alice, 100e18);
    }

    function _offer(uint96 total) private returns (uint256) {
        bytes32 root = _root(gifts.gifts() + 1);
        vm.prank(host);
        return gifts.offer(address(currency), root, total, 1 days, DATA);
    }

    function test_offer_namesWhatTheHostShares() external {
        bytes32 root = _root(1);
        vm.expectEmit(address(gifts));
        emit IDelegatorGifts.GiftOffered(1, host, address(currency), root, TOTAL, uint40(START) + 1 days, DATA);
        vm.prank(host);
        assertEq(gifts.offer(address(currency), root, TOTAL, 1 days, DATA), 1, "number");
        Gift memory g = gifts.giftOf(1);
        assertEq(g.host, host, "host");
        assertEq(g.left, TOTAL, "left");
        assertEq(currency.balanceOf(host), 1_000e18, "stays the host's");
    }

    function test_offer_reverts() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidParam.selector, "token"));
        gifts.offer(alice, DATA, 1, 1 days, DATA);
        vm.expectRevert(RewardErrors.RootZero.selector);
        gifts.offer(address(currency), 0, 1, 1 days, DATA);
        vm.expectRevert(RewardErrors.RootZero.selector);
        gifts.offer(address(currency), DATA, 1, 1 days, 0);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        gifts.offer(address(currency), DATA, 0, 1 days, DATA);
        uint40[2] memory wrong = [uint40(1 hours) - 1, uint40(365 days) + 1];
        for (uint256 i = 0; i < wrong.length; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(RewardErrors.RewardParamOutOfRange.selector, "seconds", wrong[i], 1 hours, 365 days)
            );
            gifts.offer(address(currency), DATA, 1, wrong[i], DATA);
        }
    }

    function test_offer_mayLastAnHourOrAYear() external {
        gifts.offer(address(currency), DATA, 1, 1 hours, DATA);
        assertEq(gifts.giftOf(1).until, START + 1 hours, "an hour");
        gifts.offer(address(currency), DATA, 1, 365 days, DATA);
        assertEq(gifts.giftOf(2).until, START + 365 days, "a year");
    }

    function test_take_handsOutOnce() external {
        _offer(TOTAL);
        bytes32[] memory proof = _proof(1, alice);
        vm.expectEmit(address(gifts));
        emit IDelegatorGifts.GiftTaken(1, alice, 100e18);
        gifts.take(1, alice, 100e18, proof);
        assertEq(currency.balanceOf(alice), 100e18, "received");
        assertEq(currency.balanceOf(host), 900e18, "given");
        assertTrue(gifts.isTaken(1, alice), "taken");
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.GiftTakenBefore.selector, 1, alice));
        gifts.take(1, alice, 100e18, proof);
        proof = _proof(1, bob);
        gifts.take(1, bob, 200e18, proof);
        assertEq(gifts.giftOf(1).left, 0, "all of it");
    }

    function test_take_isForTheLeavesOfThisGift() external {
        _offer(TOTAL);
        _offer(TOTAL);
        bytes32[] memory proof = _proof(1, alice);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.GiftLeafUnknown.selector, 2, alice, 100e18));
        gifts.take(2, alice, 100e18, proof);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.GiftLeafUnknown.selector, 1, alice, 101e18));
        gifts.take(1, alice, 101e18, proof);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.GiftOver.selector, 3, 0));
        gifts.take(3, alice, 100e18, proof);
    }

    function test_take_endsWithItsTimeAndItsTotal() external {
        _offer(250e18);
        bytes32[] memory proof = _proof(1, alice);
        gifts.take(1, alice, 100e18, proof);
        proof = _proof(1, bob);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.RootOverspent.selector, 200e18, 150e18));
        gifts.take(1, bob, 200e18, proof);
        vm.warp(START + 1 days);
        vm.expectRevert(abi.encodeWithSelector(RewardErrors.GiftOver.selector, 1, START + 1 days));
        gifts.take(1, bob, 200e18, proof);
    }

    /// A host that takes its allowance back gives nothing, and nothing else happens.
    function test_take_isAsGoodAsTheAllowance() external {
        _offer(TOTAL);
        vm.prank(host);
        currency.approve(address(gifts), 0);
        bytes32[] memory proof = _proof(1, alice);
        vm.expectRevert(SafeTransferLib.TransferFromFailed.selector);
        gifts.take(1, alice, 100e18, proof);
        assertTrue(!gifts.isTaken(1, alice), "not taken");
        vm.prank(host);
        currency.approve(address(gifts), TOTAL);
        gifts.take(1, alice, 100e18, proof);
    }
}
