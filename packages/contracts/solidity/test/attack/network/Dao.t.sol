// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

import {DaoParam, Tally} from "../../../network/interfaces/IDao.sol";
import {DaoErrors} from "../../../network/libraries/DaoErrors.sol";
import {DaoTest} from "../../base/network/DaoTest.sol";

/// @notice Attacks 43, 44, 45 and 47 of CONTRACTS.md 3.
contract DaoAttackTest is DaoTest {
    function setUp() external {
        found();
    }

    /// Attack 43: votes that are borrowed, or bought, once a proposal is public count for nothing, however long before the vote begins.
    function test_attack_43_fuzz_votesAreThoseOfThePast(uint256 when, uint256 amount) external {
        uint256 id = proposeSomething("loan");
        address thief = account("thief");
        amount = bound(amount, 1, 50_000_000e18);
        vm.warp(block.timestamp + bound(when, 0, VOTING_DELAY + VOTING_PERIOD - 1));
        token.transfer(thief, amount);
        vm.prank(thief);
        token.delegate(thief);
        if (block.timestamp <= dao.proposalSnapshot(id)) startVote(id);
        vote(thief, id, IN_FAVOUR);
        assertEq(dao.tallyOf(id).inFavour, 0, "counted");
    }

    /// Attack 43: in the block of the proposal itself it is too late as well.
    function test_attack_43_notInTheBlockOfTheProposal() external {
        address thief = account("thief");
        give(thief, 50_000_000e18);
        uint256 id = proposeSomething("flash");
        vm.prank(thief);
        token.transfer(address(this), 50_000_000e18);
        startVote(id);
        vote(thief, id, IN_FAVOUR);
        assertEq(dao.tallyOf(id).inFavour, 0, "counted");
    }

    /// Attack 43, the guard of the tests above: who held the same votes a second before does count.
    function test_attack_43_votesOfTheSecondBeforeCount() external {
        address holder = account("holder");
        give(holder, 50_000_000e18);
        vm.warp(block.timestamp + 1);
        uint256 id = proposeSomething("holder");
        startVote(id);
        vote(holder, id, IN_FAVOUR);
        assertEq(dao.tallyOf(id).inFavour, 50_000_000e18, "not counted");
    }

    /// Attack 44: votes that reach the quorum in the last second give the others two days to answer.
    function test_attack_44_aLateQuorumProlongsTheVote() external {
        uint256 id = proposeSomething("late");
        startVote(id);
        uint256 end = dao.proposalDeadline(id);
        vm.warp(end);
        vote(bob, id, IN_FAVOUR);
        assertEq(dao.proposalDeadline(id), end + EXTENSION, "prolonged");
        vm.warp(end + EXTENSION);
        vote(alice, id, AGAINST);
        endVote(id);
        assertEq(uint256(dao.state(id)), uint256(IGovernor.ProposalState.Defeated), "answered");
    }

    /// Attack 44: once only; a vote cannot be kept open for ever.
    function test_attack_44_isProlongedOnce() external {
        uint256 id = proposeSomething("once");
        startVote(id);
        vote(bob, id, IN_FAVOUR);
        uint256 end = dao.proposalDeadline(id);
        vm.warp(end);
        vote(alice, id, IN_FAVOUR);
        assertEq(dao.proposalDeadline(id), end, "the quorum was there before");
    }

    /// Attack 45: a hundred proposals of all fates. Nobody earns from failing ones, the fund pays what it has, the months keep the ceiling.
    /// forge-config: default.fuzz.runs = 100
    function test_attack_45_fuzz_proposalsAreNoTrade(uint256 seed) external {
        vm.prank(alice);
        dao.fundRewards(3_000e18);
        uint256 paid = 0;
        uint256 executed = 0;
        uint256 start = token.balanceOf(proposer);
        uint256 losses = 0;
        for (uint256 i = 0; i < 100; ++i) {
            uint256 id = proposeSomething(vm.toString(i));
            (bool passed, uint256 lost) = _play(id, uint256(keccak256(abi.encode(seed, i))) % 4);
            losses += lost;
            if (!passed) {
                vm.expectRevert(abi.encodeWithSelector(DaoErrors.NothingToReward.selector, id));
                dao.reward(id);
                continue;
            }
            ++executed;
            uint256 fund = dao.rewardFund();
            try dao.reward(id) returns (uint256 reward) {
                paid += reward;
                assertEq(dao.rewardFund(), fund - reward, "fund");
            } catch {
                assertTrue(fund < STAKE / 20 || dao.rewardsLeft() < STAKE / 20, "refused though there is money");
            }
        }
        assertEq(token.balanceOf(proposer) + losses, start + paid, "nothing but rewards was won, nothing but fines lost");
        assertLe(paid, 3_000e18, "the fund");
        assertLe(paid, executed * STAKE / 20, "a part of each stake");
        assertTrue(executed != 0 && losses != 0, "every fate");
    }

    /// Attack 45: the ceiling of a month holds whatever governance has put into the fund.
    function test_attack_45_theCeilingHolds() external {
        passAndExecute(propose("ceiling", address(dao), abi.encodeCall(dao.setDaoParam, (DaoParam.RewardCeiling, 600e18))));
        vm.prank(alice);
        dao.fundRewards(1_000_000e18);
        uint256 first = proposeSomething("first");
        passAndExecute(first);
        vm.warp((block.timestamp / 30 days + 1) * 30 days);
        assertEq(dao.reward(first), 500e18, "first");
        uint256 second = proposeSomething("second");
        passAndExecute(second);
        if (dao.rewardsLeft() == 600e18) return;
        vm.expectPartialRevert(DaoErrors.RewardsSpent.selector);
        dao.reward(second);
        vm.warp((block.timestamp / 30 days + 1) * 30 days);
        assertEq(dao.reward(second), 500e18, "next month");
    }

    /// Attack 45: canceling does not free a stake for the next proposal at once.
    function test_attack_45_oneStakeIsOneProposalPerVotingDelay() external {
        uint256 id = proposeSomething("spam");
        vm.prank(proposer);
        dao.cancel(targets, values, calldatas, keccak256(bytes(description)));
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.StakeLocked.selector, id));
        dao.returnStake(id);
    }

    /// Attack 45: a proposer whose vote goes wrong cannot cancel and take its stake along.
    function test_attack_45_aProposerCannotRunFromItsVote() external {
        uint256 id = proposeSomething("run");
        startVote(id);
        vote(alice, id, SCAM);
        vm.prank(proposer);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorUnableToCancel.selector, id, proposer));
        dao.cancel(targets, values, calldatas, keccak256(bytes(description)));
    }

    /// Attack 45: nor by way of a guardian that is nobody.
    function test_attack_45_norWithoutAGuardian() external {
        passAndExecute(propose("none", address(dao), abi.encodeCall(dao.setProposalGuardian, (address(0)))));
        uint256 id = proposeSomething("run again");
        startVote(id);
        vote(alice, id, SCAM);
        vm.prank(proposer);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorUnableToCancel.selector, id, proposer));
        dao.cancel(targets, values, calldatas, keccak256(bytes(description)));
    }

    /// Attack 47: nothing skips the timelock, neither strangers nor holders nor the guardian.
    function test_attack_47_nobodySkipsTheTimelock() external {
        address[4] memory strangers = [alice, proposer, guardian, address(this)];
        bytes memory data = abi.encodeCall(timelock.updateDelay, (3 days));
        bytes32 role = timelock.PROPOSER_ROLE();
        for (uint256 i = 0; i < strangers.length; ++i) {
            vm.startPrank(strangers[i]);
            vm.expectRevert(abi.encodeWithSignature("AccessControlUnauthorizedAccount(address,bytes32)", strangers[i], role));
            timelock.schedule(address(timelock), 0, data, 0, 0, 0);
            vm.expectPartialRevert(TimelockController.TimelockUnexpectedOperationState.selector);
            timelock.execute(address(timelock), 0, data, 0, 0);
            vm.expectPartialRevert(IAccessControl.AccessControlUnauthorizedAccount.selector);
            timelock.grantRole(role, strangers[i]);
            vm.stopPrank();
        }
    }

    function test_attack_47_aQueuedProposalWaits() external {
        uint256 id = proposeSomething("wait");
        startVote(id);
        vote(alice, id, IN_FAVOUR);
        endVote(id);
        queue();
        vm.warp(block.timestamp + TIMELOCK_DELAY - 1);
        vm.expectPartialRevert(TimelockController.TimelockUnexpectedOperationState.selector);
        execute();
        vm.warp(block.timestamp + 1);
        execute();
    }

    /// Attack 47: the Dao calls nobody by itself, changes its timelock for no other, and its parameters only from inside an execution.
    function test_attack_47_theDaoDoesNotCallItself() external {
        vm.startPrank(address(timelock));
        vm.expectRevert(DaoErrors.NotGovernable.selector);
        dao.relay(address(token), 0, abi.encodeCall(token.transfer, (alice, STAKE)));
        vm.expectRevert(DaoErrors.NotGovernable.selector);
        dao.updateTimelock(TimelockController(payable(alice)));
        // The queue of what is being executed is empty.
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x31));
        dao.setVotingDelay(2 days);
        vm.stopPrank();
    }

    /// Attack 47: not even a proposal that passes moves the stakes of others out of the Dao.
    function test_attack_47_aProposalDoesNotReachStakes() external {
        uint256 id = propose("steal", address(dao), abi.encodeCall(dao.relay, (address(token), 0, "")));
        startVote(id);
        vote(alice, id, IN_FAVOUR);
        endVote(id);
        queue();
        vm.warp(block.timestamp + TIMELOCK_DELAY);
        vm.expectRevert(DaoErrors.NotGovernable.selector);
        execute();
    }

    /// Attack 47: the guardian cancels, also what is queued, and can do nothing else.
    function test_attack_47_theGuardianOnlyCancels() external {
        uint256 id = proposeSomething("guardian");
        startVote(id);
        vote(alice, id, IN_FAVOUR);
        endVote(id);
        queue();
        vm.startPrank(guardian);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, guardian));
        dao.setDaoParam(DaoParam.RewardBps, 1);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, guardian));
        dao.setProposalGuardian(alice);
        dao.cancel(targets, values, calldatas, keccak256(bytes(description)));
        vm.stopPrank();
        assertEq(uint256(dao.state(id)), uint256(IGovernor.ProposalState.Canceled), "canceled");
        vm.warp(block.timestamp + TIMELOCK_DELAY);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        execute();
        uint256 before = token.balanceOf(proposer);
        dao.returnStake(id);
        assertEq(token.balanceOf(proposer) - before, STAKE, "the guardian takes nothing");
    }

    /// @dev Passes, is defeated honestly, finds no quorum, or is called a scam. @return lost of the stake.
    function _play(uint256 id, uint256 fate) private returns (bool passed, uint256 lost) {
        uint256 before = token.balanceOf(proposer);
        if (fate == 0) {
            passAndExecute(id);
        } else {
            startVote(id);
            if (fate == 1) vote(alice, id, AGAINST);
            if (fate == 2) vote(carol, id, IN_FAVOUR);
            if (fate == 3) vote(alice, id, SCAM);
            endVote(id);
        }
        dao.returnStake(id);
        passed = fate == 0;
        lost = STAKE - (token.balanceOf(proposer) - before);
        assertEq(lost, fate == 2 ? STAKE / 2 : fate == 3 ? STAKE : 0, "lost");
    }
}
