// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {IDao, DaoParam} from "../../../network/interfaces/IDao.sol";
import {DaoErrors} from "../../../network/libraries/DaoErrors.sol";
import {EmissionErrors} from "../../../network/libraries/EmissionErrors.sol";
import {DaoTest} from "../../base/network/DaoTest.sol";

/// @notice The last second, the last vote and the highest value that governance allows.
contract DaoBordersTest is DaoTest {
    function setUp() external {
        found();
    }

    function _setByGovernance(bytes memory data) private {
        passAndExecute(propose(string.concat("set ", vm.toString(block.timestamp)), address(dao), data));
    }

    function test_daoParams_mayBeTheHighest() external {
        _setByGovernance(abi.encodeCall(dao.setDaoParam, (DaoParam.RewardBps, 10_000)));
        assertEq(dao.daoParam(DaoParam.RewardBps), 10_000, "a reward as large as the stake");
        _setByGovernance(abi.encodeCall(dao.setDaoParam, (DaoParam.ProposalStake, 1e18)));
        assertEq(dao.daoParam(DaoParam.ProposalStake), 1e18, "a stake of one token");
    }

    /// A hundredth of the supply: who has less cannot propose.
    function test_proposalThreshold_mayBeTheHighest() external {
        _setByGovernance(abi.encodeCall(dao.setProposalThreshold, (10_000_000e18)));
        assertEq(dao.proposalThreshold(), 10_000_000e18, "set");
        (uint256 votes, bytes4 reason) = (token.getVotes(proposer), IGovernor.GovernorInsufficientProposerVotes.selector);
        vm.prank(proposer);
        vm.expectRevert(abi.encodeWithSelector(reason, proposer, votes, 10_000_000e18));
        dao.propose(targets, values, calldatas, "too few");
    }

    function test_timelock_mayHaveTheLongestDelay() external {
        deployBuilt("Timelock", abi.encode(30 days, address(this)));
        vm.startPrank(address(timelock));
        timelock.updateDelay(30 days);
        assertEq(timelock.getMinDelay(), 30 days, "longest");
        timelock.updateDelay(TIMELOCK_DELAY);
        assertEq(timelock.getMinDelay(), TIMELOCK_DELAY, "shortest");
    }

    /// 420 million are for the emission.
    function test_token_mayStartWithAllThatTheEmissionLeaves() external {
        uint256 max = 580_000_000e18;
        deployBuilt("NetworkToken", abi.encode(address(this), max));
        bytes memory reason = abi.encodeWithSelector(EmissionErrors.SupplyAboveCap.selector, max + 1, max);
        assertRefused("NetworkToken", abi.encode(address(this), max + 1), reason);
    }

    /// Half of an odd time is rounded down.
    function test_endScam_fromTheMiddleOfAnOddPeriod() external {
        _setByGovernance(abi.encodeCall(dao.setVotingPeriod, (7 days + 1)));
        uint256 id = proposeSomething("odd");
        startVote(id);
        vote(alice, id, SCAM);
        vm.warp(dao.proposalSnapshot(id) + 7 days / 2);
        dao.endScam(id);
        assertTrue(dao.state(id) == IGovernor.ProposalState.Defeated, "over");
    }

    /// Half of the votes are not more than half.
    function test_endScam_notWithHalfOfTheVotes() external {
        address dave = account("dave");
        give(dave, 1_000_000e18);
        vm.warp(block.timestamp + 1);
        uint256 id = proposeSomething("half");
        startVote(id);
        vote(bob, id, SCAM);
        vote(carol, id, IN_FAVOUR);
        vote(proposer, id, ABSTAIN);
        vote(dave, id, AGAINST);
        vm.warp(dao.proposalSnapshot(id) + VOTING_PERIOD / 2);
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.NotAScam.selector, id, 5_000_000e18, 10_000_000e18, QUORUM));
        dao.endScam(id);
    }

    function test_endScam_withExactlyTheQuorum() external {
        uint256 id = proposeSomething("quorum");
        startVote(id);
        vote(carol, id, SCAM);
        vote(proposer, id, SCAM);
        vm.warp(dao.proposalSnapshot(id) + VOTING_PERIOD / 2);
        vm.expectEmit(address(dao));
        emit IDao.ProposalEndedAsScam(id, QUORUM, QUORUM);
        dao.endScam(id);
    }

    /// While proposals earn nothing, none is marked as paid: what governance decides later is paid then.
    function test_reward_ofNothingIsRefused() external {
        _setByGovernance(abi.encodeCall(dao.setDaoParam, (DaoParam.RewardBps, 0)));
        uint256 id = proposeSomething("free");
        passAndExecute(id);
        vm.expectRevert(abi.encodeWithSelector(DaoErrors.NothingToReward.selector, id));
        dao.reward(id);
        assertTrue(!dao.stakeOf(id).rewarded, "not rewarded");
    }
}
