// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ClientToken} from "../../ClientToken.sol";
import {LocalCurrency} from "../../LocalCurrency.sol";
import {MeanPool} from "../../MeanPool.sol";
import {Scenario} from "../../Scenario.sol";
import {Ledger} from "../../interfaces/IScenario.sol";
import {TestBase} from "../base/TestBase.sol";
import {FederationHandler} from "./FederationHandler.sol";
import {StreamModel} from "./StreamModel.sol";

/// @notice Whatever users do in whatever order, these hold. Numbers in comments are attacks of CONTRACTS.md 3.
contract FederationInvariantTest is TestBase {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    FederationHandler private handler;
    Scenario private scenario;
    MeanPool private pool;
    LocalCurrency private currency;
    uint256 private clients;

    function setUp() external {
        handler = new FederationHandler();
        (address s, address p, address c, uint256 n) = handler.parts();
        (scenario, pool, currency, clients) = (Scenario(s), MeanPool(p), LocalCurrency(c), n);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        bytes4[] memory s = new bytes4[](14);
        (s[0], s[1]) = (handler.transfer.selector, handler.swapExactIn.selector);
        (s[2], s[3]) = (handler.swapExactOut.selector, handler.join.selector);
        (s[4], s[5]) = (handler.exit.selector, handler.transferShares.selector);
        (s[6], s[7]) = (handler.claimToken.selector, handler.claimShares.selector);
        (s[8], s[9]) = (handler.gift.selector, handler.pass.selector);
        (s[10], s[11]) = (handler.fundLater.selector, handler.assertNext.selector);
        (s[12], s[13]) = (handler.finalizePage.selector, handler.voidOpen.selector);
        targets[0].selectors = s;
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// One campaign checks all of them: the same histories would serve each. V per LP share (MeanPool 1, attacks 1 and 3) is
    /// checked by the handler after every step.
    function invariant_attack_01_03_15_16_17_everything() external {
        _conservation();
        _solvency();
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
        assertLe(l.deposited - l.claimed - l.returned, currency.balanceOf(address(scenario)), "held");
        uint256 owed = handler.owedToAll() + scenario.poolOwed();
        assertLe(owed, l.unclaimed, "owed <= earned");
        assertLe(l.unclaimed - owed, clients * handler.holderCount(), "fractions");
    }

    /// Scenario 4 and 5, attack 15: the ledger agrees with the slow model, account by account, and so does the aggregate.
    function _ledgerEqualsModel() private {
        handler.sync();
        StreamModel model = handler.model();
        uint256 scaled;
        for (uint256 i = 0; i < clients; ++i) {
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
        for (uint256 i = 0; i < clients; ++i) {
            assertEq(ClientToken(handler.tokenAt(i)).balanceOf(address(pool)), balances[i + 1], "token");
        }
        assertLe(handler.lpOwedToAll(), pool.dividendsHeld() + scenario.poolOwed(), "LPs are owed what is there");
    }

    /// ClientToken 1.
    function _supplyIsFixed() private view {
        for (uint256 i = 0; i < clients; ++i) {
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
        for (uint256 i = 0; i < clients; ++i) {
            for (uint256 h = 0; h < handler.holderCount(); ++h) {
                sum += model.paid(i, handler.holders(h));
            }
        }
    }
}
