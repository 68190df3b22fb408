// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {StakeManager} from "../../../network/StakeManager.sol";
import {Asset, IStakeManager, Parameter, PositionView, Reason, ThawView} from "../../../network/interfaces/IStakeManager.sol";
import {Roles} from "../../../network/libraries/Roles.sol";
import {StakeErrors} from "../../../network/libraries/StakeErrors.sol";
import {StakeBase} from "../../base/network/StakeBase.sol";

/// @notice An operator's own stake: in, out, held, and what governance sets.
contract StakeManagerTest is StakeBase {
    function setUp() external {
        deployStakes();
    }

    function _unstake(uint256 amount) private returns (uint40) {
        vm.prank(operator);
        return stakes.unstake(NODE, task, amount);
    }

    function _withdraw(uint256 max) private returns (uint256) {
        vm.prank(operator);
        return stakes.withdraw(position, max);
    }

    function _hold() private {
        vm.prank(arena);
        stakes.hold(position);
    }

    // --- creation
    function _refuseThawing(uint32 thawing, uint32 longestProof, uint256 least) private {
        bytes memory reason = abi.encodeWithSelector(StakeErrors.ParameterOutOfRange.selector, thawing, least, 30 days);
        assertRefused("StakeManager", managerArgs(thawing, longestProof), reason);
    }

    function test_constructor_boundsThawingByTheLongestProof() external {
        assertEq(stakes.minThawing(), 2 * uint256(LONGEST_PROOF), "twice the longest proof");
        assertEq(StakeManager(deployManager(1 hours, 30 minutes)).minThawing(), 1 hours, "never less than an hour");
        assertEq(StakeManager(deployManager(1 hours, 0)).minThawing(), 1 hours, "an hour");
        _refuseThawing(1 hours - 1, 0, 1 hours);
        _refuseThawing(4 days - 1, LONGEST_PROOF, 4 days);
        deployManager(4 days, LONGEST_PROOF);
        deployManager(30 days, LONGEST_PROOF);
        _refuseThawing(30 days + 1, LONGEST_PROOF, 4 days);
        _refuseThawing(30 days, 15 days + 1, 30 days + 2);
    }

    function test_constructor_refusesWhatIsNoContract() external {
        bytes memory args = abi.encode(address(manager), address(0xdead), address(gm), treasury, THAWING, LONGEST_PROOF);
        assertRefused("StakeManager", args, abi.encodeWithSelector(ErrorsLib.InvalidParam.selector, "currency"));
        args = abi.encode(address(manager), address(token), address(0xdead), treasury, THAWING, LONGEST_PROOF);
        assertRefused("StakeManager", args, abi.encodeWithSelector(ErrorsLib.InvalidParam.selector, "lockedStake"));
        args = abi.encode(address(manager), address(token), address(gm), address(0), THAWING, LONGEST_PROOF);
        assertRefused("StakeManager", args, abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, address(0)));
    }

    function test_constructor_setsTheDefaults() external view {
        uint32[16] memory initial =
            [uint32(7 days), 30, 3_000, 3_000, 3_000, 100, 10_000, 10, 0, 1_000, 5_000, 500, 1_000, 100, 50, 5_000];
        for (uint256 i = 0; i < 16; ++i) {
            assertEq(stakes.parameterOf(Parameter(i)), initial[i], "default");
        }
        assertEq(stakes.treasury(), treasury, "treasury");
        assertEq(stakes.minStake(Roles.ALLIANCE), 100e18, "alliance");
        assertEq(stakes.minStake(Roles.VALIDATOR), 3_000e18, "validator");
        assertEq(stakes.reasonCap(Reason.MISSED_REVEAL), 100, "missed reveal");
        assertEq(stakes.reasonCap(Reason.OUTLIER), 50, "outlier");
        assertEq(stakes.reasonCap(Reason.WRONG_ASSESSMENT), 5_000, "wrong assessment");
        assertEq(stakes.reasonCap(Reason.EQUIVOCATION), 10_000, "equivocation");
    }

    // --- governance
    function test_setParameter_keepsItsBounds() external {
        uint32[16] memory least = [uint32(4 days), 0, 1, 1, 1, 1, 0, 1, 0, 0, 0, 10, 0, 0, 0, 1_000];
        uint32[16] memory most = [
            uint32(30 days),
            1_000,
            100_000,
            100_000,
            100_000,
            100_000,
            10_000,
            20,
            100,
            1_000,
            10_000,
            1_000,
            10_000,
            500,
            200,
            10_000
        ];
        vm.startPrank(governor);
        for (uint256 i = 0; i < 16; ++i) {
            Parameter which = Parameter(i);
            (uint256 min, uint256 max) = stakes.boundsOf(which);
            assertEq(min, least[i], "least");
            assertEq(max, most[i], "most");
            vm.expectEmit(address(stakes));
            emit IStakeManager.ParameterSet(which, least[i]);
            stakes.setParameter(which, least[i]);
            stakes.setParameter(which, most[i]);
            assertEq(stakes.parameterOf(which), most[i], "set");
            bytes memory refusal = abi.encodeWithSelector(StakeErrors.ParameterOutOfRange.selector, most[i] + 1, min, max);
            vm.expectRevert(refusal);
            stakes.setParameter(which, most[i] + 1);
            if (min == 0) continue;
            vm.expectRevert(abi.encodeWithSelector(StakeErrors.ParameterOutOfRange.selector, min - 1, min, max));
            stakes.setParameter(which, uint32(min - 1));
        }
    }

    function test_setTreasury_isGovernances() external {
        vm.expectEmit(address(stakes));
        emit IStakeManager.TreasurySet(address(0xbeef));
        vm.prank(governor);
        stakes.setTreasury(address(0xbeef));
        assertEq(stakes.treasury(), address(0xbeef), "treasury");
        vm.startPrank(governor);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, address(0)));
        stakes.setTreasury(address(0));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, address(stakes)));
        stakes.setTreasury(address(stakes));
    }

    function test_restricted_refusesStrangers() external {
        open();
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, operator);
        vm.startPrank(operator);
        vm.expectRevert(refusal);
        stakes.setParameter(Parameter.CLAIM_FEE, 1);
        vm.expectRevert(refusal);
        stakes.setTreasury(operator);
        vm.expectRevert(refusal);
        stakes.reward(position, 1);
        vm.expectRevert(refusal);
        stakes.slash(position, 1, Reason.OUTLIER, operator);
        vm.expectRevert(refusal);
        stakes.hold(position);
        vm.expectRevert(refusal);
        stakes.release(position);
    }

    // --- stake
    function test_stake_opensAPosition() external {
        give(operator, 4_000e18);
        vm.expectEmit(address(stakes));
        emit IStakeManager.PositionOpened(position, operator, NODE, task, 30e18);
        vm.expectEmit(address(stakes));
        emit IStakeManager.Staked(position, Asset.PLAIN, OWN);
        vm.prank(operator);
        stakes.stake(NODE, task, OWN);
        PositionView memory p = stakes.positionOf(position);
        assertEq(p.operator, operator, "operator");
        assertEq(p.role, NODE, "role");
        assertEq(p.task, task, "task");
        assertEq(stakes.selfStakeOf(position), OWN, "own");
        assertEq(stakes.weightOf(position), OWN, "weight");
        assertEq(stakes.slashableOf(position), OWN, "slashable");
        assertEq(stakes.taskStakeOf(task), OWN, "of the task");
        assertEq(token.balanceOf(operator), 4_000e18 - OWN - 30e18, "stake and fee");
        (, uint256 toTreasury,) = stakes.spoils();
        assertEq(toTreasury, 30e18, "the fee is the treasury's");
    }

    function test_stake_asksTheFeeOnce_andOfNodesOnly() external {
        open();
        vm.prank(operator);
        stakes.stake(NODE, task, 10e18);
        stake(reporter, Roles.VALIDATOR, OWN);
        stake(reporter, Roles.TASK_CREATOR, OWN);
        stake(reporter, Roles.ALLIANCE, 100e18);
        (, uint256 toTreasury,) = stakes.spoils();
        assertEq(toTreasury, 30e18, "one fee");
        assertEq(stakes.taskStakeOf(task), OWN + 10e18 + OWN + 100e18, "a creator's pledge draws nothing");
    }

    function test_stake_revertsBelowTheLeast() external {
        give(operator, 4_000e18);
        vm.startPrank(operator);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        stakes.stake(NODE, task, 0);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.StakeBelowMin.selector, OWN - 1, OWN));
        stakes.stake(NODE, task, OWN - 1);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.RoleUnknown.selector, bytes32("PIRATE")));
        stakes.stake("PIRATE", task, OWN);
    }

    function test_stake_countsLockedAndPlainTogether() external {
        (, uint256 amount) = lockFor(operator, 1_000e18, 365 days);
        assertEq(amount, 3_010e18, "3.01 times");
        give(operator, 30e18);
        vm.expectEmit(address(stakes));
        emit IStakeManager.Staked(position, Asset.LOCKED, amount);
        vm.prank(operator);
        stakes.stakeLocked(NODE, task, amount);
        assertEq(stakes.selfStakeOf(position), amount, "own");
        assertEq(stakes.ownStakeOf(position, Asset.LOCKED).tokens, amount, "locked");
        assertEq(stakes.ownStakeOf(position, Asset.PLAIN).tokens, 0, "plain");
        assertEq(gm.balanceOf(address(stakes)), amount, "moved");
        assertEq(token.balanceOf(operator), 0, "the fee is paid in the token");
    }

    // --- out
    function test_unstake_thawsAndPays() external {
        open();
        vm.expectEmit(address(stakes));
        emit IStakeManager.ThawStarted(position, Asset.PLAIN, operator, 0, 1_000e18, 1_000e24, uint40(block.timestamp + THAWING));
        assertEq(_unstake(1_000e18), block.timestamp + THAWING, "ready");
        assertEq(stakes.selfStakeOf(position), 2_000e18, "active");
        assertEq(stakes.slashableOf(position), OWN, "still slashable");
        assertEq(stakes.weightOf(position), 0, "below its least it weighs nothing");
        assertEq(stakes.taskStakeOf(task), 2_000e18, "of the task");
        vm.warp(block.timestamp + THAWING - 1);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.NothingThawed.selector, block.timestamp + 1));
        _withdraw(1);
        vm.warp(block.timestamp + 1);
        uint256 before = token.balanceOf(operator);
        vm.expectEmit(address(stakes));
        emit IStakeManager.Withdrawn(position, Asset.PLAIN, operator, 1, 1_000e18);
        assertEq(_withdraw(5), 1_000e18, "all of it");
        assertEq(token.balanceOf(operator) - before, 1_000e18, "paid");
        assertEq(stakes.slashableOf(position), 2_000e18, "out of reach");
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.NothingThawed.selector, 0));
        _withdraw(5);
    }

    function test_unstake_reverts() external {
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.PositionUnknown.selector, position));
        _unstake(1);
        open();
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.StakeTooSmall.selector, OWN + 1, OWN));
        _unstake(OWN + 1);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        _unstake(0);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.StakeTooSmall.selector, 1, 0));
        vm.prank(operator);
        stakes.unstakeLocked(NODE, task, 1);
    }

    function test_unstakeLocked_givesLockedStakeBack() external {
        (, uint256 amount) = lockFor(operator, 1_000e18, 365 days);
        give(operator, 30e18);
        vm.startPrank(operator);
        stakes.stakeLocked(NODE, task, amount);
        stakes.unstakeLocked(NODE, task, amount);
        vm.warp(block.timestamp + THAWING);
        assertEq(stakes.withdrawLocked(position, 1), amount, "all of it");
        assertEq(gm.balanceOf(operator), amount, "back");
        assertEq(stakes.taskStakeOf(task), 0, "of the task");
    }

    function test_withdraw_isInOrderAndInParts() external {
        open();
        for (uint256 i = 1; i <= 3; ++i) {
            _unstake(i * 1e18);
            vm.warp(block.timestamp + 1 hours);
        }
        ThawView[] memory thaws = stakes.thawsOf(position, Asset.PLAIN, operator);
        assertEq(thaws.length, 3, "requests");
        assertEq(thaws[2].tokens, 3e18, "the last");
        vm.warp(thaws[1].readyAt);
        assertEq(_withdraw(1), 1e18, "the oldest");
        assertEq(_withdraw(9), 2e18, "those that are ready");
        assertEq(stakes.thawsOf(position, Asset.PLAIN, operator).length, 1, "one left");
    }

    function test_withdraw_ofAShorterThawingWaitsForTheOlder() external {
        open();
        uint40 first = _unstake(1e18);
        setParameter(Parameter.THAWING, 4 days);
        assertEq(_unstake(1e18), block.timestamp + 4 days, "the new period");
        vm.warp(first - 1);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.NothingThawed.selector, first));
        _withdraw(2);
        vm.warp(first);
        assertEq(_withdraw(2), 2e18, "both");
    }

    // --- holds
    function test_hold_keepsTheOperatorsStakeOnly() external {
        open();
        delegateActive(delegator, 10e18);
        vm.expectEmit(address(stakes));
        emit IStakeManager.Held(position, arena, 1, uint40(block.timestamp + 90 days));
        _hold();
        _unstake(OWN);
        uint256 shares = sharesOf(delegator);
        vm.prank(delegator);
        stakes.undelegate(position, shares);
        vm.warp(block.timestamp + THAWING);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.PositionHeld.selector, position, block.timestamp - THAWING + 90 days));
        _withdraw(1);
        vm.prank(delegator);
        assertEq(stakes.withdraw(position, 1), 10e18, "delegators leave");
        vm.expectEmit(address(stakes));
        emit IStakeManager.Released(position, arena, 0);
        vm.prank(arena);
        stakes.release(position);
        assertEq(_withdraw(1), OWN, "released");
    }

    function test_hold_countsAndEndsByItself() external {
        open();
        _hold();
        _hold();
        vm.prank(arena);
        stakes.release(position);
        _unstake(OWN);
        uint40 until = stakes.positionOf(position).heldUntil;
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.PositionHeld.selector, position, until));
        _withdraw(1);
        vm.warp(until);
        assertEq(_withdraw(1), OWN, "nobody is held for ever");
    }

    function test_release_revertsWithoutAHold() external {
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.PositionUnknown.selector, position));
        _hold();
        open();
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.PositionNotHeld.selector, position));
        vm.prank(arena);
        stakes.release(position);
    }

    // --- commission
    function _commit(uint16 bps) private {
        vm.prank(operator);
        stakes.setCommission(position, bps);
    }

    function test_setCommission_isFreeBeforeAnybodyDelegated() external {
        open();
        vm.expectEmit(address(stakes));
        emit IStakeManager.CommissionSet(position, 4_000, uint40(block.timestamp));
        _commit(4_000);
        assertEq(stakes.positionOf(position).commission, 4_000, "at once");
    }

    function test_setCommission_risesByAStepAfterNoticeOnceAMonth() external {
        open();
        delegate(delegator, 10e18);
        uint40 from = uint40(block.timestamp + THAWING + 1 days);
        vm.expectEmit(address(stakes));
        emit IStakeManager.CommissionSet(position, 500, from);
        _commit(500);
        PositionView memory p = stakes.positionOf(position);
        assertEq(p.commission, 0, "not yet");
        assertEq(p.nextCommission, 500, "announced");
        assertEq(p.nextCommissionFrom, from, "from");
        uint256 again = block.timestamp + 30 days;
        vm.warp(from - 1);
        assertEq(stakes.positionOf(position).commission, 0, "notice runs");
        vm.warp(from);
        p = stakes.positionOf(position);
        assertEq(p.commission, 500, "in force");
        assertEq(p.nextCommissionFrom, 0, "nothing announced");
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.CommissionTooSoon.selector, again));
        _commit(501);
        vm.warp(again);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.CommissionStep.selector, 501, 500));
        _commit(1_001);
        _commit(1_000);
        assertEq(stakes.positionOf(position).commission, 500, "the old one meanwhile");
    }

    function test_setCommission_fallsAtOnceAndTakesBackARise() external {
        open();
        _commit(2_000);
        delegate(delegator, 10e18);
        _commit(2_500);
        _commit(1_000);
        PositionView memory p = stakes.positionOf(position);
        assertEq(p.commission, 1_000, "at once");
        assertEq(p.nextCommissionFrom, 0, "the rise is off");
        vm.warp(block.timestamp + 30 days);
        assertEq(stakes.positionOf(position).commission, 1_000, "for good");
    }

    function test_setCommission_reverts() external {
        open();
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.CommissionAboveMax.selector, 5_001, 5_000));
        _commit(5_001);
        vm.expectRevert(abi.encodeWithSelector(StakeErrors.NotOperator.selector, position, delegator));
        vm.prank(delegator);
        stakes.setCommission(position, 1);
    }

    // --- weight
    function test_weightOf_boundsDelegatedStake() external {
        open();
        delegateActive(delegator, 40_000e18);
        assertEq(stakes.delegatedOf(position), 40_000e18, "delegated");
        assertEq(stakes.weightOf(position), 11 * OWN, "ten times its own");
        setParameter(Parameter.DELEGATION_RATIO, 20);
        assertEq(stakes.weightOf(position), OWN + 40_000e18, "all of it");
        setParameter(Parameter.DELEGATION_FACTOR, 2_500);
        assertEq(stakes.weightOf(position), OWN + 10_000e18, "a quarter");
        setParameter(Parameter.MIN_TRAINING_NODE, 3_001);
        assertEq(stakes.weightOf(position), 0, "below the least");
    }

    function test_readings_ofNobodysPositionAreZero() external view {
        bytes32 nobody = stakes.keyOf(delegator, NODE, task);
        assertEq(stakes.positionOf(nobody).operator, address(0), "operator");
        assertEq(stakes.weightOf(nobody), 0, "weight");
        assertEq(stakes.selfStakeOf(nobody) + stakes.delegatedOf(nobody) + stakes.slashableOf(nobody), 0, "stake");
        assertEq(stakes.thawsOf(nobody, Asset.PLAIN, delegator).length, 0, "requests");
    }
}
