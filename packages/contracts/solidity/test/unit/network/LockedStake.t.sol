// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {Curve, ILockedStake, Lock} from "../../../network/interfaces/ILockedStake.sol";
import {EmissionErrors} from "../../../network/libraries/EmissionErrors.sol";
import {StakeBase} from "../../base/network/StakeBase.sol";

contract LockedStakeTest is StakeBase {
    function setUp() external {
        deployStakes();
        give(delegator, 10_000e18);
    }

    function _lock(uint256 principal, uint256 duration) private returns (uint256 id, uint256 amount) {
        vm.prank(delegator);
        return gm.lock(principal, duration);
    }

    function _redeem(uint256 id, uint256 amount) private returns (uint256) {
        vm.prank(delegator);
        return gm.redeem(id, amount);
    }

    function test_constructor_refusesWhatIsNoContract() external {
        bytes memory reason = abi.encodeWithSelector(EmissionErrors.NotAContract.selector, address(0xdead));
        assertRefused("LockedStake", abi.encode(address(manager), address(0xdead)), reason);
    }

    function test_amountFor_isTheCurve() external view {
        assertEq(gm.amountFor(100e18, 1 days), 100e18, "a day: once");
        assertEq(gm.amountFor(100e18, 30 days), 100e18, "30 days: once");
        assertEq(gm.amountFor(100e18, 31 days), 100.6e18, "0.006 for a day more");
        assertEq(gm.amountFor(100e18, 365 days), 301e18, "a year: 3.01 times");
    }

    function test_lock_opensALock() external {
        vm.expectEmit(address(gm));
        emit ILockedStake.LockOpened(1, delegator, 100e18, 301e18, uint40(block.timestamp + 365 days));
        (uint256 id, uint256 amount) = _lock(100e18, 365 days);
        assertEq(id, 1, "number");
        assertEq(gm.lockCount(), 1, "locks");
        assertEq(amount, gm.balanceOf(delegator), "given");
        assertEq(token.balanceOf(address(gm)), 100e18, "taken");
        Lock memory held = gm.lockOf(1);
        assertEq(held.owner, delegator, "owner");
        assertEq(held.principal, 100e18, "principal");
        assertEq(held.amount, 301e18, "amount");
        assertEq(held.unlockAt, block.timestamp + 365 days, "opens");
    }

    function test_lock_reverts() external {
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        _lock(0, 30 days);
        bytes memory refusal = abi.encodeWithSelector(EmissionErrors.LockDuration.selector, 1 days - 1, 1 days, 365 days);
        vm.expectRevert(refusal);
        _lock(1e18, 1 days - 1);
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.LockDuration.selector, 365 days + 1, 1 days, 365 days));
        _lock(1e18, 365 days + 1);
    }

    function test_redeem_paysThePrincipalOnceOpen() external {
        (uint256 id,) = _lock(100e18, 365 days);
        vm.warp(block.timestamp + 365 days - 1);
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.LockClosed.selector, id, block.timestamp + 1));
        _redeem(id, 301e18);
        vm.warp(block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.NotLockOwner.selector, id, address(this)));
        gm.redeem(id, 1);
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.NotLockOwner.selector, 2, delegator));
        _redeem(2, 1);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        _redeem(id, 0);
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.LockAmount.selector, id, 301e18 + 1, 301e18));
        _redeem(id, 301e18 + 1);
        vm.expectEmit(address(gm));
        emit ILockedStake.LockRedeemed(id, delegator, 50e18, 150.5e18);
        assertEq(_redeem(id, 150.5e18), 50e18, "half");
        assertEq(_redeem(id, 150.5e18), 50e18, "the rest");
        assertEq(gm.totalSupply(), 0, "burned");
        assertEq(token.balanceOf(address(gm)), 0, "all paid");
    }

    /// What was slashed is gone: its owner redeems what it still has, and the rest of the principal is nobody's.
    function test_redeem_paysForWhatIsLeft() external {
        (uint256 id, uint256 amount) = _lock(100e18, 30 days);
        vm.prank(delegator);
        gm.burn(10e18);
        vm.warp(block.timestamp + 30 days);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, delegator, 90e18, amount));
        _redeem(id, amount);
        assertEq(_redeem(id, 90e18), 90e18, "what is left");
    }

    function test_transfer_isForStakingContractsOnly() external {
        _lock(100e18, 30 days);
        vm.startPrank(delegator);
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.TransferRestricted.selector, delegator, operator));
        gm.transfer(operator, 1);
        gm.transfer(address(stakes), 2e18);
        vm.stopPrank();
        vm.prank(address(stakes));
        gm.transfer(delegator, 1e18);
        vm.expectEmit(address(gm));
        emit ILockedStake.StakingContractSet(address(stakes), false);
        vm.prank(governor);
        gm.setStakingContract(address(stakes), false);
        vm.prank(delegator);
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.TransferRestricted.selector, delegator, address(stakes)));
        gm.transfer(address(stakes), 1);
        vm.prank(address(stakes));
        gm.transfer(delegator, 1e18);
        assertEq(gm.balanceOf(delegator), 100e18, "what is in it can always leave");
    }

    function test_governance_keepsItsBounds() external {
        vm.startPrank(governor);
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.NotAContract.selector, operator));
        gm.setStakingContract(operator, true);
        vm.expectEmit(address(gm));
        emit ILockedStake.CurveSet(90 days, 4 * 365 days, 30_000);
        gm.setCurve(Curve(90 days, 4 * 365 days, 30_000));
        gm.setCurve(Curve(1 days, 180 days, 0));
        assertEq(gm.curve().most, 180 days, "set");
        assertEq(gm.amountFor(1e18, 180 days), 1e18, "a flat curve");
        _refuse(Curve(1 days - 1, 180 days, 0), 1 days - 1, 1 days, 90 days);
        _refuse(Curve(90 days + 1, 180 days, 0), 90 days + 1, 1 days, 90 days);
        _refuse(Curve(1 days, 180 days - 1, 0), 180 days - 1, 180 days, 1_460 days);
        _refuse(Curve(1 days, 1_460 days + 1, 0), 1_460 days + 1, 180 days, 1_460 days);
        _refuse(Curve(1 days, 180 days, 30_001), 30_001, 0, 30_000);
        vm.stopPrank();
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this));
        vm.expectRevert(refusal);
        gm.setCurve(Curve(1 days, 180 days, 0));
        vm.expectRevert(refusal);
        gm.setStakingContract(address(stakes), true);
    }

    function _refuse(Curve memory c, uint256 value, uint256 min, uint256 max) private {
        vm.expectRevert(abi.encodeWithSelector(EmissionErrors.CurveOutOfRange.selector, value, min, max));
        gm.setCurve(c);
    }
}
