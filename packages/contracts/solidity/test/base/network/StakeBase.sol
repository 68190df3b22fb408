// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EmissionController} from "../../../network/EmissionController.sol";
import {LockedStake} from "../../../network/LockedStake.sol";
import {NetworkToken} from "../../../network/NetworkToken.sol";
import {StakeManager} from "../../../network/StakeManager.sol";
import {Recipient} from "../../../network/interfaces/IEmission.sol";
import {Asset, Parameter, Reason} from "../../../network/interfaces/IStakeManager.sol";
import {Roles} from "../../../network/libraries/Roles.sol";
import {NetworkTest} from "./NetworkTest.sol";

/// @notice Token, emission, locked stake and stake; `arena` is a contract of the network that may reward and slash.
abstract contract StakeBase is NetworkTest {
    uint64 internal constant ARENA_ROLE = 7;
    uint32 internal constant THAWING = 7 days;
    uint32 internal constant LONGEST_PROOF = 2 days;
    uint256 internal constant INITIAL_SUPPLY = 580_000_000e18;
    uint256 internal constant OWN = 3_000e18;
    bytes32 internal constant NODE = Roles.TRAINING_NODE;

    EmissionController internal emission;
    NetworkToken internal token;
    LockedStake internal gm;
    StakeManager internal stakes;
    address internal arena;
    address internal operator;
    address internal delegator;
    address internal reporter;
    /// @dev The first task of `arena`, and the position of `operator` in it.
    uint256 internal task;
    bytes32 internal position;

    function deployStakes() internal {
        deployNetworkBase();
        (arena, operator) = (account("arena"), account("operator"));
        (delegator, reporter) = (account("delegator"), account("reporter"));
        emission = EmissionController(deployEmission(uint40(START), INITIAL_SUPPLY));
        token = NetworkToken(emission.token());
        gm = LockedStake(deployBuilt("LockedStake", abi.encode(address(manager), address(token))));
        stakes = StakeManager(deployManager(THAWING, LONGEST_PROOF));
        vm.prank(governor);
        gm.setStakingContract(address(stakes), true);
        allow(ARENA_ROLE, arena, address(stakes), arenaFunctions());
        task = (uint256(uint160(arena)) << 96) | 1;
        position = stakes.keyOf(operator, NODE, task);
        give(arena, 1_000_000e18);
    }

    function deployEmission(uint40 start, uint256 supply) internal returns (address) {
        return deployBuilt("EmissionController", emissionArgs(start, supply));
    }

    function emissionArgs(uint40 start, uint256 supply) internal view returns (bytes memory) {
        return abi.encode(address(manager), start, address(this), supply, oneRecipient(treasury));
    }

    function deployManager(uint32 thawing, uint32 longestProof) internal returns (address) {
        return deployBuilt("StakeManager", managerArgs(thawing, longestProof));
    }

    function managerArgs(uint32 thawing, uint32 longestProof) internal view returns (bytes memory) {
        return abi.encode(address(manager), address(token), address(gm), treasury, thawing, longestProof);
    }

    function arenaFunctions() internal view returns (bytes4[] memory s) {
        s = new bytes4[](4);
        (s[0], s[1]) = (stakes.reward.selector, stakes.slash.selector);
        (s[2], s[3]) = (stakes.hold.selector, stakes.release.selector);
    }

    function oneRecipient(address to) internal pure returns (Recipient[] memory list) {
        list = new Recipient[](1);
        list[0] = Recipient(to, 10_000);
    }

    /// @dev Token, and the allowance to stake and lock all of it.
    function give(address who, uint256 amount) internal {
        token.transfer(who, amount);
        vm.startPrank(who);
        token.approve(address(stakes), type(uint256).max);
        token.approve(address(gm), type(uint256).max);
        gm.approve(address(stakes), type(uint256).max);
        vm.stopPrank();
    }

    function setParameter(Parameter which, uint32 value) internal {
        vm.prank(governor);
        stakes.setParameter(which, value);
    }

    function stake(address who, bytes32 role, uint256 amount) internal returns (bytes32 key_) {
        give(who, amount + 1_000e18);
        vm.prank(who);
        stakes.stake(role, task, amount);
        key_ = stakes.keyOf(who, role, task);
    }

    /// @dev `operator` has OWN staked as a training node.
    function open() internal {
        stake(operator, NODE, OWN);
    }

    function lockFor(address who, uint256 principal, uint256 duration) internal returns (uint256 id, uint256 amount) {
        give(who, principal);
        vm.prank(who);
        return gm.lock(principal, duration);
    }

    function delegate(address who, uint256 amount) internal {
        give(who, amount);
        vm.prank(who);
        stakes.delegate(operator, NODE, task, amount, 0);
    }

    /// @dev Delegated, and active a day later.
    function delegateActive(address who, uint256 amount) internal {
        delegate(who, amount);
        vm.warp(block.timestamp + 1 days);
        stakes.activate(position, Asset.PLAIN, who);
    }

    /// @dev Locked for a year, delegated, and active a day later. @return amount of locked stake.
    function delegateLockedActive(address who, uint256 principal) internal returns (uint256 amount) {
        (, amount) = lockFor(who, principal, 365 days);
        vm.prank(who);
        stakes.delegateLocked(operator, NODE, task, amount, 0);
        vm.warp(block.timestamp + 1 days);
        stakes.activate(position, Asset.LOCKED, who);
    }

    function reward(uint256 amount) internal {
        vm.prank(arena);
        stakes.reward(position, amount);
    }

    function slash(uint256 amount, Reason reason) internal returns (uint256 self, uint256 delegated) {
        vm.prank(arena);
        return stakes.slash(position, amount, reason, reporter);
    }

    function sharesOf(address who) internal view returns (uint256) {
        return stakes.delegationOf(position, Asset.PLAIN, who).shares;
    }
}
