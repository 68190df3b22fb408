// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {Bounty, BountyKind, BountyProposal, BountyState, IBounties} from "../../../network/interfaces/IBounties.sol";
import {ModelErrors} from "../../../network/libraries/ModelErrors.sol";
import {ModelMarketTest} from "../../base/network/ModelMarketTest.sol";

contract BountiesTest is ModelMarketTest {
    bytes32 private constant SPEC = keccak256("spec");
    uint96 private constant PRIZE = 500e18;
    uint40 private constant TIME = 10 days;
    uint256 private constant DECISION = 14 days;

    address private sponsor;
    address private maker;

    function setUp() external {
        openMarket();
        (sponsor, maker) = (account("sponsor"), account("maker"));
        fund(sponsor, address(market), 10_000e18);
    }

    function _open() private returns (uint256) {
        vm.prank(sponsor);
        return market.openBounty(BountyKind.Model, SPEC, PRIZE, TIME);
    }

    function _propose(uint256 bounty) private returns (uint16) {
        vm.prank(maker);
        return market.proposeFor(bounty, keccak256("work"));
    }

    function test_openBounty_escrowsTheMoney() external {
        uint256 before = currency.balanceOf(sponsor);
        vm.expectEmit(address(market));
        emit IBounties.BountyOpened(1, sponsor, BountyKind.Model, SPEC, PRIZE, uint40(START) + TIME);
        assertEq(_open(), 1, "number");
        Bounty memory b = market.bountyOf(1);
        assertEq(b.sponsor, sponsor, "sponsor");
        assertEq(b.amount, PRIZE, "amount");
        assertEq(uint256(b.state), uint256(BountyState.Open), "open");
        assertEq(before - currency.balanceOf(sponsor), PRIZE, "escrowed");
    }

    function test_openBounty_reverts() external {
        vm.startPrank(sponsor);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        market.openBounty(BountyKind.Data, SPEC, 0, TIME);
        vm.expectRevert(ModelErrors.DigestZero.selector);
        market.openBounty(BountyKind.Data, 0, PRIZE, TIME);
        uint40[2] memory wrong = [uint40(1 hours) - 1, uint40(180 days) + 1];
        for (uint256 i = 0; i < wrong.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ModelErrors.ParamOutOfRange.selector, "seconds", wrong[i], 1 hours, 180 days));
            market.openBounty(BountyKind.Data, SPEC, PRIZE, wrong[i]);
        }
        market.openBounty(BountyKind.Data, SPEC, PRIZE, 1 hours);
        market.openBounty(BountyKind.Data, SPEC, PRIZE, 180 days);
    }

    function test_proposeFor_keepsProposalsUntilTheDeadline() external {
        _open();
        vm.expectEmit(address(market));
        emit IBounties.BountyProposed(1, 0, maker, keccak256("work"));
        assertEq(_propose(1), 0, "index");
        vm.warp(START + TIME - 1);
        assertEq(_propose(1), 1, "to the last second");
        BountyProposal memory p = market.bountyProposalOf(1, 1);
        assertEq(p.proposer, maker, "proposer");
        assertEq(p.digest, keccak256("work"), "digest");
        vm.warp(START + TIME);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.BountyTooLate.selector, 1, START + TIME));
        market.proposeFor(1, keccak256("work"));
    }

    function test_proposeFor_reverts() external {
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.UnknownBounty.selector, 1));
        market.proposeFor(1, SPEC);
        _open();
        vm.expectRevert(ModelErrors.DigestZero.selector);
        market.proposeFor(1, 0);
        for (uint256 i = 0; i < 64; ++i) {
            _propose(1);
        }
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.BountyFull.selector, 1, 64));
        market.proposeFor(1, SPEC);
    }

    function test_award_creditsTheProposer() external {
        _open();
        _propose(1);
        vm.warp(START + TIME + DECISION - 1);
        vm.expectEmit(address(market));
        emit IBounties.BountyAwarded(1, 0, maker, PRIZE);
        vm.prank(sponsor);
        market.award(1, 0);
        vm.prank(maker);
        assertEq(market.withdrawCredit(maker), PRIZE, "paid");
        vm.prank(sponsor);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.BountyEnded.selector, 1, BountyState.Awarded));
        market.award(1, 0);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.BountyEnded.selector, 1, BountyState.Awarded));
        market.refund(1);
    }

    function test_award_reverts() external {
        _open();
        _propose(1);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.NotSponsor.selector, address(this), sponsor));
        market.award(1, 0);
        vm.startPrank(sponsor);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.UnknownBountyProposal.selector, 1, 1));
        market.award(1, 1);
        uint256 until = START + TIME + DECISION;
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.BountyTooLate.selector, 1, until));
        market.award(1, 0);
    }

    /// The sponsor cannot take its money back from under those who work for it.
    function test_refund_waitsForTheDecision() external {
        _open();
        _propose(1);
        uint256 from = START + TIME + DECISION;
        vm.warp(from - 1);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.BountyTooEarly.selector, 1, from));
        market.refund(1);
        vm.warp(from);
        vm.expectEmit(address(market));
        emit IBounties.BountyRefunded(1, sponsor, PRIZE);
        market.refund(1);
        assertEq(market.creditOf(sponsor), PRIZE, "back");
    }

    function test_refund_isDueAtTheDeadlineWhenNobodyProposed() external {
        _open();
        vm.warp(START + TIME - 1);
        vm.expectRevert(abi.encodeWithSelector(ModelErrors.BountyTooEarly.selector, 1, START + TIME));
        market.refund(1);
        vm.warp(START + TIME);
        market.refund(1);
        assertEq(market.creditOf(sponsor), PRIZE, "back");
        assertEq(uint256(market.bountyOf(1).state), uint256(BountyState.Refunded), "over");
    }
}
