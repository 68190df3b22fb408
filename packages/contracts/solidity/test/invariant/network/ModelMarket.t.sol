// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TestBase} from "../../base/TestBase.sol";
import {ModelMarketHandler} from "./ModelMarketHandler.sol";

/// @notice The invariants of ModelMarket, whatever buyers, owners, Scenarios and sponsors do.
/// forge-config: default.invariant.runs = 64
contract ModelMarketInvariantTest is TestBase {
    ModelMarketHandler private handler;

    function setUp() external {
        handler = new ModelMarketHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// Views of the handler, and the setup that it inherits, are no steps.
    function targetSelectors() external view returns (FuzzSelector[] memory selectors) {
        selectors = new FuzzSelector[](1);
        bytes4[] memory steps = new bytes4[](11);
        (steps[0], steps[1]) = (ModelMarketHandler.deposit.selector, ModelMarketHandler.redeem.selector);
        (steps[2], steps[3]) = (ModelMarketHandler.requestWithdraw.selector, ModelMarketHandler.withdraw.selector);
        (steps[4], steps[5]) = (ModelMarketHandler.share.selector, ModelMarketHandler.fundScenario.selector);
        (steps[6], steps[7]) = (ModelMarketHandler.withdrawCredit.selector, ModelMarketHandler.openBounty.selector);
        (steps[8], steps[9]) = (ModelMarketHandler.endBounty.selector, ModelMarketHandler.gift.selector);
        steps[10] = ModelMarketHandler.wait_.selector;
        selectors[0] = FuzzSelector(address(handler), steps);
    }

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    /// Invariant 1. Gifts lie on top, and are nobody's.
    function invariant_1_itHoldsWhatItOwes() external view {
        assertTrue(handler.heldNow() >= handler.owed(), "owes more than it holds");
    }

    /// Invariant 2. Invariant 3 is checked by the handler at each withdrawal.
    function invariant_2_nothingBeyondASignature() external view {
        handler.checkVouchers();
    }

    /// A campaign that does nothing would prove nothing.
    function afterInvariant() external view {
        assertTrue(handler.steps() != 0, "no step");
    }
}
