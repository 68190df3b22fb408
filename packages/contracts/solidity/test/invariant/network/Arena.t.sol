// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TestBase} from "../../base/TestBase.sol";
import {ArenaHandler} from "./ArenaHandler.sol";

/// @notice The invariants of TaskRegistry, whatever nodes and validators do.
/// forge-config: default.invariant.runs = 64
contract ArenaInvariantTest is TestBase {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    ArenaHandler private handler;

    function setUp() external {
        handler = new ArenaHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// Views of the handler, and the setup that it inherits, are no steps. To move on comes up as often as to vote.
    function targetSelectors() external view returns (FuzzSelector[] memory selectors) {
        selectors = new FuzzSelector[](1);
        bytes4[] memory steps = new bytes4[](9);
        (steps[0], steps[1]) = (ArenaHandler.fundMore.selector, ArenaHandler.submit.selector);
        (steps[2], steps[3]) = (ArenaHandler.advance.selector, ArenaHandler.commit.selector);
        (steps[4], steps[5]) = (ArenaHandler.reveal.selector, ArenaHandler.punish.selector);
        (steps[6], steps[7]) = (ArenaHandler.claim.selector, ArenaHandler.unstake.selector);
        steps[8] = ArenaHandler.wait_.selector;
        selectors[0] = FuzzSelector(address(handler), steps);
    }

    /// Invariants 1 and 2: to the wei, all that came in is in the pot, in purses, or was paid.
    function invariant_1_everyWeiOnce() external {
        assertEq(handler.heldNow(), handler.owed(), "held is owed");
        assertEq(handler.paidIn(), handler.heldNow() + handler.paidOut(), "in is held and out");
    }

    /// A campaign that does nothing would prove nothing. Invariants 2 and 3 are checked by the handler, step by step.
    function afterInvariant() external view {
        assertTrue(handler.steps() != 0, "no step");
    }
}
