// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AlliancePhase, IAlliance, Verdict, Vote} from "../../../network/interfaces/IAlliance.sol";
import {AllianceErrors} from "../../../network/libraries/AllianceErrors.sol";
import {Seat} from "../../../network/libraries/ScoreVoting.sol";
import {VotingErrors} from "../../../network/libraries/VotingErrors.sol";
import {Vm} from "../../base/Vm.sol";
import {AllianceBase} from "../../base/network/AllianceBase.sol";

/// @notice Rounds of an alliance of eight: what each phase takes, until when, and what each end does.
contract AllianceRoundsTest is AllianceBase {
    bytes32 private constant SEED = keccak256("seed");
    uint256 private constant STAKE = MIN_STAKE * 3 / 2;

    function setUp() external {
        startAlliance(8);
    }

    function test_round_acceptedModelBecomesTheGlobalOne() external {
        drawRound(SEED);
        contributeAll();
        Vote memory vote = yes("model 1");
        commitAll(vote);
        revealAll(vote);
        assertEq(now_().model, keccak256("model 1"), "model");
        assertTrue(now_().phase == AlliancePhase.Idle && now_().round == 2, "next round");
        assertEq(now_().until, block.timestamp + REST, "rest");
        assertTrue(alliance.roundOf(id, 1).verdict == Verdict.Accepted, "verdict");
        // Eight of equal stake and equal merit share a twentieth of the pool.
        uint256 pot = uint256(POOL) / 20;
        for (uint256 i = 0; i < 8; ++i) {
            assertEq(alliance.earnedOf(id, nodes[i]), pot / 8, "earned");
            assertEq(stakeIn(nodes[i]), STAKE, "stake");
        }
        assertEq(now_().pool, POOL - pot, "pool");
    }

    function test_round_rejectedModelLeavesThePreviousOne() external {
        drawRound(SEED);
        contributeAll();
        commitAll(no("worse"));
        revealAll(no("worse"));
        assertEq(now_().model, FIRST_MODEL, "model");
        assertTrue(alliance.roundOf(id, 1).verdict == Verdict.Rejected, "verdict");
        for (uint256 seat = 0; seat < 4; ++seat) {
            address p = _proposerOf(1, seat);
            assertEq(stakeIn(p), STAKE - penaltyOf(STAKE, OUTLIER_BPS), "proposers of what was found worse lose");
            assertEq(alliance.earnedOf(id, p), 0, "and earn nothing");
            assertEq(alliance.earnedOf(id, _voterOf(1, seat)), uint256(POOL) / 20 / 8, "voters earn no more for it");
        }
    }

    /// A rejected round in which voters tell one bad contribution from three good ones.
    function test_round_rejectedCostsOnlyWhoseContributionWasNotApproved() external {
        drawRound(SEED);
        contributeAll();
        Vote memory vote = no("worse");
        vote.approved = 7;
        commitAll(vote);
        revealAll(vote);
        for (uint256 seat = 0; seat < 4; ++seat) {
            uint256 lost = seat == 3 ? penaltyOf(STAKE, OUTLIER_BPS) : 0;
            assertEq(stakeIn(_proposerOf(1, seat)), STAKE - lost, "stake");
        }
    }

    function test_round_acceptedCostsWhoseContributionWasNotApproved() external {
        drawRound(SEED);
        contributeAll();
        Vote memory vote = yes("model 1");
        vote.approved = 14;
        commitAll(vote);
        revealAll(vote);
        assertEq(stakeIn(_proposerOf(1, 0)), STAKE - penaltyOf(STAKE, OUTLIER_BPS), "stake");
        assertEq(alliance.earnedOf(id, _proposerOf(1, 0)), 0, "no reward");
        assertEq(alliance.earnedOf(id, _proposerOf(1, 1)), uint256(POOL) / 20 / 8, "nobody gains by it");
    }

    function test_round_minorityVoterLosesALittle() external {
        drawRound(SEED);
        contributeAll();
        Vote memory vote = yes("model 1");
        for (uint256 seat = 0; seat < 4; ++seat) {
            commitVote(seat, seat == 2 ? no("model 1") : vote);
        }
        alliance.advance(id);
        for (uint256 seat = 0; seat < 4; ++seat) {
            revealVote(seat, seat == 2 ? no("model 1") : vote);
        }
        alliance.advance(id);
        assertEq(now_().model, keccak256("model 1"), "model");
        address odd = _voterOf(1, 2);
        assertEq(stakeIn(odd), STAKE - penaltyOf(STAKE, OUTLIER_BPS), "stake");
        assertEq(alliance.earnedOf(id, odd), 0, "no reward");
        assertEq(alliance.earnedOf(id, _voterOf(1, 0)), uint256(POOL) / 20 / 8, "nobody gains by it");
        assertEq(now_().pool, POOL - uint256(POOL) / 20 * 7 / 8, "its part stays in the pool");
    }

    function test_round_anotherDigestIsTheMinorityToo() external {
        drawRound(SEED);
        contributeAll();
        for (uint256 seat = 0; seat < 4; ++seat) {
            commitVote(seat, yes(seat == 0 ? "made up" : "model 1"));
        }
        alliance.advance(id);
        for (uint256 seat = 0; seat < 4; ++seat) {
            revealVote(seat, yes(seat == 0 ? "made up" : "model 1"));
        }
        alliance.advance(id);
        assertEq(now_().model, keccak256("model 1"), "model");
        assertEq(stakeIn(_voterOf(1, 0)), STAKE - penaltyOf(STAKE, OUTLIER_BPS), "stake");
    }

    /// A voter who saw one of four contributions otherwise is paid three quarters of what the others are.
    function test_round_rewardFollowsCloseness() external {
        drawRound(SEED);
        contributeAll();
        Vote memory odd = yes("model 1");
        odd.approved = 14;
        for (uint256 seat = 0; seat < 4; ++seat) {
            commitVote(seat, seat == 1 ? odd : yes("model 1"));
        }
        alliance.advance(id);
        for (uint256 seat = 0; seat < 4; ++seat) {
            revealVote(seat, seat == 1 ? odd : yes("model 1"));
        }
        alliance.advance(id);
        uint256 whole = alliance.earnedOf(id, _voterOf(1, 0));
        assertNear(alliance.earnedOf(id, _voterOf(1, 1)), whole * 3 / 4, 1, "three quarters");
    }

    // --- strikes
    function test_strikes_halvePayUntilOneIsRightInTheSameRole() external {
        address odd = _oddVoter(1);
        _assertStrikes(odd, 0, 1);
        bool mended = false;
        for (uint256 i = 2; !mended; ++i) {
            uint256 before = alliance.earnedOf(id, odd);
            uint256 whole = _partOf(odd);
            mended = _playHonestRound(i, odd);
            assertNear(alliance.earnedOf(id, odd) - before, whole / 2, 1, "half, in either role");
            // One vote with the majority clears it, no contribution does.
            _assertStrikes(odd, 0, mended ? 0 : 1);
        }
        uint256 earned = alliance.earnedOf(id, odd);
        uint256 last = _partOf(odd);
        _playHonestRound(50, odd);
        assertNear(alliance.earnedOf(id, odd) - earned, last, 1, "whole again");
    }

    function test_strikes_areSaidAndAtMostFour() external {
        address odd = nodes[0];
        uint256 struck = 0;
        for (uint256 i = 1; struck < 6; ++i) {
            if (_playRoundAgainst(i, odd)) ++struck;
            _assertStrikes(odd, 0, struck < 4 ? struck : 4);
        }
    }

    function test_strikes_comeFromMissedAndDisapprovedContributions() external {
        drawRound(SEED);
        for (uint256 seat = 1; seat < 4; ++seat) {
            contribute(seat);
        }
        vm.warp(now_().until);
        alliance.advance(id);
        Vote memory vote = yes("model 1");
        vote.approved = 12;
        for (uint256 seat = 0; seat < 3; ++seat) {
            commitVote(seat, vote);
        }
        vm.warp(now_().until);
        alliance.advance(id);
        for (uint256 seat = 0; seat < 2; ++seat) {
            revealVote(seat, vote);
        }
        vm.warp(now_().until);
        vm.expectEmit(address(alliance));
        emit IAlliance.Struck(id, 1, proposer(0), 1);
        vm.expectEmit(address(alliance));
        emit IAlliance.Struck(id, 1, proposer(1), 1);
        vm.expectEmit(address(alliance));
        emit IAlliance.Struck(id, 1, voter(2), 1 << 8);
        vm.expectEmit(address(alliance));
        emit IAlliance.Struck(id, 1, voter(3), 1 << 8);
        alliance.advance(id);
        _assertStrikes(_proposerOf(1, 0), 1, 0);
        _assertStrikes(_proposerOf(1, 1), 1, 0);
        _assertStrikes(_proposerOf(1, 2), 0, 0);
        _assertStrikes(_voterOf(1, 0), 0, 0);
        _assertStrikes(_voterOf(1, 2), 0, 1);
        _assertStrikes(_voterOf(1, 3), 0, 1);
    }

    function test_strikes_noneWithoutAVerdict() external {
        drawRound(SEED);
        contributeAll();
        for (uint256 seat = 0; seat < 4; ++seat) {
            commitVote(seat, seat < 2 ? yes("model 1") : no("model 1"));
        }
        alliance.advance(id);
        for (uint256 seat = 0; seat < 4; ++seat) {
            revealVote(seat, seat < 2 ? yes("model 1") : no("model 1"));
        }
        alliance.advance(id);
        for (uint256 i = 0; i < 8; ++i) {
            _assertStrikes(nodes[i], 0, 0);
        }
    }

    // --- deadlines
    function test_contribute_boundsWhoWhenAndHowOften() external {
        drawRound(SEED);
        address first = proposer(0);
        address second = proposer(1);
        vm.prank(second);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.NotProposer.selector, second, 0));
        alliance.contribute(id, 0, SEED);
        vm.prank(first);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.NotProposer.selector, first, 9));
        alliance.contribute(id, 9, SEED);
        vm.prank(first);
        vm.expectRevert(AllianceErrors.AllianceDigestZero.selector);
        alliance.contribute(id, 0, 0);
        contribute(0);
        assertEq(alliance.contributionOf(id, 1, 0), keccak256(abi.encode("contribution", 1, 0)), "kept");
        vm.prank(first);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.AlreadyContributed.selector, 0));
        alliance.contribute(id, 0, SEED);
        uint256 until = now_().until;
        vm.warp(until);
        vm.prank(second);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.PhaseOver.selector, AlliancePhase.Contributing, until));
        alliance.contribute(id, 1, SEED);
    }

    function test_advance_waitsForDeadlinesOrForEverybody() external {
        drawRound(SEED);
        _assertRunning(AlliancePhase.Contributing);
        contribute(0);
        _assertRunning(AlliancePhase.Contributing);
        vm.warp(now_().until);
        alliance.advance(id);
        Vote memory vote = yes("model 1");
        commitVote(0, vote);
        _assertRunning(AlliancePhase.Committing);
        vm.warp(now_().until);
        alliance.advance(id);
        _assertRunning(AlliancePhase.Revealing);
        // The only one who committed.
        revealVote(0, vote);
        alliance.advance(id);
        assertTrue(now_().phase == AlliancePhase.Idle, "idle");
        _assertRunning(AlliancePhase.Idle);
    }

    function test_commit_boundsWhoWhenAndHowOften() external {
        drawRound(SEED);
        address who = voter(0);
        vm.prank(who);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.AllianceInPhase.selector, id, AlliancePhase.Contributing));
        alliance.commitVote(id, 0, SEED);
        contributeAll();
        address stranger = proposer(0);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.NotSeated.selector, stranger, 0));
        alliance.commitVote(id, 0, SEED);
        vm.prank(who);
        vm.expectRevert(VotingErrors.CommitmentZero.selector);
        alliance.commitVote(id, 0, 0);
        commitVote(0, yes("model 1"));
        vm.prank(who);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.AlreadyCommitted.selector, 0));
        alliance.commitVote(id, 0, SEED);
        uint256 until = now_().until;
        vm.warp(until);
        who = voter(1);
        vm.prank(who);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.PhaseOver.selector, AlliancePhase.Committing, until));
        alliance.commitVote(id, 1, SEED);
    }

    function test_reveal_takesWhatWasCommittedOnce() external {
        drawRound(SEED);
        contributeAll();
        Vote memory vote = yes("model 1");
        commitAll(vote);
        address who = voter(0);
        Vote memory other = no("model 1");
        bytes32 given = alliance.commitmentOf(id, 1, who, other, saltOf(who));
        bytes32 committed = alliance.commitmentOf(id, 1, who, vote, saltOf(who));
        vm.prank(who);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.CommitmentMismatch.selector, given, committed));
        alliance.revealVote(id, 0, other, saltOf(who));
        revealVote(0, vote);
        vm.prank(who);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.AlreadyRevealed.selector, 0));
        alliance.revealVote(id, 0, vote, saltOf(who));
        assertEq(alliance.voteOf(id, 1, 0).digest, keccak256("model 1"), "kept");
        uint256 until = now_().until;
        vm.warp(until);
        who = voter(1);
        vm.prank(who);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.PhaseOver.selector, AlliancePhase.Revealing, until));
        alliance.revealVote(id, 1, vote, saltOf(who));
    }

    function test_reveal_refusesVotesThatSayNothing() external {
        drawRound(SEED);
        contribute(0);
        vm.warp(now_().until);
        alliance.advance(id);
        commitAll(yes("model 1"));
        address who = voter(0);
        Vote[4] memory wrong = [yes("model 1"), yes("model 1"), yes("model 1"), yes("model 1")];
        wrong[0].score = 0;
        wrong[1].score = 2;
        wrong[2].digest = 0;
        wrong[3].approved = 3; // of a contribution that never came
        for (uint256 i = 0; i < 4; ++i) {
            vm.prank(who);
            vm.expectRevert(AllianceErrors.VoteInvalid.selector);
            alliance.revealVote(id, 0, wrong[i], saltOf(who));
        }
    }

    // --- ends without a verdict
    function test_round_withoutContributionsCostsProposersAndPaysNobody() external {
        drawRound(SEED);
        address voter0 = voter(0);
        vm.warp(now_().until);
        alliance.advance(id);
        assertTrue(now_().phase == AlliancePhase.Idle && now_().round == 2, "over");
        assertEq(stakeIn(_proposerOf(1, 0)), STAKE - penaltyOf(STAKE, PENALTY_BPS), "proposers");
        assertEq(stakeIn(voter0), STAKE, "voters had nothing to vote on");
        assertEq(now_().pool, POOL, "pool");
        assertEq(alliance.potOf(id), uint256(POOL) / 19, "the others get what it did not pay");
    }

    function test_round_withoutCommitmentsCostsVoters() external {
        drawRound(SEED);
        contributeAll();
        vm.warp(now_().until);
        alliance.advance(id);
        assertTrue(now_().round == 2, "over");
        assertEq(stakeIn(_voterOf(1, 0)), STAKE - penaltyOf(STAKE, PENALTY_BPS), "voters");
        assertEq(stakeIn(_proposerOf(1, 0)), STAKE, "proposers did what they should");
    }

    function test_round_withoutRevealsCostsVoters() external {
        drawRound(SEED);
        contributeAll();
        commitAll(yes("model 1"));
        vm.warp(now_().until);
        alliance.advance(id);
        assertEq(stakeIn(_voterOf(1, 3)), STAKE - penaltyOf(STAKE, PENALTY_BPS), "voters");
        assertEq(now_().model, FIRST_MODEL, "model");
    }

    /// One of four voters is heard: less than half of the weight decides nothing, and nobody is an outlier.
    function test_round_withoutAQuorumDecidesNothing() external {
        drawRound(SEED);
        contributeAll();
        Vote memory vote = no("worse");
        commitVote(0, vote);
        vm.warp(now_().until);
        alliance.advance(id);
        revealVote(0, vote);
        alliance.advance(id);
        assertTrue(alliance.roundOf(id, 1).verdict == Verdict.Undecided, "undecided");
        assertEq(stakeIn(_proposerOf(1, 0)), STAKE, "proposers");
        assertEq(stakeIn(_voterOf(1, 0)), STAKE, "who was heard");
        assertEq(stakeIn(_voterOf(1, 1)), STAKE - penaltyOf(STAKE, PENALTY_BPS), "who was not");
        assertEq(now_().pool, POOL, "nobody is paid");
    }

    // --- draws
    function test_draw_partitionsTheParticipants() external {
        drawRound(SEED);
        uint256 seen = 0;
        for (uint256 seat = 0; seat < 4; ++seat) {
            for (uint256 i = 0; i < 8; ++i) {
                if (nodes[i] == proposer(seat) || nodes[i] == voter(seat)) seen |= 1 << i;
            }
        }
        assertEq(seen, 255, "each of the eight has one seat");
    }

    /// Who may be drawn, and who has which seat, is what the contract says, and what it keeps.
    function test_draw_saysWhoWasDrawnOfWhom() external {
        vm.recordLogs();
        drawRound(SEED);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs[0].topics[0], IAlliance.RoundFrozen.selector, "frozen");
        (, address[] memory accounts, uint256[] memory weights) = abi.decode(logs[0].data, (uint64, address[], uint256[]));
        for (uint256 i = 0; i < 8; ++i) {
            assertEq(accounts[i], nodes[i], "candidate");
            assertEq(weights[i], stakes.weightOf(keyIn(nodes[i])), "weight");
        }
        Vm.Log memory last = logs[logs.length - 1];
        assertEq(last.topics[0], IAlliance.RolesDrawn.selector, "drawn");
        (bytes32 seed, address[] memory first, address[] memory second,) =
            abi.decode(last.data, (bytes32, address[], address[], uint40));
        assertEq(seed, SEED, "seed");
        for (uint256 seat = 0; seat < 4; ++seat) {
            assertEq(first[seat], proposer(seat), "proposer");
            assertEq(second[seat], voter(seat), "voter");
        }
    }

    function test_draw_waitsForTheBeacon() external {
        alliance.advance(id);
        uint256 until = now_().until;
        vm.warp(oracle.timeOf(now_().beaconRound) + 1);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.PhaseRunning.selector, AlliancePhase.Drawing, until));
        alliance.advance(id);
        vm.warp(until);
        alliance.advance(id);
        assertTrue(now_().phase == AlliancePhase.Idle && now_().round == 1, "the same round again");
        vm.warp(block.timestamp + REST);
        drawRound(SEED);
    }

    function test_advance_refusesUnknownAndFinished() external {
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.UnknownAlliance.selector, 7));
        alliance.advance(7);
        vm.warp(now_().until + 30 days);
        alliance.advance(id);
        assertTrue(now_().phase == AlliancePhase.Finished, "nothing happened for a month");
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.AllianceFinished.selector, id));
        alliance.advance(id);
    }

    function test_rounds_endAtTheLast() external {
        for (uint256 i = 1; i <= 20; ++i) {
            playAllianceRound(keccak256(abi.encode(i)), Vote(keccak256(abi.encode("model", i)), 1, 15, 2, 1));
        }
        assertTrue(now_().phase == AlliancePhase.Finished, "finished");
        assertEq(now_().model, keccak256(abi.encode("model", uint256(20))), "model");
        uint256 earned = 0;
        for (uint256 i = 0; i < 8; ++i) {
            earned += alliance.earnedOf(id, nodes[i]);
        }
        assertNear(earned, POOL, 8 * 20, "all of the pool, but for what divisions leave");
    }

    /// @dev A round in which one voter finds worse what all others find better. @return odd that voter.
    function _oddVoter(uint256 salt) private returns (address odd) {
        drawRound(keccak256(abi.encode(salt)));
        odd = voter(0);
        _finishAgainst(odd);
    }

    /// @return whether `odd` was a voter.
    function _playRoundAgainst(uint256 salt, address odd) private returns (bool) {
        drawRound(keccak256(abi.encode(salt)));
        return _finishAgainst(odd);
    }

    function _playHonestRound(uint256 salt, address who) private returns (bool votes) {
        uint32 round = now_().round;
        playAllianceRound(keccak256(abi.encode(salt)), Vote(keccak256(abi.encode("model", salt)), 1, 15, 2, 1));
        for (uint256 seat = 0; seat < 4; ++seat) {
            votes = votes || _voterOf(round, seat) == who;
        }
    }

    function _finishAgainst(address odd) private returns (bool voted) {
        contributeAll();
        for (uint256 seat = 0; seat < 4; ++seat) {
            voted = voted || voter(seat) == odd;
            commitVote(seat, voter(seat) == odd ? no("model") : yes("model"));
        }
        alliance.advance(id);
        for (uint256 seat = 0; seat < 4; ++seat) {
            revealVote(seat, voter(seat) == odd ? no("model") : yes("model"));
        }
        alliance.advance(id);
        vm.warp(block.timestamp + REST);
    }

    /// @dev Of the next pot, by stake.
    function _partOf(address who) private view returns (uint256) {
        uint256 all = 0;
        for (uint256 i = 0; i < 8; ++i) {
            all += stakeIn(nodes[i]);
        }
        return alliance.potOf(id) * stakeIn(who) / all;
    }

    function _assertStrikes(address who, uint256 work, uint256 votes) private view {
        uint256 strikes = alliance.strikesOf(id, who);
        assertEq(uint8(strikes), work, "as a proposer");
        assertEq(strikes >> 8, votes, "as a voter");
    }

    function _proposerOf(uint32 round, uint256 seat) private view returns (address) {
        (Seat[] memory seats,) = alliance.seatsOf(id, round);
        return seats[seat].voter;
    }

    function _voterOf(uint32 round, uint256 seat) private view returns (address) {
        (, Seat[] memory seats) = alliance.seatsOf(id, round);
        return seats[seat].voter;
    }

    function _assertRunning(AlliancePhase phase) private {
        bytes memory refusal = abi.encodeWithSelector(AllianceErrors.PhaseRunning.selector, phase, now_().until);
        vm.expectRevert(refusal);
        alliance.advance(id);
    }
}
