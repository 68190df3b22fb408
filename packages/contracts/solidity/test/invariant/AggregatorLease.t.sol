// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TestBase} from "../base/TestBase.sol";
import {LeaseHandler} from "./LeaseHandler.sol";

/// @notice Whatever three aggregators of one federator do: never two that may lead, and no term twice.
contract AggregatorLeaseInvariantTest is TestBase {
    LeaseHandler private handler;

    function setUp() external {
        handler = new LeaseHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// That a term is never given twice and never falls is checked by the handler, after every step.
    function invariant_atMostOneLeader() external view {
        assertLe(handler.leaders(), 1, "leaders");
        assertEq(handler.lease().term, handler.highest(), "the highest term is the present one");
    }

    /// A campaign that does nothing would prove nothing.
    function afterInvariant() external view {
        assertTrue(handler.steps() != 0, "no step");
    }
}
