// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {IEmissionController, Recipient} from "../../../network/interfaces/IEmission.sol";
import {EmissionErrors} from "../../../network/libraries/EmissionErrors.sol";
import {EmissionMath} from "../../../network/libraries/EmissionMath.sol";
import {StakeBase} from "../../base/network/StakeBase.sol";

/// @notice The token and its emission.
contract EmissionTest is StakeBase {
    uint256 private constant FIRST_DAY = 309_157_675_932_627_700_866_861;

    function setUp() external {
        deployStakes();
    }

    function _three() private view returns (Recipient[] memory list) {
        list = new Recipient[](3);
        list[0] = Recipient(arena, 3_333);
        list[1] = Recipient(operator, 3_333);
        list[2] = Recipient(treasury, 3_334);
    }

    function _set(Recipient[] memory list) private {
        vm.prank(governor);
        emission.setRecipients(list);
    }

    // --- token
    function test_token_isCappedAndMintedByTheEmissionOnly() external {
        assertEq(token.CAP(), 1_000_000_000e18, "cap");
        assertEq(token.totalSupply(), INITIAL_SUPPLY, "handed out");
        assertEq(token.minter(), address(emission), "minter");
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.NotMinter.selector, address(this)));
        token.mint(address(this), 1);
        vm.prank(address(emission));
        token.mint(address(this), 420_000_000e18);
        bytes memory refusal = abi.encodeWithSelector(ERC20Votes.ERC20ExceededSafeSupply.selector, 1e27 + 1, 1e27);
        vm.prank(address(emission));
        vm.expectRevert(refusal);
        token.mint(address(this), 1);
        token.burn(1);
        assertEq(token.totalSupply(), token.CAP() - 1, "burned");
        assertEq(token.clock(), block.timestamp, "clock");
        assertEq(token.CLOCK_MODE(), "mode=timestamp", "mode");
        assertEq(token.nonces(operator), 0, "nonce of a permit");
    }

    function test_token_countsVotesOfThePast() external {
        give(operator, 5e18);
        vm.prank(operator);
        token.delegate(operator);
        vm.warp(block.timestamp + 10);
        vm.prank(operator);
        token.transfer(delegator, 5e18);
        vm.warp(block.timestamp + 1);
        assertEq(token.getPastVotes(operator, block.timestamp - 2), 5e18, "before");
        assertEq(token.getPastVotes(operator, block.timestamp - 1), 0, "after");
    }

    function _refuseStart(uint256 start) private {
        bytes memory reason = abi.encodeWithSelector(EmissionErrors.StartOutOfRange.selector, start, START, START + 365 days);
        assertRefused("EmissionController", emissionArgs(uint40(start), 0), reason);
    }

    function test_constructor_reverts() external {
        bytes memory reason = abi.encodeWithSelector(EmissionErrors.SupplyAboveCap.selector, INITIAL_SUPPLY + 1, INITIAL_SUPPLY);
        assertRefused("EmissionController", emissionArgs(uint40(START), INITIAL_SUPPLY + 1), reason);
        _refuseStart(START - 1);
        _refuseStart(START + 365 days + 1);
        deployEmission(uint40(START + 365 days), 0);
    }

    // --- days
    function test_emitDays_mintsDaysThatAreOver() external {
        assertEq(emission.emitDays(9), 0, "none is over");
        vm.warp(START + 1 days - 1);
        assertEq(emission.emitDays(9), 0, "still none");
        vm.warp(START + 1 days);
        uint256[] memory amounts = new uint256[](1);
        amounts[0] = FIRST_DAY;
        vm.expectEmit(address(emission));
        emit IEmissionController.DaysEmitted(0, 1, FIRST_DAY, amounts);
        assertEq(emission.emitDays(9), FIRST_DAY, "the first");
        assertEq(emission.emitDays(9), 0, "once");
        assertEq(emission.daysEmitted(), 1, "days");
        assertEq(token.balanceOf(address(emission)), FIRST_DAY, "minted");
        assertEq(emission.bookedFor(treasury), FIRST_DAY, "booked");
        vm.expectEmit(address(emission));
        emit IEmissionController.Collected(treasury, FIRST_DAY);
        assertEq(emission.collect(treasury), FIRST_DAY, "collected");
        assertEq(emission.collect(treasury), 0, "once");
        assertEq(emission.bookedFor(treasury), 0, "nothing booked");
        assertEq(emission.emittedTo(treasury), FIRST_DAY, "ever booked");
        assertEq(token.balanceOf(treasury), FIRST_DAY, "paid");
    }

    function test_emitDays_takesAtMostSoMany() external {
        vm.warp(START + 100 days);
        assertEq(emission.emitDays(0), 0, "none");
        uint256 sum = emission.emitDays(7);
        assertEq(sum, 7 * FIRST_DAY, "seven");
        sum += emission.emitDays(31);
        sum += emission.emitDays(type(uint256).max);
        assertEq(sum, emission.emissionUntil(100), "in parts or at once");
        assertEq(emission.daysEmitted(), 100, "days");
    }

    function test_emitDays_catchesUpYearsAndEnds() external {
        vm.warp(START + 3_650 days);
        uint256 minted = emission.emitDays(type(uint256).max);
        assertEq(minted, EmissionMath.SHARE - 22_050, "all there is, but for the floors");
        assertEq(emission.daysEmitted(), 1_800, "60 months");
        assertEq(emission.emitDays(type(uint256).max), 0, "and no more");
        assertEq(emission.emissionOn(1_799), 170_866_339_325_886_566_532_161, "the last day");
        assertEq(emission.emissionOn(1_800), 0, "the day after");
        assertLe(token.totalSupply(), token.CAP(), "cap");
    }

    // --- recipients
    function test_setRecipients_splitsToTheWei() external {
        vm.warp(START + 1 days);
        vm.expectEmit(address(emission));
        emit IEmissionController.RecipientsSet(_three());
        _set(_three());
        assertEq(emission.bookedFor(treasury), FIRST_DAY, "days that were over belong to the old ones");
        assertEq(emission.recipients().length, 3, "recipients");
        vm.warp(START + 2 days);
        emission.emitDays(1);
        uint256 part = FIRST_DAY * 3_333 / 10_000;
        assertEq(emission.bookedFor(arena), part, "first");
        assertEq(emission.bookedFor(operator), part, "second");
        assertEq(emission.bookedFor(treasury), 2 * FIRST_DAY - 2 * part, "the last has the rest");
        assertEq(token.balanceOf(address(emission)), 2 * FIRST_DAY, "minted");
        _set(oneRecipient(operator));
        assertEq(emission.recipients().length, 1, "the list is the new one");
    }

    function test_setRecipients_mayBeEight() external {
        Recipient[] memory list = new Recipient[](8);
        for (uint160 i = 0; i < 8; ++i) {
            list[i] = Recipient(address(i + 1), 1_250);
        }
        _set(list);
        assertEq(emission.recipients().length, 8, "recipients");
    }

    function test_setRecipients_reverts() external {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        emission.setRecipients(_three());
        _refuse(new Recipient[](0), abi.encodeWithSelector(EmissionErrors.RecipientCount.selector, 0, 8));
        _refuse(new Recipient[](9), abi.encodeWithSelector(EmissionErrors.RecipientCount.selector, 9, 8));
        Recipient[] memory list = _three();
        list[1].bps = 3_334;
        _refuse(list, abi.encodeWithSelector(EmissionErrors.RecipientParts.selector, 10_001));
        list[1].bps = 0;
        _refuse(list, abi.encodeWithSelector(EmissionErrors.RecipientParts.selector, 0));
        list = _three();
        list[2].to = arena;
        _refuse(list, abi.encodeWithSelector(EmissionErrors.RecipientTwice.selector, arena));
        address[3] memory wrong = [address(0), address(emission), address(token)];
        for (uint256 i = 0; i < 3; ++i) {
            list[2].to = wrong[i];
            _refuse(list, abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, wrong[i]));
        }
    }

    function _refuse(Recipient[] memory list, bytes memory refusal) private {
        vm.prank(governor);
        vm.expectRevert(refusal);
        emission.setRecipients(list);
    }
}
