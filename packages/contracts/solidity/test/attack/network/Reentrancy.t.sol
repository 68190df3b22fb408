// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {LocalCurrency} from "../../../LocalCurrency.sol";
import {MerkleRewards} from "../../../network/MerkleRewards.sol";
import {ModelMarket} from "../../../network/ModelMarket.sol";
import {BountyKind} from "../../../network/interfaces/IBounties.sol";
import {Voucher} from "../../../network/interfaces/IModelMarket.sol";
import {HostileCurrency} from "../../mocks/HostileCurrency.sol";
import {MerkleRewardsTest} from "../../base/network/MerkleRewardsTest.sol";
import {ModelMarketTest} from "../../base/network/ModelMarketTest.sol";

/// @dev A currency that calls back in the middle of each payment, with every power that there is; what it tried, and how that ended.
abstract contract CallsBack {
    bytes[] internal calls;

    function _play(HostileCurrency hostile, address target, function() internal pay, uint256 i) internal {
        hostile.setCall(target, calls[i]);
        hostile.setMood(HostileCurrency.Mood.Reenters);
        pay();
        hostile.setMood(HostileCurrency.Mood.Honest);
    }
}

/// @notice Attack 50 of CONTRACTS.md 3 on Merkle rewards.
contract RewardsReentrancyTest is MerkleRewardsTest, CallsBack {
    HostileCurrency private _hostile;

    function setUp() external {
        openRewards();
        _hostile = new HostileCurrency();
        bytes memory args = abi.encode(address(manager), address(_hostile), treasury);
        rewards = MerkleRewards(deployBuilt("MerkleRewards", args));
        currency = LocalCurrency(address(_hostile));
        allow(UPDATER, address(_hostile), address(rewards), only(rewards.submitRoot.selector));
        allow(GUARDIAN, address(_hostile), address(rewards), only(rewards.revokeRoot.selector));
        _hostile.mint(address(this), 2e18);
        _hostile.approve(address(rewards), type(uint256).max);
        rewards.fund(1e18);
    }

    function _fund() private {
        rewards.fund(1);
    }

    /// Attack 50: no step starts inside another.
    function test_attack_50_rewardsCannotBeReentered() external {
        calls.push(abi.encodeCall(rewards.fund, (1)));
        calls.push(abi.encodeCall(rewards.submitRoot, (DATA, 1e18, DATA)));
        calls.push(abi.encodeCall(rewards.challenge, (DATA)));
        calls.push(abi.encodeCall(rewards.revokeRoot, ()));
        calls.push(abi.encodeCall(rewards.activateRoot, ()));
        calls.push(abi.encodeCall(rewards.withdrawCredit, (alice)));
        for (uint256 i = 0; i < calls.length; ++i) {
            _play(_hostile, address(rewards), _fund, i);
            assertTrue(!_hostile.reentered(), "came in");
            assertEq(bytes32(_hostile.lastRevert()), bytes32(ErrorsLib.Locked.selector), "locked");
        }
    }
}

/// @notice Attack 50 on the model market and its bounties, and attack 8.
contract MarketReentrancyTest is ModelMarketTest, CallsBack {
    HostileCurrency private _hostile;

    function setUp() external {
        openMarket();
        _hostile = new HostileCurrency();
        currency = LocalCurrency(address(_hostile));
        market = ModelMarket(deployMarket(EPOCH, WINDOW));
        vm.prank(owner);
        market.list(MODEL, PRICE, address(0), 0);
        _hostile.mint(address(this), 100e18);
        _hostile.approve(address(market), type(uint256).max);
    }

    function _deposit() private {
        market.deposit(buyer, 1e18);
    }

    /// Attack 50: no step starts inside another.
    function test_attack_50_theMarketCannotBeReentered() external {
        _deposit();
        Voucher memory v = voucher(1, 1e17);
        calls.push(abi.encodeCall(market.deposit, (buyer, 1)));
        calls.push(abi.encodeCall(market.requestWithdraw, (1)));
        calls.push(abi.encodeCall(market.withdraw, (buyer)));
        calls.push(abi.encodeCall(market.redeem, (v, sign("buyer", v))));
        calls.push(abi.encodeCall(market.share, (1)));
        calls.push(abi.encodeCall(market.fundScenario, (1)));
        calls.push(abi.encodeCall(market.returnPot, (1)));
        calls.push(abi.encodeCall(market.withdrawCredit, (buyer)));
        calls.push(abi.encodeCall(market.openBounty, (BountyKind.Data, MODEL, 1e18, 1 days)));
        calls.push(abi.encodeCall(market.proposeFor, (1, MODEL)));
        calls.push(abi.encodeCall(market.award, (1, 0)));
        calls.push(abi.encodeCall(market.refund, (1)));
        for (uint256 i = 0; i < calls.length; ++i) {
            _play(_hostile, address(market), _deposit, i);
            assertTrue(!_hostile.reentered(), "came in");
            assertEq(bytes32(_hostile.lastRevert()), bytes32(ErrorsLib.Locked.selector), "locked");
        }
    }

    /// Attack 8: what a currency keeps for itself, or never moves, is nobody's balance.
    function test_attack_08_theMarketCountsWhatArrives() external {
        _hostile.setMood(HostileCurrency.Mood.FeeOnTransfer);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.UnderReceived.selector, 1e18, 0.99e18));
        _deposit();
        _hostile.setMood(HostileCurrency.Mood.DeliversNothing);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.UnderReceived.selector, 1e18, 0));
        _deposit();
        assertEq(market.balanceOf(buyer).amount, 0, "balance");
    }
}
