// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {Voucher} from "../../../network/interfaces/IModelMarket.sol";
import {ModelErrors} from "../../../network/libraries/ModelErrors.sol";
import {ModelMarketTest} from "../../base/network/ModelMarketTest.sol";
import {PotTaker} from "../../mocks/network/PotTaker.sol";
import {SmartWallet} from "../../mocks/network/SmartWallet.sol";

/// @notice Attacks 48, 49 and 50 of CONTRACTS.md 3, and those that vouchers invite besides.
contract ModelMarketAttackTest is ModelMarketTest {
    /// @dev Half the order of secp256k1's group: higher `s` are the twins of lower ones.
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function setUp() external {
        openMarket();
    }

    function _refused(Voucher memory v, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.VoucherSignatureInvalid.selector, v.buyer));
        market.redeem(v, signature);
    }

    /// Attack 48: a voucher is for one chain, contract, listing, epoch and buyer, and for the amount and uses that were signed.
    function test_attack_48_fuzz_vouchersAreForOnePlaceOnly(uint64 chain, uint96 amount, uint32 uses) external {
        amount = uint96(bound(amount, 1, DEPOSIT));
        vm.prank(owner);
        market.list(MODEL, PRICE, address(0), 0);
        Voucher memory v = voucher(uses, amount);
        if (chain != block.chainid) _refused(v, signFor("buyer", v, chain, address(market)));
        address twin = deployMarket(EPOCH, WINDOW);
        _refused(v, signFor("buyer", v, block.chainid, twin));
        bytes memory signature = sign("buyer", v);
        _refused(Voucher(v.buyer, 2, v.epoch, v.uses, v.amount), signature);
        _refused(Voucher(v.buyer, 1, v.epoch - 1, v.uses, v.amount), signature);
        _refused(Voucher(owner, 1, v.epoch, v.uses, v.amount), signature);
        _refused(Voucher(v.buyer, 1, v.epoch, v.uses, v.amount + 1), signature);
        _refused(Voucher(v.buyer, 1, v.epoch, v.uses == 0 ? 1 : v.uses - 1, v.amount), signature);
        _refused(v, sign("owner", v));
        assertEq(market.redeem(v, signature), amount, "where it belongs it is paid");
    }

    /// Attack 48: the same voucher, and any that came before it, pays nothing more, whoever brings it and as often as he likes.
    function test_attack_48_fuzz_cumulativeVouchersPayOnce(uint96[8] calldata amounts, uint256 order) external {
        uint256 highest = 0;
        for (uint256 i = 0; i < amounts.length; ++i) {
            uint256 which = (order >> i * 3) % amounts.length;
            uint96 amount = uint96(bound(amounts[which], 1, DEPOSIT));
            Voucher memory v = voucher(1, amount);
            bytes memory signature = sign("buyer", v);
            try market.redeem(v, signature) returns (uint256 paid) {
                assertEq(paid, amount - highest, "the difference");
                highest = amount;
            } catch {
                assertLe(amount, highest, "refused though it was higher");
            }
        }
        assertEq(market.listingOf(1).accrued, highest, "the highest voucher is what was paid");
        assertEq(market.balanceOf(buyer).amount, DEPOSIT - highest, "and what the buyer is charged");
    }

    /// Attack 48: a buyer that signs and withdraws. Whatever was signed before the announcement is still redeemed in its whole window, and
    /// what was signed after it was not spendable to begin with.
    function test_attack_48_fuzz_noWithdrawalOvertakesAVoucher(uint256 when, uint256 late) external {
        vm.warp(START + bound(when, 0, 30 days));
        Voucher memory v = voucher(1, DEPOSIT);
        bytes memory signature = sign("buyer", v);
        vm.prank(buyer);
        uint40 payableAt = market.requestWithdraw(DEPOSIT);
        assertEq(market.spendableOf(buyer), 0, "a provider counts on nothing more");
        uint256 until = uint256(v.epoch + 1) * EPOCH + WINDOW;
        assertLe(until, payableAt, "every voucher that was signed has expired when the withdrawal is paid");
        vm.warp(block.timestamp + bound(late, 0, until - 1 - block.timestamp));
        vm.prank(buyer);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.WithdrawalWaiting.selector, payableAt));
        market.withdraw(buyer);
        assertEq(market.redeem(v, signature), DEPOSIT, "redeemed");
    }

    /// Attack 48: a request that waits does not make later money withdrawable at once.
    function test_attack_48_anOldRequestDoesNotCoverNewMoney() external {
        vm.prank(buyer);
        market.requestWithdraw(DEPOSIT);
        vm.warp(block.timestamp + 60 days);
        payIn(buyer, 500e18);
        assertEq(market.spendableOf(buyer), 500e18, "only what was announced is withdrawable");
        vm.prank(buyer);
        assertEq(market.withdraw(buyer), DEPOSIT, "withdrawn");
        assertEq(market.balanceOf(buyer).amount, 500e18, "the new money stays");
    }

    /// Attack 49: the twin of a signature (n - s), a short one (EIP-2098), an empty one, and one of zeros.
    function test_attack_49_malleableAndShortSignaturesAreRefused() external {
        Voucher memory v = voucher(1, 1e18);
        (uint8 parity, bytes32 r, bytes32 s) = vm.sign(key("buyer"), digestOf(v, block.chainid, address(market)));
        bytes32 twin = bytes32(ORDER - uint256(s));
        _refused(v, abi.encodePacked(r, twin, parity == 27 ? uint8(28) : uint8(27)));
        _refused(v, abi.encodePacked(r, bytes32(uint256(s) | (parity == 28 ? 1 << 255 : 0))));
        _refused(v, "");
        _refused(v, new bytes(65));
        _refused(v, abi.encodePacked(r, s, parity, uint8(0)));
        market.redeem(v, abi.encodePacked(r, s, parity));
    }

    /// Attack 49: nobody signs for the zero address, which is what a failed recovery gives.
    function test_attack_49_theZeroAddressSignsNothing() external {
        Voucher memory v = voucher(1, 1e18);
        v.buyer = address(0);
        _refused(v, new bytes(65));
    }

    /// Attack 49: a wallet that is a contract signs by ERC-1271, and only what it has signed.
    function test_attack_49_smartWalletsSign() external {
        SmartWallet wallet = new SmartWallet();
        fund(address(this), address(market), 10e18);
        market.deposit(address(wallet), 10e18);
        Voucher memory v = voucher(1, 4e18);
        v.buyer = address(wallet);
        _refused(v, "");
        wallet.approve(digestOf(v, block.chainid, address(market)));
        assertEq(market.redeem(v, ""), 4e18, "paid");
    }

    /// Attack 50: a Scenario that calls back into the market while it is being paid.
    function test_attack_50_aScenarioCannotReenter() external {
        PotTaker hostile = new PotTaker(currency);
        vm.prank(owner);
        uint256 listing = market.list(MODEL, PRICE, address(hostile), 5_000);
        Voucher memory v = voucher(1, 100e18);
        v.listing = listing;
        redeem(v);
        market.share(listing);
        bytes[6] memory calls = [
            abi.encodeCall(market.fundScenario, (listing)),
            abi.encodeCall(market.returnPot, (listing)),
            abi.encodeCall(market.share, (listing)),
            abi.encodeCall(market.withdraw, (owner)),
            abi.encodeCall(market.withdrawCredit, (owner)),
            abi.encodeCall(market.deposit, (owner, 1))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            hostile.callBack(address(market), calls[i]);
            vm.expectRevert(ErrorsLib.Locked.selector);
            market.fundScenario(listing);
        }
        assertEq(market.listingOf(listing).pot, 50e18, "the pot is where it was");
    }

    /// Attack 42: a Scenario that refuses stops neither the owner nor the DAO.
    function test_attack_42_aRefusingScenarioStopsNobodyElse() external {
        PotTaker hostile = new PotTaker(currency);
        vm.prank(owner);
        uint256 listing = market.list(MODEL, PRICE, address(hostile), 5_000);
        Voucher memory v = voucher(1, 100e18);
        v.listing = listing;
        redeem(v);
        market.share(listing);
        hostile.set(1, 3, 1);
        vm.expectPartialRevert(ModelErrors.PotRefused.selector);
        market.fundScenario(listing);
        vm.prank(owner);
        assertEq(market.withdrawCredit(owner), 45e18, "owner");
        vm.prank(treasury);
        assertEq(market.withdrawCredit(treasury), 5e18, "dao");
    }
}
