// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TestBase} from "../../base/TestBase.sol";
import {BeaconHandler} from "./BeaconHandler.sol";

/// @notice Whatever bonded nodes do: bonds in are bonds out, free, held or forfeited; and no round is decided twice.
/// forge-config: default.invariant.runs = 64
contract BeaconFallbackInvariantTest is TestBase {
    BeaconHandler private handler;

    function setUp() external {
        handler = new BeaconHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_bondsInAreBondsOutAndHeld() external view {
        assertEq(handler.held(), handler.deposited() - handler.withdrawn(), "in, out, held");
        assertEq(handler.owed(), handler.held(), "all of it is somebody's");
    }

    function invariant_aRoundIsDecidedOnce() external view {
        handler.checkFinal();
    }
}

/// @notice The handler's own test: the campaign above decides rounds.
contract BeaconHandlerTest is TestBase {
    function test_handler_decidesRounds() external {
        BeaconHandler handler = new BeaconHandler();
        for (uint256 i = 0; i < 4; ++i) {
            handler.commit(i, 1);
            handler.commit(i, 2);
        }
        handler.prove();
        handler.wait_(11 minutes);
        handler.reveal(0, 1);
        handler.wait_(20 minutes);
        handler.settle(1);
        handler.settle(2);
        assertEq(handler.decided(), 2, "one by proof, one by reveals, one not at all");
        handler.checkFinal();
    }
}
