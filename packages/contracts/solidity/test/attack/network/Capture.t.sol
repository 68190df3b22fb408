// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ModelMarket} from "../../../network/ModelMarket.sol";
import {BountyKind} from "../../../network/interfaces/IBounties.sol";
import {ArenaParam} from "../../../network/interfaces/ITaskRegistry.sol";
import {ArenaTest} from "../../base/network/ArenaTest.sol";

/// @notice Says yes to everybody: what a captured governance would put in the AccessManager's place.
contract YesManager {
    function canCall(address, address, bytes4) external pure returns (bool, uint32) {
        return (true, 0);
    }
}

/// @notice Attack 46 of CONTRACTS.md 3: governance that was captured, with every role there is and an authority of its own making, does
/// not reach what others have paid in. What it may do to stakes (slashes are the network's business) has the timelock before it.
contract CaptureAttackTest is ArenaTest {
    ModelMarket private market;
    address private buyer;

    function setUp() external {
        openArena();
        startTask(1, 1);
        buyer = account("buyer");
        address topModels = deployBuilt("TopModels", abi.encode(address(manager)));
        bytes memory args = abi.encode(address(manager), address(token), treasury, topModels, uint32(1 days), uint32(1 days));
        market = ModelMarket(deployBuilt("ModelMarket", args));
        token.transfer(buyer, 1_000e18);
        vm.startPrank(buyer);
        token.approve(address(market), type(uint256).max);
        market.deposit(buyer, 600e18);
        market.openBounty(BountyKind.Data, SALT, 400e18, 1 days);
        vm.stopPrank();
    }

    /// Whatever it calls, with whatever arguments, with each role and with the authority replaced: the money stays.
    function test_attack_46_fuzz_noRoleReachesEscrow(uint8 which, bytes32[6] calldata words, bool replaced) external {
        if (replaced) _replaceAuthority();
        bytes4[8] memory selectors = [
            market.setDaoShare.selector,
            market.setTreasury.selector,
            registry.setArenaParam.selector,
            market.withdraw.selector,
            market.withdrawCredit.selector,
            market.refund.selector,
            registry.closeTask.selector,
            registry.claim.selector
        ];
        bytes4 selector = selectors[which % selectors.length];
        (uint256 escrow, uint256 pot) = (token.balanceOf(address(market)), token.balanceOf(address(registry)));
        vm.startPrank(governor);
        (bool ignored,) = address(market).call(abi.encodePacked(selector, words));
        (ignored,) = address(registry).call(abi.encodePacked(selector, words));
        vm.stopPrank();
        assertEq(token.balanceOf(address(market)), escrow, "escrow of the market");
        assertEq(token.balanceOf(address(registry)), pot, "pots");
        assertEq(market.balanceOf(buyer).amount, 600e18, "the buyer's balance");
        assertEq(market.bountyOf(1).amount, 400e18, "the bounty");
    }

    /// Even so the buyer, the sponsor and the creator get out what is theirs.
    function test_attack_46_everybodyCanLeave() external {
        _replaceAuthority();
        vm.startPrank(governor);
        market.setTreasury(governor);
        registry.setArenaParam(ArenaParam.CreatorStakePerDay, 10_000e18);
        vm.stopPrank();
        vm.prank(buyer);
        vm.warp(market.requestWithdraw(600e18));
        vm.prank(buyer);
        assertEq(market.withdraw(buyer), 600e18, "balance");
        market.refund(1);
        vm.prank(buyer);
        assertEq(market.withdrawCredit(buyer), 400e18, "bounty");
        for (uint256 i = 0; i < ROUNDS; ++i) {
            playRound(1);
        }
        uint256 before = token.balanceOf(creator);
        registry.closeTask(task);
        assertTrue(token.balanceOf(creator) >= before, "the task closes");
        registry.claim(task, nodeAt(0));
    }

    function _replaceAuthority() private {
        address yes = address(new YesManager());
        vm.startPrank(governor);
        manager.updateAuthority(address(market), yes);
        manager.updateAuthority(address(registry), yes);
        vm.stopPrank();
    }
}
