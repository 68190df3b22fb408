// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ModelMarket} from "../../../network/ModelMarket.sol";
import {TopModels} from "../../../network/TopModels.sol";
import {Voucher} from "../../../network/interfaces/IModelMarket.sol";
import {NetworkTest} from "./NetworkTest.sol";

/// @notice A model market with one listing and one buyer who has paid in; vouchers are signed by hand, after EIP-712.
abstract contract ModelMarketTest is NetworkTest {
    uint32 internal constant EPOCH = 7 days;
    uint32 internal constant WINDOW = 3 days;
    uint96 internal constant PRICE = 2e18;
    uint96 internal constant DEPOSIT = 1_000e18;
    bytes32 internal constant MODEL = keccak256("model");
    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant VOUCHER_TYPEHASH =
        keccak256("Voucher(address buyer,uint256 listing,uint32 epoch,uint32 uses,uint96 amount)");

    ModelMarket internal market;
    TopModels internal topModels;
    address internal owner;
    address internal buyer;

    function openMarket() internal {
        deployNetworkBase();
        (owner, buyer) = (account("owner"), account("buyer"));
        topModels = TopModels(deployBuilt("TopModels", abi.encode(address(manager))));
        market = ModelMarket(deployMarket(EPOCH, WINDOW));
        vm.prank(owner);
        market.list(MODEL, PRICE, address(0), 0);
        payIn(buyer, DEPOSIT);
    }

    function deployMarket(uint32 epoch, uint32 window) internal returns (address) {
        return deployBuilt("ModelMarket", marketArgs(epoch, window));
    }

    function marketArgs(uint32 epoch, uint32 window) internal view returns (bytes memory) {
        return abi.encode(address(manager), address(currency), treasury, address(topModels), epoch, window);
    }

    function payIn(address who, uint96 amount) internal {
        fund(who, address(market), amount);
        vm.prank(who);
        market.deposit(who, amount);
    }

    function voucher(uint32 uses, uint96 amount) internal view returns (Voucher memory) {
        return Voucher(buyer, 1, market.currentEpoch(), uses, amount);
    }

    function sign(string memory who, Voucher memory v) internal view returns (bytes memory) {
        return signFor(who, v, block.chainid, address(market));
    }

    function signFor(string memory who, Voucher memory v, uint256 chain, address place) internal pure returns (bytes memory) {
        (uint8 parity, bytes32 r, bytes32 s) = vm.sign(key(who), digestOf(v, chain, place));
        return abi.encodePacked(r, s, parity);
    }

    function digestOf(Voucher memory v, uint256 chain, address place) internal pure returns (bytes32) {
        bytes32 name = keccak256("fednode ModelMarket");
        bytes32 domain = keccak256(abi.encode(DOMAIN_TYPEHASH, name, keccak256("1"), chain, place));
        bytes32 message = keccak256(abi.encode(VOUCHER_TYPEHASH, v.buyer, v.listing, v.epoch, v.uses, v.amount));
        return keccak256(abi.encodePacked(bytes2(0x1901), domain, message));
    }

    function redeem(Voucher memory v) internal returns (uint256) {
        return market.redeem(v, sign("buyer", v));
    }
}
