// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {LocalCurrency} from "../../../LocalCurrency.sol";
import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {ICredits} from "../../../network/interfaces/ICredits.sol";
import {Balance, Feedback, IModelMarket, Listing, Redemption, Voucher} from "../../../network/interfaces/IModelMarket.sol";
import {ModelErrors} from "../../../network/libraries/ModelErrors.sol";
import {ModelMarketTest} from "../../base/network/ModelMarketTest.sol";
import {PotTaker} from "../../mocks/network/PotTaker.sol";

contract ModelMarketUnitTest is ModelMarketTest {
    PotTaker private scenario;

    function setUp() external {
        openMarket();
        scenario = new PotTaker(currency);
    }

    function _listForScenario(uint16 bps) private returns (uint256) {
        vm.prank(owner);
        return market.list(MODEL, PRICE, address(scenario), bps);
    }

    function _sell(uint256 listing, uint96 amount) private {
        Voucher memory v = Voucher(buyer, listing, market.currentEpoch(), 1, amount);
        redeem(v);
    }

    // --- creation
    function test_constructor_boundsItsTimes() external {
        uint32[3] memory wrong = [uint32(0), 59, 30 days + 1];
        for (uint256 i = 0; i < wrong.length; ++i) {
            _assertTimesRefused("epochSeconds", wrong[i], wrong[i], WINDOW);
            _assertTimesRefused("redeemSeconds", wrong[i], EPOCH, wrong[i]);
        }
        deployMarket(60, 60);
        deployMarket(30 days, 30 days);
    }

    function _assertTimesRefused(string memory name, uint32 value, uint32 epoch, uint32 window) private {
        bytes memory reason = abi.encodeWithSelector(ModelErrors.ParamOutOfRange.selector, name, value, 60, 30 days);
        assertRefused("ModelMarket", marketArgs(epoch, window), reason);
    }

    // --- listings
    function test_list_keepsWhatItWasListedWith() external {
        vm.expectEmit(address(market));
        emit IModelMarket.Listed(2, owner, MODEL, PRICE, address(scenario), 3_000, 500);
        uint256 id = _listForScenario(3_000);
        Listing memory l = market.listingOf(id);
        assertEq(id, 2, "number");
        assertEq(l.owner, owner, "owner");
        assertEq(l.model, MODEL, "model");
        assertEq(l.scenario, address(scenario), "scenario");
        assertEq(l.scenarioBps, 3_000, "scenario's share");
        assertEq(l.daoBps, 500, "the DAO's share");
        assertTrue(l.open, "open");
    }

    function test_list_revertsWithoutAModelOrAPrice() external {
        vm.expectRevert(ModelErrors.DigestZero.selector);
        market.list(0, PRICE, address(0), 0);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        market.list(MODEL, 0, address(0), 0);
    }

    function test_list_revertsWhenTheScenarioAndItsShareDisagree() external {
        bytes memory refusal = abi.encodeWithSelector(ErrorsLib.InvalidParam.selector, "scenarioBps");
        vm.expectRevert(refusal);
        market.list(MODEL, PRICE, address(0), 1);
        vm.expectRevert(refusal);
        market.list(MODEL, PRICE, address(scenario), 0);
    }

    function test_list_revertsWhenTheSharesAreMoreThanAll() external {
        market.list(MODEL, PRICE, address(scenario), 9_500);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.SplitTooLarge.selector, 10_001, 10_000));
        market.list(MODEL, PRICE, address(scenario), 9_501);
    }

    function test_list_revertsForAScenarioOfAnotherCurrency() external {
        LocalCurrency other = LocalCurrency(deployBuilt("LocalCurrency", abi.encode("Other", "OTH", address(this))));
        PotTaker foreign = new PotTaker(other);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.ForeignCurrency.selector, address(other)));
        market.list(MODEL, PRICE, address(foreign), 1);
    }

    function test_setListing_changesPriceAndSale() external {
        vm.expectEmit(address(market));
        emit IModelMarket.ListingChanged(1, 7, false);
        vm.prank(owner);
        market.setListing(1, 7, false);
        Listing memory l = market.listingOf(1);
        assertEq(l.price, 7, "price");
        assertTrue(!l.open, "closed");
    }

    function test_setListing_revertsForOthersAndForNothing() external {
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.NotListingOwner.selector, address(this), owner));
        market.setListing(1, PRICE, true);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.UnknownListing.selector, 9));
        market.setListing(9, PRICE, true);
        vm.prank(owner);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        market.setListing(1, 0, true);
    }

    /// A voucher carries an amount: no later price touches it.
    function test_setListing_leavesSignedVouchersAsTheyAre() external {
        Voucher memory v = voucher(10, 10 * PRICE);
        bytes memory signature = sign("buyer", v);
        vm.prank(owner);
        market.setListing(1, 100 * PRICE, false);
        assertEq(market.redeem(v, signature), 10 * PRICE, "paid");
    }

    // --- balances
    function test_deposit_paysIntoAnybodysBalance() external {
        fund(address(this), address(market), 5e18);
        vm.expectEmit(address(market));
        emit IModelMarket.Deposited(buyer, address(this), 5e18);
        market.deposit(buyer, 5e18);
        assertEq(market.balanceOf(buyer).amount, DEPOSIT + 5e18, "balance");
        assertEq(market.spendableOf(buyer), DEPOSIT + 5e18, "spendable");
    }

    function test_deposit_revertsForNothingAndNobody() external {
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        market.deposit(buyer, 0);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, address(0)));
        market.deposit(address(0), 1);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, address(market)));
        market.deposit(address(market), 1);
    }

    function test_requestWithdraw_takesItOffWhatIsSpendable() external {
        vm.expectEmit(address(market));
        emit IModelMarket.WithdrawalAnnounced(buyer, 600e18, uint40(START) + EPOCH + WINDOW);
        vm.prank(buyer);
        market.requestWithdraw(600e18);
        assertEq(market.spendableOf(buyer), 400e18, "spendable");
        assertEq(market.balanceOf(buyer).amount, DEPOSIT, "balance");
        redeem(voucher(1, 700e18));
        assertEq(market.spendableOf(buyer), 0, "nothing is spendable when vouchers took from the withdrawal");
    }

    function test_requestWithdraw_revertsBeyondTheBalance() external {
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        market.requestWithdraw(0);
        vm.prank(buyer);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.BalanceTooSmall.selector, DEPOSIT + 1, DEPOSIT));
        market.requestWithdraw(DEPOSIT + 1);
    }

    function test_withdraw_paysAfterTheDelay() external {
        vm.prank(buyer);
        uint40 payableAt = market.requestWithdraw(600e18);
        assertEq(payableAt, START + EPOCH + WINDOW, "the delay covers an epoch and its window");
        vm.warp(payableAt - 1);
        vm.prank(buyer);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.WithdrawalWaiting.selector, payableAt));
        market.withdraw(buyer);
        vm.warp(payableAt);
        vm.expectEmit(address(market));
        emit IModelMarket.Withdrawn(buyer, owner, 600e18);
        vm.prank(buyer);
        assertEq(market.withdraw(owner), 600e18, "paid");
        assertEq(currency.balanceOf(owner), 600e18, "received");
        assertEq(market.balanceOf(buyer).amount, 400e18, "left");
        vm.prank(buyer);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.NoWithdrawal.selector, buyer));
        market.withdraw(buyer);
    }

    function test_withdraw_paysWhatVouchersLeft() external {
        vm.prank(buyer);
        uint40 payableAt = market.requestWithdraw(DEPOSIT);
        redeem(voucher(1, 900e18));
        vm.warp(payableAt);
        vm.prank(buyer);
        assertEq(market.withdraw(buyer), 100e18, "what was left");
        assertEq(market.balanceOf(buyer).amount, 0, "balance");
    }

    function test_withdraw_endsWhenVouchersTookAll() external {
        vm.prank(buyer);
        uint40 payableAt = market.requestWithdraw(DEPOSIT);
        redeem(voucher(1, DEPOSIT));
        vm.warp(payableAt);
        vm.prank(buyer);
        assertEq(market.withdraw(buyer), 0, "nothing");
        Balance memory b = market.balanceOf(buyer);
        assertEq(b.withdrawing, 0, "over");
    }

    function test_withdraw_revertsToNobody() external {
        vm.startPrank(buyer);
        market.requestWithdraw(1);
        vm.warp(START + EPOCH + WINDOW);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, address(0)));
        market.withdraw(address(0));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, address(market)));
        market.withdraw(address(market));
    }

    // --- vouchers
    function test_redeem_takesThousandsOfUsesAtOnce() external {
        Voucher memory v = voucher(4_321, 432.1e18);
        vm.expectEmit(address(market));
        emit IModelMarket.VoucherRedeemed(1, buyer, v.epoch, 4_321, 432.1e18, 432.1e18);
        assertEq(redeem(v), 432.1e18, "paid");
        assertEq(market.balanceOf(buyer).amount, DEPOSIT - 432.1e18, "balance");
        assertEq(market.listingOf(1).accrued, 432.1e18, "accrued");
        Redemption memory r = market.redemptionOf(buyer, 1, v.epoch);
        assertEq(r.amount, 432.1e18, "redeemed");
        assertEq(r.uses, 4_321, "uses");
    }

    function test_redeem_paysTheDifferenceToWhatWasRedeemed() external {
        redeem(voucher(1, 10e18));
        assertEq(redeem(voucher(3, 25e18)), 15e18, "difference");
        assertEq(market.listingOf(1).accrued, 25e18, "accrued");
    }

    function test_redeem_paysWhatThereIsAndTheRestLater() external {
        Voucher memory v = voucher(9, DEPOSIT + 50e18);
        assertEq(redeem(v), DEPOSIT, "all there is");
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.BuyerBroke.selector, buyer));
        market.redeem(v, sign("buyer", v));
        payIn(buyer, 80e18);
        assertEq(redeem(v), 50e18, "the rest");
        assertEq(market.balanceOf(buyer).amount, 30e18, "left");
    }

    function test_redeem_keepsEpochsApart() external {
        uint32 epoch = market.currentEpoch();
        redeem(voucher(1, 10e18));
        vm.warp(uint256(epoch + 1) * EPOCH);
        assertEq(redeem(voucher(1, 10e18)), 10e18, "a new epoch begins at nothing");
    }

    function test_redeem_revertsWhenNothingIsNew() external {
        Voucher memory v = voucher(5, 10e18);
        redeem(v);
        bytes memory signature = sign("buyer", v);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.VoucherStale.selector, 10e18, 10e18));
        market.redeem(v, signature);
        Voucher memory fewer = voucher(4, 11e18);
        signature = sign("buyer", fewer);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.VoucherUsesFell.selector, 4, 5));
        market.redeem(fewer, signature);
    }

    function test_redeem_revertsOutsideItsEpoch() external {
        Voucher memory v = voucher(1, 1e18);
        bytes memory signature = sign("buyer", v);
        uint256 from = uint256(v.epoch) * EPOCH;
        uint256 until = from + EPOCH + WINDOW;
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.VoucherExpired.selector, v.epoch, until));
        market.redeem(v, signature);
        vm.warp(from - 1);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.VoucherTooEarly.selector, v.epoch, from));
        market.redeem(v, signature);
        vm.warp(until - 1);
        market.redeem(v, signature);
    }

    function test_redeem_revertsForAnUnknownListing() external {
        Voucher memory v = voucher(1, 1e18);
        v.listing = 2;
        bytes memory signature = sign("buyer", v);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.UnknownListing.selector, 2));
        market.redeem(v, signature);
    }

    function test_voucherDigest_isThatOfTheStandard() external view {
        Voucher memory v = voucher(3, 5e18);
        assertEq(market.voucherDigest(v), digestOf(v, block.chainid, address(market)), "digest");
    }

    // --- shares
    function test_share_splitsToOwnerDaoAndScenario() external {
        uint256 listing = _listForScenario(3_000);
        _sell(listing, 1_000);
        vm.expectEmit(address(market));
        emit IModelMarket.RevenueShared(listing, 650, 50, 300);
        market.share(listing);
        assertEq(market.creditOf(owner), 650, "owner");
        assertEq(market.creditOf(treasury), 50, "dao");
        assertEq(market.listingOf(listing).pot, 300, "pot");
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.NothingAccrued.selector, listing));
        market.share(listing);
    }

    function test_share_fuzz_losesNothing(uint96 amount, uint16 bps) external {
        bps = uint16(bound(bps, 1, 9_500));
        amount = uint96(bound(amount, 1, DEPOSIT));
        uint256 listing = _listForScenario(bps);
        _sell(listing, amount);
        market.share(listing);
        uint256 pot = market.listingOf(listing).pot;
        assertEq(market.creditOf(owner) + market.creditOf(treasury) + pot, amount, "sum");
        assertEq(pot, uint256(amount) * bps / 10_000, "the Scenario's part, rounded down");
        assertEq(market.creditOf(treasury), uint256(amount) * 500 / 10_000, "the DAO's part, rounded down");
    }

    /// What the community thinks well of leaves half of the DAO's share, at most, to its owner.
    function test_share_leavesTheBoostOfATopModelToItsOwner() external {
        allow(7, address(this), address(topModels), only(topModels.setTopModels.selector));
        bytes32[] memory models = new bytes32[](1);
        uint16[] memory boosts = new uint16[](1);
        (models[0], boosts[0]) = (MODEL, 5_000);
        topModels.setTopModels(models, boosts);
        _sell(1, 1_000);
        market.share(1);
        assertEq(market.creditOf(treasury), 25, "half of the DAO's share");
        assertEq(market.creditOf(owner), 975, "owner");
    }

    function test_fundScenario_paysTheNextRound() external {
        uint256 listing = _listForScenario(3_000);
        _sell(listing, 1_000);
        market.share(listing);
        vm.expectEmit(address(market));
        emit IModelMarket.PotFunded(listing, address(scenario), 2, 300);
        market.fundScenario(listing);
        assertEq(scenario.potOf(2), 300, "pot of the next round");
        assertEq(currency.balanceOf(address(scenario)), 300, "money");
        assertEq(currency.allowance(address(market), address(scenario)), 0, "nothing stays allowed");
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.NoPot.selector, listing));
        market.fundScenario(listing);
    }

    function test_fundScenario_revertsWhenTheScenarioTakesLess() external {
        uint256 listing = _listForScenario(3_000);
        _sell(listing, 1_000);
        market.share(listing);
        scenario.set(1, 3, 1);
        uint256 held = currency.balanceOf(address(market));
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.PotRefused.selector, held - 299, held - 300));
        market.fundScenario(listing);
        assertEq(market.listingOf(listing).pot, 300, "the pot is still there");
    }

    function test_returnPot_paysTheOwnerOnceNoRoundIsLeft() external {
        uint256 listing = _listForScenario(3_000);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.NoPot.selector, listing));
        market.returnPot(listing);
        _sell(listing, 1_000);
        market.share(listing);
        scenario.set(2, 3, 0);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.ScenarioRunning.selector, address(scenario)));
        market.returnPot(listing);
        scenario.set(3, 3, 0);
        vm.expectEmit(address(market));
        emit IModelMarket.PotReturned(listing, owner, 300);
        market.returnPot(listing);
        assertEq(market.creditOf(owner), 950, "owner");
        assertEq(market.listingOf(listing).pot, 0, "pot");
    }

    function test_returnPot_paysTheOwnerOfAScenarioThatTooFewRegisteredFor() external {
        uint256 listing = _listForScenario(3_000);
        _sell(listing, 1_000);
        market.share(listing);
        scenario.set(0, 3, 0);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.ScenarioRunning.selector, address(scenario)));
        market.returnPot(listing);
        scenario.close();
        market.returnPot(listing);
        assertEq(market.creditOf(owner), 950, "owner");
    }

    function test_withdrawCredit_paysOnce() external {
        _sell(1, 1_000);
        market.share(1);
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, address(0)));
        market.withdrawCredit(address(0));
        vm.expectEmit(address(market));
        emit ICredits.CreditWithdrawn(owner, buyer, 950);
        assertEq(market.withdrawCredit(buyer), 950, "paid");
        assertEq(currency.balanceOf(buyer), 950, "received");
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        market.withdrawCredit(buyer);
    }

    // --- feedback
    function test_rate_isForWhoPaidOncePerEpoch() external {
        uint32 epoch = market.currentEpoch();
        vm.prank(buyer);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.NotABuyer.selector, buyer, 1, epoch));
        market.rate(1, epoch, 5, 0);
        redeem(voucher(1, 10e18));
        vm.expectEmit(address(market));
        emit IModelMarket.Rated(1, buyer, epoch, 4, 10e18, keccak256("good"));
        vm.prank(buyer);
        market.rate(1, epoch, 4, keccak256("good"));
        Feedback memory f = market.feedbackOf(1);
        assertEq(f.ratings, 1, "ratings");
        assertEq(f.scores, 4, "scores");
        assertEq(f.paid, 10e18, "paid");
        assertEq(f.weighted, 40e18, "weighted");
        vm.prank(buyer);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.AlreadyRated.selector, buyer, 1, epoch));
        market.rate(1, epoch, 5, 0);
    }

    function test_rate_boundsTheScore() external {
        redeem(voucher(1, 10e18));
        uint32 epoch = market.currentEpoch();
        vm.startPrank(buyer);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.ScoreOutOfRange.selector, 0));
        market.rate(1, epoch, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.ScoreOutOfRange.selector, 6));
        market.rate(1, epoch, 6, 0);
        market.rate(1, epoch, 5, 0);
    }

    /// A later voucher of the epoch leaves the score where it is.
    function test_rate_survivesALaterVoucher() external {
        redeem(voucher(1, 10e18));
        uint32 epoch = market.currentEpoch();
        vm.prank(buyer);
        market.rate(1, epoch, 3, 0);
        redeem(voucher(2, 20e18));
        assertEq(market.redemptionOf(buyer, 1, epoch).score, 3, "score");
        vm.prank(buyer);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.AlreadyRated.selector, buyer, 1, epoch));
        market.rate(1, epoch, 5, 0);
    }

    // --- governance
    function test_governance_setsTheShareOfLaterListings() external {
        bytes4[] memory selectors = new bytes4[](2);
        (selectors[0], selectors[1]) = (market.setDaoShare.selector, market.setTreasury.selector);
        allow(7, address(this), address(market), selectors);
        vm.expectEmit(address(market));
        emit IModelMarket.DaoShareSet(2_000);
        market.setDaoShare(2_000);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.ParamOutOfRange.selector, "daoShare", 2_001, 0, 2_000));
        market.setDaoShare(2_001);
        assertEq(market.listingOf(1).daoBps, 500, "what was listed stays");
        assertEq(market.listingOf(market.list(MODEL, 1, address(0), 0)).daoBps, 2_000, "later listings");
        vm.expectEmit(address(market));
        emit IModelMarket.TreasurySet(address(this));
        market.setTreasury(address(this));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, address(0)));
        market.setTreasury(address(0));
    }

    function test_governance_revertsForStrangers() external {
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this));
        vm.expectRevert(refusal);
        market.setDaoShare(1);
        vm.expectRevert(refusal);
        market.setTreasury(address(this));
    }
}
