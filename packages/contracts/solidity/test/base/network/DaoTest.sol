// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

import {Dao, DaoTerms} from "../../../network/Dao.sol";
import {NetworkToken} from "../../../network/NetworkToken.sol";
import {Timelock} from "../../../network/Timelock.sol";
import {NetworkTest} from "./NetworkTest.sol";

/// @notice A Dao with its timelock, three holders who have delegated to themselves, and a proposal that sets a parameter of its own.
abstract contract DaoTest is NetworkTest {
    uint48 internal constant VOTING_DELAY = 1 days;
    uint32 internal constant VOTING_PERIOD = 7 days;
    uint48 internal constant EXTENSION = 2 days;
    uint256 internal constant TIMELOCK_DELAY = 2 days;
    uint256 internal constant STAKE = 10_000e18;
    /// @dev Of 100 million: 4 million are the quorum.
    uint256 internal constant SUPPLY = 100_000_000e18;
    uint256 internal constant QUORUM = SUPPLY * 4 / 100;

    uint8 internal constant AGAINST = 0;
    uint8 internal constant IN_FAVOUR = 1;
    uint8 internal constant ABSTAIN = 2;
    uint8 internal constant SCAM = 3;

    NetworkToken internal token;
    Timelock internal timelock;
    Dao internal dao;
    address internal proposer;
    address internal alice;
    address internal bob;
    address internal carol;
    address internal guardian;

    /// @dev What `propose` proposed last.
    address[] internal targets;
    uint256[] internal values;
    bytes[] internal calldatas;
    string internal description;

    function found() internal {
        deployNetworkBase();
        (proposer, alice, bob, carol) = (account("proposer"), account("alice"), account("bob"), account("carol"));
        guardian = account("guardian");
        token = NetworkToken(deployBuilt("NetworkToken", abi.encode(address(this), SUPPLY)));
        timelock = Timelock(payable(deployBuilt("Timelock", abi.encode(TIMELOCK_DELAY, address(this)))));
        dao = Dao(payable(deployBuilt("Dao", abi.encode(terms()))));
        timelock.grantRole(timelock.PROPOSER_ROLE(), address(dao));
        timelock.grantRole(timelock.CANCELLER_ROLE(), address(dao));
        timelock.grantRole(timelock.EXECUTOR_ROLE(), address(0));
        timelock.renounceRole(timelock.DEFAULT_ADMIN_ROLE(), address(this));
        give(alice, 10_000_000e18);
        give(bob, 5_000_000e18);
        give(carol, 3_000_000e18);
        give(proposer, 1_000_000e18);
        vm.warp(block.timestamp + 1);
    }

    function terms() internal view returns (DaoTerms memory) {
        return DaoTerms(address(token), payable(timelock), guardian, VOTING_DELAY, VOTING_PERIOD, EXTENSION);
    }

    function propose(string memory description_, address target, bytes memory data) internal returns (uint256) {
        (targets, values, calldatas) = (new address[](1), new uint256[](1), new bytes[](1));
        (targets[0], calldatas[0], description) = (target, data, description_);
        vm.prank(proposer);
        return dao.propose(targets, values, calldatas, description_);
    }

    /// @dev A proposal that costs nobody anything.
    function proposeSomething(string memory description_) internal returns (uint256) {
        return propose(description_, address(dao), abi.encodeCall(dao.setVotingDelay, (2 days)));
    }

    function startVote(uint256 id) internal {
        vm.warp(dao.proposalSnapshot(id) + 1);
    }

    function vote(address who, uint256 id, uint8 kind) internal {
        vm.prank(who);
        dao.castVote(id, kind);
    }

    function endVote(uint256 id) internal {
        vm.warp(dao.proposalDeadline(id) + 1);
    }

    function queue() internal {
        dao.queue(targets, values, calldatas, keccak256(bytes(description)));
    }

    function execute() internal {
        dao.execute(targets, values, calldatas, keccak256(bytes(description)));
    }

    function passAndExecute(uint256 id) internal {
        startVote(id);
        vote(alice, id, IN_FAVOUR);
        endVote(id);
        queue();
        vm.warp(block.timestamp + timelock.getMinDelay());
        execute();
    }

    function give(address who, uint256 amount) internal {
        token.transfer(who, amount);
        vm.startPrank(who);
        token.delegate(who);
        token.approve(address(dao), type(uint256).max);
        vm.stopPrank();
    }
}
