// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TestBase} from "../../base/TestBase.sol";
import {DaoHandler} from "./DaoHandler.sol";

/// @notice Whatever a proposer, voters and the guardian do: the Dao holds its stakes and its rewards to the wei, and what leaves them is
/// accounted for. That the month's ceiling holds, and where a stake goes, is checked by the handler.
/// forge-config: default.invariant.runs = 32
contract DaoInvariantTest is TestBase {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    DaoHandler private handler;

    function setUp() external {
        handler = new DaoHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev What the handler does, and nothing that it inherits. To move on comes up as often as to vote.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory s = new bytes4[](14);
        (s[0], s[1], s[2]) = (handler.proposeOne.selector, handler.voteOnOne.selector, handler.voteOnOne.selector);
        (s[3], s[4], s[5]) = (handler.voteOnOne.selector, handler.advance.selector, handler.advance.selector);
        (s[6], s[7], s[8]) = (handler.advance.selector, handler.endScam.selector, handler.cancel.selector);
        (s[9], s[10], s[11]) = (handler.returnStake.selector, handler.reward.selector, handler.fundRewards.selector);
        (s[12], s[13]) = (handler.gift.selector, handler.pass.selector);
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), s);
    }

    /// Invariant 1, to the wei; gifts lie on top.
    function invariant_1_itHoldsStakesAndRewards() external view {
        assertEq(handler.held() - handler.gifts(), handler.staked() + handler.rewardFund(), "stakes and rewards");
    }

    /// Invariant 3, and that the treasury is never negative: no more is paid than was put in.
    function invariant_3_rewardsAreWhatWasFunded() external view {
        assertEq(handler.rewardFund() + handler.rewarded(), handler.funded(), "fund");
    }

    /// Nothing but stakes of scams is ever burned.
    function invariant_4_supply() external view {
        (uint256 now_, uint256 initial) = handler.supply();
        assertEq(now_ + handler.burned(), initial, "supply");
    }
}

/// @notice The handler's own test: the campaign above reaches every fate.
contract DaoHandlerTest is TestBase {
    function test_handler_reachesEveryFate() external {
        DaoHandler handler = new DaoHandler();
        for (uint256 i = 1; i <= 30; ++i) {
            uint256 random = uint256(keccak256(abi.encode(i)));
            handler.fundRewards(random);
            handler.proposeOne(random, random >> 8);
            handler.advance(0);
            uint8 kind = [1, 3, 1, 2][i % 4];
            for (uint256 who = 0; who < 3 && i % 5 != 0; ++who) {
                handler.voteOnOne(i - 1, who, kind);
            }
            handler.endScam(i - 1);
            for (uint256 k = 0; k < 3; ++k) {
                handler.advance(0);
            }
            handler.reward(i - 1);
            handler.returnStake(i - 1);
        }
        assertTrue(handler.executed() >= 10, "executed");
        assertTrue(handler.rewarded() != 0, "rewarded");
        assertTrue(handler.burned() != 0, "burned");
        assertTrue(handler.kept() != 0, "kept");
    }
}
