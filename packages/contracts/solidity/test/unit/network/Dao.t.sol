// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {DaoTerms} from "../../../network/Dao.sol";
import {DaoParam, IDao, ProposalStake, Tally} from "../../../network/interfaces/IDao.sol";
import {DaoErrors} from "../../../network/libraries/DaoErrors.sol";
import {DaoTest} from "../../base/network/DaoTest.sol";

contract DaoUnitTest is DaoTest {
    function setUp() external {
        found();
    }

    function _state(uint256 id) private view returns (uint256) {
        return uint256(dao.state(id));
    }

    function _setByGovernance(bytes memory data) private {
        passAndExecute(propose(string.concat("set ", vm.toString(block.timestamp)), address(dao), data));
    }

    /// @dev What governance cannot do: the proposal passes and its execution fails.
    function _refusedByBounds(bytes memory data, string memory param, uint256 value, uint256 min, uint256 max) private {
        uint256 id = propose(string.concat(param, vm.toString(value)), address(dao), data);
        startVote(id);
        vote(alice, id, IN_FAVOUR);
        endVote(id);
        queue();
        vm.warp(block.timestamp + TIMELOCK_DELAY);
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.GovernanceOutOfRange.selector, param, value, min, max));
        execute();
    }

    // --- creation
    function test_constructor_refusesDelaysThatAreNone() external {
        DaoTerms memory t = terms();
        t.votingDelay = 0;
        bytes memory reason = abi.encodeWithSelector(DaoErrors.GovernanceOutOfRange.selector, "votingDelay", 0, 1, 14 days);
        assertRefused("Dao", abi.encode(t), reason);
        t.votingDelay = 15 days;
        reason = abi.encodeWithSelector(DaoErrors.GovernanceOutOfRange.selector, "votingDelay", 15 days, 0, 14 days);
        assertRefused("Dao", abi.encode(t), reason);
        reason = abi.encodeWithSelector(DaoErrors.GovernanceOutOfRange.selector, "delay", 0, 1, 30 days);
        assertRefused("Timelock", abi.encode(0, address(this)), reason);
        reason = abi.encodeWithSelector(DaoErrors.GovernanceOutOfRange.selector, "delay", 31 days, 1, 30 days);
        assertRefused("Timelock", abi.encode(31 days, address(this)), reason);
    }

    function test_constructor_fixesTheLeastThatGovernanceCanSet() external view {
        assertEq(dao.minVotingDelay(), VOTING_DELAY, "delay");
        assertEq(dao.minVotingPeriod(), VOTING_PERIOD, "period");
        assertEq(timelock.leastDelay(), TIMELOCK_DELAY, "timelock");
        assertEq(dao.quorum(block.timestamp - 1), QUORUM, "quorum");
        assertEq(dao.COUNTING_MODE(), "support=bravo,scam&quorum=for,abstain", "mode");
    }

    // --- proposals
    function test_propose_takesTheStake() external {
        uint256 before = token.balanceOf(proposer);
        uint256 id = proposeSomething("one");
        assertEq(before - token.balanceOf(proposer), STAKE, "taken");
        ProposalStake memory s = dao.stakeOf(id);
        assertEq(s.amount, STAKE, "staked");
        assertEq(s.weighedAt, block.timestamp - 1, "weighed before it was public");
        assertEq(_state(id), uint256(IGovernor.ProposalState.Pending), "pending");
    }

    function test_propose_revertsWithoutTheStake() external {
        address poor = account("poor");
        (targets, values, calldatas) = (new address[](1), new uint256[](1), new bytes[](1));
        vm.prank(poor);
        vm.expectRevert(SafeTransferLib.TransferFromFailed.selector);
        dao.propose(targets, values, calldatas, "poor");
    }

    function test_castVote_countsKindsApart() external {
        uint256 id = proposeSomething("kinds");
        startVote(id);
        vote(alice, id, IN_FAVOUR);
        vote(bob, id, AGAINST);
        vote(carol, id, SCAM);
        vote(proposer, id, ABSTAIN);
        Tally memory t = dao.tallyOf(id);
        assertEq(t.inFavour, 10_000_000e18, "for");
        assertEq(t.against, 5_000_000e18, "against");
        assertEq(t.scam, 3_000_000e18, "scam");
        assertEq(t.abstain, 1_000_000e18, "abstain");
        assertTrue(dao.hasVoted(id, alice) && !dao.hasVoted(id, guardian), "who voted");
    }

    function test_castVote_revertsTheSecondTimeAndForUnknownKinds() external {
        uint256 id = proposeSomething("twice");
        startVote(id);
        vote(alice, id, IN_FAVOUR);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorAlreadyCastVote.selector, alice));
        dao.castVote(id, AGAINST);
        vm.prank(bob);
        vm.expectRevert(IGovernor.GovernorInvalidVoteType.selector);
        dao.castVote(id, 4);
    }

    function test_proposal_passesAndIsExecutedThroughTheTimelock() external {
        uint256 id = proposeSomething("pass");
        passAndExecute(id);
        assertEq(_state(id), uint256(IGovernor.ProposalState.Executed), "executed");
        assertEq(dao.votingDelay(), 2 days, "what it said");
    }

    function test_proposal_isDefeatedByAgainstAndScamTogether() external {
        address dave = account("dave");
        give(dave, 2_500_000e18);
        vm.warp(block.timestamp + 1);
        uint256 id = proposeSomething("apart");
        startVote(id);
        vote(bob, id, IN_FAVOUR);
        vote(carol, id, AGAINST);
        vote(alice, id, ABSTAIN);
        endVote(id);
        assertEq(_state(id), uint256(IGovernor.ProposalState.Succeeded), "5 for, 3 against; abstentions count for neither");
        id = proposeSomething("together");
        startVote(id);
        vote(bob, id, IN_FAVOUR);
        vote(carol, id, AGAINST);
        vote(dave, id, SCAM);
        endVote(id);
        assertEq(_state(id), uint256(IGovernor.ProposalState.Defeated), "5 for, 3 against and 2.5 scam");
    }

    /// More than a third of all votes: it fails although more are for it.
    function test_proposal_isDefeatedWhenAThirdCallItAScam() external {
        uint256 id = proposeSomething("veto");
        startVote(id);
        vote(alice, id, IN_FAVOUR);
        vote(bob, id, SCAM);
        endVote(id);
        assertEq(_state(id), uint256(IGovernor.ProposalState.Succeeded), "exactly a third is not more than one");
        id = proposeSomething("veto 2");
        startVote(id);
        vote(alice, id, IN_FAVOUR);
        vote(bob, id, SCAM);
        vote(proposer, id, SCAM);
        endVote(id);
        assertEq(_state(id), uint256(IGovernor.ProposalState.Defeated), "more than a third is");
        uint256 supply = token.totalSupply();
        dao.returnStake(id);
        assertEq(supply - token.totalSupply(), STAKE, "burned");
    }

    function test_proposal_isDefeatedWithoutAQuorum() external {
        uint256 id = proposeSomething("quorum");
        startVote(id);
        vote(carol, id, IN_FAVOUR);
        endVote(id);
        assertEq(_state(id), uint256(IGovernor.ProposalState.Defeated), "3 of 100 are no quorum");
    }

    // --- stakes
    function test_returnStake_waitsForTheEndOfTheVote() external {
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.NothingStaked.selector, 1));
        dao.returnStake(1);
        uint256 id = proposeSomething("wait");
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.StakeLocked.selector, id));
        dao.returnStake(id);
        startVote(id);
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.StakeLocked.selector, id));
        dao.returnStake(id);
    }

    function _assertReturned(uint256 id, uint256 returned, uint256 kept, uint256 burned) private {
        (uint256 his, uint256 theirs, uint256 supply) =
            (token.balanceOf(proposer), token.balanceOf(address(timelock)), token.totalSupply());
        vm.expectEmit(address(dao));
        emit IDao.ProposalStakeReturned(id, proposer, returned, kept, burned);
        dao.returnStake(id);
        assertEq(token.balanceOf(proposer) - his, returned, "returned");
        assertEq(token.balanceOf(address(timelock)) - theirs, kept, "kept");
        assertEq(supply - token.totalSupply(), burned, "burned");
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.NothingStaked.selector, id));
        dao.returnStake(id);
    }

    function test_returnStake_givesAllBackOfWhatPassed() external {
        uint256 id = proposeSomething("passed");
        startVote(id);
        vote(alice, id, IN_FAVOUR);
        endVote(id);
        _assertReturned(id, STAKE, 0, 0);
    }

    function test_returnStake_givesAllBackOfAnHonestDefeat() external {
        uint256 id = proposeSomething("honest");
        startVote(id);
        vote(alice, id, AGAINST);
        vote(carol, id, SCAM);
        endVote(id);
        _assertReturned(id, STAKE, 0, 0);
    }

    function test_returnStake_keepsHalfWithoutAQuorum() external {
        uint256 id = proposeSomething("nobody cares");
        startVote(id);
        vote(carol, id, IN_FAVOUR);
        endVote(id);
        _assertReturned(id, STAKE / 2, STAKE / 2, 0);
    }

    /// Fewer than the quorum cannot have somebody's stake burned.
    function test_returnStake_doesNotBurnWithoutAQuorum() external {
        uint256 id = proposeSomething("few");
        startVote(id);
        vote(carol, id, SCAM);
        endVote(id);
        _assertReturned(id, STAKE / 2, STAKE / 2, 0);
    }

    function test_returnStake_burnsThatOfAScam() external {
        uint256 id = proposeSomething("scam");
        startVote(id);
        vote(bob, id, SCAM);
        vote(carol, id, IN_FAVOUR);
        endVote(id);
        _assertReturned(id, 0, 0, STAKE);
    }

    function test_returnStake_holdsThatOfACanceledOneUntilItsVoteWouldHaveBegun() external {
        uint256 id = proposeSomething("canceled");
        vm.prank(proposer);
        dao.cancel(targets, values, calldatas, keccak256(bytes(description)));
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.StakeLocked.selector, id));
        dao.returnStake(id);
        vm.warp(dao.proposalSnapshot(id));
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.StakeLocked.selector, id));
        dao.returnStake(id);
        vm.warp(block.timestamp + 1);
        _assertReturned(id, STAKE, 0, 0);
    }

    // --- scams
    function test_endScam_endsTheVoteInItsSecondHalf() external {
        uint256 id = proposeSomething("end");
        startVote(id);
        vote(alice, id, SCAM);
        uint256 from = dao.proposalSnapshot(id) + VOTING_PERIOD / 2;
        vm.warp(from - 1);
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.TooEarlyToEnd.selector, id, from));
        dao.endScam(id);
        vm.warp(from);
        vm.expectEmit(address(dao));
        emit IDao.ProposalEndedAsScam(id, 10_000_000e18, 10_000_000e18);
        dao.endScam(id);
        assertEq(_state(id), uint256(IGovernor.ProposalState.Defeated), "over");
        vm.prank(bob);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        dao.castVote(id, IN_FAVOUR);
        _assertReturned(id, 0, 0, STAKE);
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.TooEarlyToEnd.selector, id, from));
        dao.endScam(id);
    }

    function test_endScam_needsMoreThanHalfAndTheQuorum() external {
        uint256 id = proposeSomething("half");
        startVote(id);
        vote(carol, id, SCAM);
        vm.warp(dao.proposalSnapshot(id) + VOTING_PERIOD / 2);
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.NotAScam.selector, id, 3_000_000e18, 3_000_000e18, QUORUM));
        dao.endScam(id);
        vote(proposer, id, SCAM);
        vote(bob, id, IN_FAVOUR);
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.NotAScam.selector, id, 4_000_000e18, 9_000_000e18, QUORUM));
        dao.endScam(id);
    }

    // --- rewards
    function test_reward_paysOnceForWhatWasExecuted() external {
        uint256 id = proposeSomething("reward");
        vm.prank(alice);
        dao.fundRewards(1_000e18);
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.NothingToReward.selector, id));
        dao.reward(id);
        passAndExecute(id);
        uint256 before = token.balanceOf(proposer);
        vm.expectEmit(address(dao));
        emit IDao.ProposalRewarded(id, proposer, 500e18);
        assertEq(dao.reward(id), 500e18, "a twentieth of the stake");
        assertEq(token.balanceOf(proposer) - before, 500e18, "paid");
        assertEq(dao.rewardFund(), 500e18, "fund");
        assertEq(dao.rewardsLeft(), 49_500e18, "month");
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.NothingToReward.selector, id));
        dao.reward(id);
    }

    /// Whoever calls it: it is paid whole, or later, never in part.
    function test_reward_waitsForMoney() external {
        uint256 id = proposeSomething("money");
        passAndExecute(id);
        vm.prank(alice);
        dao.fundRewards(499e18);
        uint256 next = (block.timestamp / 30 days + 1) * 30 days;
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.RewardsSpent.selector, next));
        dao.reward(id);
        vm.prank(alice);
        dao.fundRewards(1e18);
        dao.reward(id);
    }

    function test_fundRewards_revertsForNothing() external {
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        dao.fundRewards(0);
    }

    // --- parameters
    function test_params_haveBounds() external {
        _refusedByBounds(abi.encodeCall(dao.setVotingDelay, (1 days - 1)), "votingDelay", 1 days - 1, 1 days, 14 days);
        _refusedByBounds(abi.encodeCall(dao.setVotingPeriod, (7 days - 1)), "votingPeriod", 7 days - 1, 7 days, 30 days);
        _refusedByBounds(
            abi.encodeCall(dao.setProposalThreshold, (10_000_000e18 + 1)),
            "proposalThreshold",
            10_000_000e18 + 1,
            0,
            10_000_000e18
        );
        _refusedByBounds(abi.encodeCall(dao.updateQuorumNumerator, (0)), "quorum", 0, 1, 20);
        _refusedByBounds(abi.encodeCall(dao.updateQuorumNumerator, (21)), "quorum", 21, 1, 20);
    }

    function test_daoParams_haveBounds() external {
        uint256[3] memory max = [uint256(1_000_000e18), 10_000, 1_000_000e18];
        string[3] memory names = ["proposalStake", "rewardBps", "rewardCeiling"];
        for (uint256 i = 0; i < 3; ++i) {
            bytes memory data = abi.encodeCall(dao.setDaoParam, (DaoParam(i), max[i] + 1));
            _refusedByBounds(data, names[i], max[i] + 1, i == 0 ? 1e18 : 0, max[i]);
        }
    }

    function test_daoParams_areSetByGovernance() external {
        _setByGovernance(abi.encodeCall(dao.setDaoParam, (DaoParam.ProposalStake, 20_000e18)));
        assertEq(dao.daoParam(DaoParam.ProposalStake), 20_000e18, "stake");
        uint256 before = token.balanceOf(proposer);
        proposeSomething("dearer");
        assertEq(before - token.balanceOf(proposer), 20_000e18, "taken");
    }

    function test_daoParams_revertForOthers() external {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, address(this)));
        dao.setDaoParam(DaoParam.ProposalStake, 1e18);
    }

    function test_timelock_boundsItsDelay() external {
        vm.expectRevert(abi.encodeWithSelector(TimelockController.TimelockUnauthorizedCaller.selector, address(this)));
        timelock.updateDelay(5 days);
        vm.prank(address(timelock));
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.GovernanceOutOfRange.selector, "delay", 2 days - 1, 2 days, 30 days));
        timelock.updateDelay(2 days - 1);
        passAndExecute(propose("longer", address(timelock), abi.encodeCall(timelock.updateDelay, (5 days))));
        assertEq(timelock.getMinDelay(), 5 days, "set");
    }
}
