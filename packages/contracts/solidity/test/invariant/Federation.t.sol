// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ClientToken} from "../../ClientToken.sol";
import {LocalCurrency} from "../../LocalCurrency.sol";
import {MeanPool} from "../../MeanPool.sol";
import {Scenario} from "../../Scenario.sol";
import {Ledger} from "../../interfaces/IScenario.sol";
import {TestBase} from "../base/TestBase.sol";
import {FederationHandler} from "./FederationHandler.sol";
import {FullFederationHandler} from "./FullFederationHandler.sol";
import {StreamModel} from "./StreamModel.sol";

/// @notice Whatever users do in whatever order, these hold. Numbers in comments are attacks of CONTRACTS.md 3.
abstract contract FederationInvariants is TestBase {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    FederationHandler private handler;
    Scenario private scenario;
    MeanPool private pool;
    LocalCurrency private currency;

    function begin(FederationHandler handler_) internal {
        handler = handler_;
        (address s, address p, address c) = handler.parts();
        (scenario, pool, currency) = (Scenario(s), MeanPool(p), LocalCurrency(c));
    }

    /// @dev The steps that every federation takes, with room for `more`.
    function steps(uint256 more) internal view returns (FuzzSelector[] memory targets, bytes4[] memory s) {
        s = new bytes4[](14 + more);
        (s[0], s[1]) = (handler.transfer.selector, handler.swapExactIn.selector);
        (s[2], s[3]) = (handler.swapExactOut.selector, handler.join.selector);
        (s[4], s[5]) = (handler.exit.selector, handler.transferShares.selector);
        (s[6], s[7]) = (handler.claimToken.selector, handler.claimShares.selector);
        (s[8], s[9]) = (handler.gift.selector, handler.pass.selector);
        (s[10], s[11]) = (handler.fundLater.selector, handler.assertNext.selector);
        (s[12], s[13]) = (handler.finalizePage.selector, handler.voidOpen.selector);
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), s);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function checkEverything() internal {
        _conservation();
        _solvency();
        _bondsAddUp();
        _ledgerEqualsModel();
        _poolIsBacked();
        _supplyIsFixed();
        _lockedSharesStay();
    }

    /// Scenario 1, attack 17: every wei is somewhere.
    function _conservation() private view {
        Ledger memory l = scenario.ledger();
        uint256 sum = l.claimed + l.returned + l.pots + l.streaming + l.unclaimed + l.carriedDust;
        assertEq(l.deposited, sum, "deposited = claimed + returned + pots + streaming + unclaimed + dust");
        assertLe(l.carriedDust, 2, "dust");
    }

    /// Scenario 2 and 3, attack 16: what is owed is held, and less than one wei per holder and token is not owed to anybody.
    function _solvency() private view {
        Ledger memory l = scenario.ledger();
        uint256 due = l.deposited - l.claimed - l.returned + l.bonds;
        assertEq(currency.balanceOf(address(scenario)), due + handler.gifts(), "held, to the wei");
        uint256 owed = handler.owedToAll() + scenario.poolOwed();
        assertLe(owed, l.unclaimed, "owed <= earned");
        assertLe(l.unclaimed - owed, handler.clientCount() * handler.holderCount(), "fractions");
    }

    /// Every bond is somebody's.
    function _bondsAddUp() private view {
        assertEq(scenario.ledger().bonds, handler.bondsOfAll(), "bonds");
    }

    /// Scenario 4 and 5, attack 15: the ledger agrees with the slow model, account by account, and so does the aggregate.
    function _ledgerEqualsModel() private {
        handler.sync();
        StreamModel model = handler.model();
        uint256 scaled;
        for (uint256 i = 0; i < handler.clientCount(); ++i) {
            for (uint256 h = 0; h < handler.holderCount(); ++h) {
                address holder = handler.holders(h);
                assertEq(scenario.owed(uint16(i), holder), model.owed(i, holder), "owed");
            }
            scaled += model.entitled(i, address(pool));
        }
        uint256 drawn = scenario.ledger().claimed - _paidToHolders(model);
        assertEq(scenario.poolOwed() + drawn, scaled >> 64, "aggregate of the pool");
    }

    /// MeanPool 2: the pool holds what it trades on, and its LPs' purse.
    function _poolIsBacked() private view {
        uint256[] memory balances = pool.balances();
        assertLe(balances[0] + pool.dividendsHeld(), currency.balanceOf(address(pool)), "currency");
        for (uint256 i = 0; i < pool.listedClients(); ++i) {
            assertEq(ClientToken(handler.tokenAt(i)).balanceOf(address(pool)), balances[i + 1], "token");
        }
        assertLe(handler.lpOwedToAll(), pool.dividendsHeld() + scenario.poolOwed(), "LPs are owed what is there");
    }

    /// ClientToken 1.
    function _supplyIsFixed() private view {
        for (uint256 i = 0; i < handler.clientCount(); ++i) {
            ClientToken token = ClientToken(handler.tokenAt(i));
            uint256 sum;
            for (uint256 h = 0; h < handler.holderCount(); ++h) {
                sum += token.balanceOf(handler.holders(h));
            }
            assertEq(sum, token.totalSupply(), "balances");
        }
    }

    /// MeanPool 3.
    function _lockedSharesStay() private view {
        assertEq(pool.balanceOf(0x000000000000000000000000000000000000dEaD), 1e6, "locked");
    }

    function _paidToHolders(StreamModel model) private view returns (uint256 sum) {
        for (uint256 i = 0; i < handler.clientCount(); ++i) {
            for (uint256 h = 0; h < handler.holderCount(); ++h) {
                sum += model.paid(i, handler.holders(h));
            }
        }
    }
}

contract FederationInvariantTest is FederationInvariants {
    function setUp() external {
        begin(new FederationHandler());
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        (targets,) = steps(0);
    }

    /// One campaign checks all of them: the same histories would serve each. V per LP share (MeanPool 1, attacks 1 and 3) is
    /// checked by the handler after every step.
    function invariant_attack_01_03_15_16_17_everything() external {
        checkEverything();
    }
}

/// @notice With disputes, pauses, unequal issuance and a late client. Fewer runs, because the same steps are in the campaign above.
contract FullFederationInvariantTest is FederationInvariants {
    function setUp() external {
        begin(new FullFederationHandler());
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory s;
        (targets, s) = steps(10);
        (s[14], s[15]) = (FullFederationHandler.challenge.selector, FullFederationHandler.decideDispute.selector);
        (s[16], s[17]) = (FullFederationHandler.giveUp.selector, FullFederationHandler.withdraw.selector);
        (s[18], s[19]) = (FullFederationHandler.endow.selector, FullFederationHandler.pauseOrEnd.selector);
        (s[20], s[21]) = (FullFederationHandler.registerLate.selector, FullFederationHandler.listLate.selector);
        // Rounds are where all of this happens.
        (s[22], s[23]) = (FederationHandler.assertNext.selector, FederationHandler.finalizePage.selector);
    }

    /// forge-config: default.invariant.runs = 64
    function invariant_attack_15_16_17_40_42_withDisputesPausesAndLateClients() external {
        checkEverything();
    }
}
