// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EmissionController} from "../../../network/EmissionController.sol";
import {LockedStake} from "../../../network/LockedStake.sol";
import {NetworkToken} from "../../../network/NetworkToken.sol";
import {StakeManager} from "../../../network/StakeManager.sol";
import {TestBase} from "../../base/TestBase.sol";
import {StakeHandler} from "./StakeHandler.sol";

/// @notice Whatever operators, delegators and the arena do in whatever order, these hold. That prices never fall but by a slash is
/// checked by the handler, step by step.
/// forge-config: default.invariant.runs = 64
contract StakeInvariantTest is TestBase {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    uint256 private constant INITIAL_SUPPLY = 580_000_000e18;
    uint256 private constant START = 1_800_000_000;
    /// @dev Rounded down per settlement of a LOCKED delegation.
    uint256 private constant DUST_PER_STEP = 16;

    StakeHandler private handler;
    NetworkToken private token;
    LockedStake private gm;
    StakeManager private stakes;
    EmissionController private emission;
    uint256 private task;

    function setUp() external {
        handler = new StakeHandler();
        (address t, address g, address s, address e, uint256 id) = handler.parts();
        (token, gm, stakes, emission, task) = (NetworkToken(t), LockedStake(g), StakeManager(s), EmissionController(e), id);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory s = new bytes4[](17);
        (s[0], s[1], s[2], s[3]) =
        (handler.stake.selector, handler.unstake.selector, handler.setCommission.selector, handler.delegate.selector);
        (s[4], s[5], s[6], s[7]) =
        (handler.activate.selector, handler.cancel.selector, handler.undelegate.selector, handler.withdraw.selector);
        (s[8], s[9], s[10], s[11]) =
        (handler.claim.selector, handler.rewardSome.selector, handler.slashSome.selector, handler.sweep.selector);
        (s[12], s[13], s[14], s[15]) =
        (handler.gift.selector, handler.pass.selector, handler.emitDays.selector, handler.distribute.selector);
        s[16] = handler.collect.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), s);
    }

    /// Attacks 26, 27 and 33: what comes in is owed to somebody, to the wei, and nothing more is.
    function invariant_stakeIsConserved() external {
        uint256 held = token.balanceOf(address(stakes)) - handler.gifts();
        uint256 owed = handler.owed();
        assertLe(owed, held, "solvent");
        assertLe(held - owed, DUST_PER_STEP * (handler.steps() + 1), "nothing is lost but dust");
        assertEq(gm.balanceOf(address(stakes)), handler.owedLocked(), "locked stake, to the wei");
        handler.checkShares();
        handler.letAllArrive();
        assertEq(stakes.taskStakeOf(task), handler.active(), "the task's stake");
    }

    function invariant_emissionKeepsItsSchedule() external view {
        uint256 over = (block.timestamp - START) / 1 days;
        assertLe(emission.daysEmitted(), over, "days that are over");
        uint256 minted = emission.emissionUntil(emission.daysEmitted());
        assertEq(token.totalSupply() + handler.burned(), INITIAL_SUPPLY + minted, "supply");
        assertLe(token.totalSupply(), token.CAP(), "cap");
        address tasks = address(handler.tasks());
        assertEq(token.balanceOf(address(emission)), emission.bookedFor(tasks), "booked");
        uint256 given = handler.tasks().owedTo(task) + handler.tasks().carried();
        uint256 undistributed = emission.emittedTo(tasks) - handler.distributed();
        uint256 held = token.balanceOf(tasks) + emission.bookedFor(tasks);
        assertEq(held, given + undistributed, "tasks' emission");
    }

    function invariant_locksAreCovered() external view {
        (uint256 principal, uint256 amount) = handler.locks();
        assertEq(token.balanceOf(address(gm)), principal, "principal");
        assertLe(gm.totalSupply(), amount, "locked stake");
    }

    /// A campaign that does nothing would prove nothing.
    function afterInvariant() external view {
        assertTrue(handler.steps() != 0, "no step");
    }
}
