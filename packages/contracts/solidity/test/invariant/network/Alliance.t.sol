// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TestBase} from "../../base/TestBase.sol";
import {AllianceHandler} from "./AllianceHandler.sol";

/// @notice Whatever participants do: money in is money out and money held, nobody is penalised twice for a round (checked by the handler
/// after every advance), every phase can be left when its time is over, and who takes part is held once.
/// forge-config: default.invariant.runs = 64
contract AllianceInvariantTest is TestBase {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    AllianceHandler private handler;

    function setUp() external {
        handler = new AllianceHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev What the handler does, and nothing that it inherits. `advance` thrice: most of a round is waiting for it.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory s = new bytes4[](14);
        (s[0], s[1], s[2], s[3]) =
        (handler.join.selector, handler.resign.selector, handler.stakeMore.selector, handler.fundMore.selector);
        (s[4], s[5], s[6]) = (handler.unstakeSome.selector, handler.withdraw.selector, handler.claim.selector);
        (s[7], s[8], s[9]) = (handler.contributeOne.selector, handler.commitOne.selector, handler.revealOne.selector);
        (s[10], s[11], s[12], s[13]) =
        (handler.refund.selector, handler.advance.selector, handler.advance.selector, handler.advance.selector);
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), s);
    }

    function invariant_moneyInIsMoneyOutAndHeld() external view {
        assertEq(handler.held(), handler.putIn() - handler.takenOut(), "in, out, held");
        if (!handler.finished()) assertEq(handler.owed(), handler.held(), "all of it is somebody's");
        else assertLe(handler.owed(), handler.held(), "what was earned is there");
    }

    function invariant_membersAreHeldOnce() external view {
        handler.checkHolds();
    }
}

/// @notice The handler's own test: the campaign above does something.
contract AllianceHandlerTest is TestBase {
    function test_handler_playsRoundsToTheirEnd() external {
        AllianceHandler handler = new AllianceHandler();
        for (uint256 i = 1; i <= 400; ++i) {
            uint256 random = uint256(keccak256(abi.encode(i)));
            handler.advance(random, bytes32(random));
            for (uint256 seat = 0; seat < 3; ++seat) {
                handler.contributeOne(seat, bytes32(random));
                handler.commitOne(seat, random % 11 == 0 ? random : 1);
                if (random % 13 != 0) handler.revealOne(seat);
            }
        }
        assertTrue(handler.settled() >= 10, "rounds");
        assertTrue(handler.verdicts() >= 5, "verdicts");
        assertTrue(handler.penalised() >= 5, "penalties");
    }
}
