// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Bounty, BountyKind, BountyState} from "../../../network/interfaces/IBounties.sol";
import {Balance, Listing, Voucher} from "../../../network/interfaces/IModelMarket.sol";
import {ModelMarketTest} from "../../base/network/ModelMarketTest.sol";
import {PotTaker} from "../../mocks/network/PotTaker.sol";

/// @notice Two buyers, two listings (one of them for a Scenario) and bounties, in any order and at any time. What each step may do is
/// checked where it is taken; a step that cannot be taken is left out.
contract ModelMarketHandler is ModelMarketTest {
    uint256 private constant BUYERS = 2;
    string[BUYERS] private _names = ["buyer", "second"];
    address[BUYERS] private _buyers;

    PotTaker public scenario;
    uint256 public steps;
    uint256 public redeemed;
    /// @dev Highest voucher that was ever signed, per buyer, listing and epoch.
    mapping(address buyer => mapping(uint256 listing => mapping(uint32 epoch => uint96))) public signed;
    /// @dev Last end of a voucher that was signed before the buyer's announcement.
    mapping(address buyer => uint256) private _vouchersUntil;
    uint32[] private _epochs;

    constructor() {
        openMarket();
        _buyers = [buyer, account("second")];
        scenario = new PotTaker(currency);
        vm.prank(owner);
        market.list(MODEL, PRICE, address(scenario), 2_500);
        payIn(account("second"), DEPOSIT);
        fund(owner, address(market), 1_000_000e18);
        fund(account("second"), address(market), 1_000_000e18);
        fund(buyer, address(market), 1_000_000e18);
    }

    function deposit(uint256 who, uint256 amount) external {
        address to = _buyers[who % BUYERS];
        vm.prank(to);
        market.deposit(to, uint96(bound(amount, 1, 500e18)));
        ++steps;
    }

    function redeem(uint256 who, uint256 listing, uint256 amount, uint256 back) external {
        string memory name = _names[who % BUYERS];
        uint32 epoch = market.currentEpoch() - uint32(back % 2);
        Voucher memory v = Voucher(_buyers[who % BUYERS], 1 + listing % 2, epoch, 1, uint96(bound(amount, 1, 2_000e18)));
        if (v.amount > signed[v.buyer][v.listing][epoch]) signed[v.buyer][v.listing][epoch] = v.amount;
        _note(epoch);
        uint256 before = market.redemptionOf(v.buyer, v.listing, epoch).amount;
        uint256 held = market.balanceOf(v.buyer).amount;
        bytes memory signature = sign(name, v);
        try market.redeem(v, signature) returns (uint256 paid) {
            uint256 due = v.amount - before;
            assertEq(paid, due < held ? due : held, "all that is due, or all there is");
            redeemed += paid;
        } catch {
            bool late = block.timestamp >= uint256(epoch + 1) * EPOCH + WINDOW;
            assertTrue(late || v.amount <= before || held == 0, "refused though it was due");
        }
        ++steps;
    }

    function requestWithdraw(uint256 who, uint256 amount) external {
        address from = _buyers[who % BUYERS];
        uint256 held = market.balanceOf(from).amount;
        if (held == 0) return;
        vm.prank(from);
        market.requestWithdraw(uint96(bound(amount, 1, held)));
        _vouchersUntil[from] = (block.timestamp / EPOCH + 1) * EPOCH + WINDOW;
        ++steps;
    }

    function withdraw(uint256 who) external {
        address from = _buyers[who % BUYERS];
        Balance memory b = market.balanceOf(from);
        vm.prank(from);
        try market.withdraw(from) returns (uint256 paid) {
            assertEq(paid, b.withdrawing < b.amount ? b.withdrawing : b.amount, "what was announced, or what is left");
            assertTrue(block.timestamp >= _vouchersUntil[from], "sooner than a voucher expired");
        } catch {
            assertTrue(b.withdrawing == 0 || block.timestamp < b.payableAt, "refused though it was due");
        }
        ++steps;
    }

    function share(uint256 listing) external {
        listing = 1 + listing % 2;
        if (market.listingOf(listing).accrued == 0) return;
        market.share(listing);
        ++steps;
    }

    function fundScenario(uint256 rounds) external {
        if (market.listingOf(2).pot == 0) return;
        if (rounds % 3 == 0) {
            scenario.set(3, 3, 0);
            market.returnPot(2);
        } else {
            scenario.set(1, 3, 0);
            market.fundScenario(2);
        }
        ++steps;
    }

    function withdrawCredit(uint256 who) external {
        address from = who % 2 == 0 ? owner : treasury;
        if (market.creditOf(from) == 0) return;
        vm.prank(from);
        market.withdrawCredit(from);
        ++steps;
    }

    function openBounty(uint256 amount) external {
        if (market.bounties() == 20) return;
        vm.prank(owner);
        market.openBounty(BountyKind.Data, MODEL, uint96(bound(amount, 1, 100e18)), 1 days);
        ++steps;
    }

    function endBounty(uint256 which, bool awarded) external {
        uint256 count = market.bounties();
        if (count == 0) return;
        uint256 bounty = 1 + which % count;
        Bounty memory b = market.bountyOf(bounty);
        if (b.state != BountyState.Open) return;
        if (awarded && block.timestamp < b.deadline) {
            vm.prank(buyer);
            market.proposeFor(bounty, MODEL);
            vm.prank(owner);
            market.award(bounty, 0);
        } else if (block.timestamp >= b.deadline && b.proposals == 0) {
            market.refund(bounty);
        }
        ++steps;
    }

    function gift(uint256 amount) external {
        currency.mint(address(market), bound(amount, 0, 10e18));
        ++steps;
    }

    function wait_(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 5 days));
        ++steps;
    }

    /// @notice All that the market owes to anybody; wei.
    function owed() external view returns (uint256 sum) {
        for (uint256 i = 0; i < BUYERS; ++i) {
            address who = _buyers[i];
            sum += market.balanceOf(who).amount + market.creditOf(who);
        }
        sum += market.creditOf(owner) + market.creditOf(treasury);
        for (uint256 i = 1; i <= 2; ++i) {
            Listing memory l = market.listingOf(i);
            sum += uint256(l.accrued) + l.pot;
        }
        for (uint256 i = 1; i <= market.bounties(); ++i) {
            Bounty memory b = market.bountyOf(i);
            if (b.state == BountyState.Open) sum += b.amount;
        }
    }

    function heldNow() external view returns (uint256) {
        return currency.balanceOf(address(market));
    }

    function _note(uint32 epoch) private {
        for (uint256 i = 0; i < _epochs.length; ++i) {
            if (_epochs[i] == epoch) return;
        }
        _epochs.push(epoch);
    }

    /// @notice Checks that nothing was redeemed beyond what was signed.
    function checkVouchers() external view {
        for (uint256 i = 0; i < _epochs.length; ++i) {
            for (uint256 k = 0; k < BUYERS * 2; ++k) {
                (address who, uint256 listing) = (_buyers[k / 2], 1 + k % 2);
                uint256 taken = market.redemptionOf(who, listing, _epochs[i]).amount;
                assertLe(taken, signed[who][listing][_epochs[i]], "redeemed beyond what was signed");
            }
        }
    }
}
