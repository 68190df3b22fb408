// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AlliancePhase, AllianceTerms, IAlliance, Verdict, Vote} from "../../../network/interfaces/IAlliance.sol";
import {Docket} from "../../../network/interfaces/IAllianceRules.sol";
import {Reason} from "../../../network/interfaces/IStakeManager.sol";
import {AllianceErrors} from "../../../network/libraries/AllianceErrors.sol";
import {Roles} from "../../../network/libraries/Roles.sol";
import {Seat} from "../../../network/libraries/ScoreVoting.sol";
import {VotingErrors} from "../../../network/libraries/VotingErrors.sol";
import {AllianceBase} from "../../base/network/AllianceBase.sol";

/// @notice Attacks of CONTRACTS.md 3 on alliances, and every lesson of the audits of FLock's (SEED-SYSTEMS.md 2.8).
contract AllianceAttackTest is AllianceBase {
    uint256 private constant STAKE = MIN_STAKE * 3 / 2;

    function setUp() external {
        startAlliance(8);
    }

    // --- 34: grinding
    /// Attack 34: nobody joins once the draw is bound to a round of the beacon, however much it stakes.
    function test_attack_34_nobodyJoinsWhoCouldKnowTheSeed() external {
        alliance.advance(id);
        address late = account("late");
        stake(late, Roles.ALLIANCE, 1_000 * STAKE);
        vm.prank(late);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.AllianceInPhase.selector, id, AlliancePhase.Drawing));
        alliance.join(id, PEER_KEY, BINDING);
    }

    /// Attack 34: the round is due after the freeze by more than the margin, so nobody knows it when stakes are frozen.
    function testFuzz_attack_34_theBeaconIsDueAfterTheFreeze(uint32 wait) external {
        vm.warp(block.timestamp + wait % 10 days);
        uint256 frozenAt = block.timestamp;
        alliance.advance(id);
        assertTrue(oracle.timeOf(now_().beaconRound) > frozenAt + MARGIN, "too early");
    }

    /// Attack 34: stake that comes after the freeze weighs nothing in the draw.
    function test_attack_34_stakeAfterTheFreezeChangesNothing() external {
        uint256 snapshot = vm.snapshotState();
        drawRound("seed");
        bytes32 drawn = _seatsHash();
        vm.revertToState(snapshot);
        alliance.advance(id);
        stake(nodes[5], Roles.ALLIANCE, 500 * STAKE);
        uint64 beaconRound = now_().beaconRound;
        vm.warp(oracle.timeOf(beaconRound));
        oracle.set(beaconRound, "seed");
        alliance.advance(id);
        assertEq(_seatsHash(), drawn, "the same seats and weights");
    }

    /// Attack 35 and the audit's "no caller-supplied seed": whoever advances, whenever, draws the same.
    function testFuzz_attack_35_nobodyPicksTheDraw(uint32 wait, address caller) external {
        uint256 snapshot = vm.snapshotState();
        drawRound("seed");
        bytes32 drawn = _seatsHash();
        vm.revertToState(snapshot);
        alliance.advance(id);
        uint64 beaconRound = now_().beaconRound;
        vm.warp(oracle.timeOf(beaconRound) + wait % 13 days);
        oracle.set(beaconRound, "seed");
        vm.prank(caller);
        alliance.advance(id);
        assertEq(_seatsHash(), drawn, "the same seats");
    }

    /// Attack 35: a draw whose beacon is known is not given up, not even after its time-out: there is no second try.
    function test_attack_35_aKnownBeaconIsFinal() external {
        alliance.advance(id);
        uint64 beaconRound = now_().beaconRound;
        oracle.set(beaconRound, "seed");
        vm.warp(now_().until + 1);
        alliance.advance(id);
        assertTrue(now_().phase == AlliancePhase.Contributing, "drawn");
    }

    // --- 27: escape
    /// Attack 27: a proposer that takes its stake out in the middle of a round is penalised all the same.
    function test_attack_27_unstakingBeforeThePenaltyDoesNotHelp() external {
        drawRound("seed");
        address runner = proposer(0);
        vm.prank(runner);
        stakes.unstake(Roles.ALLIANCE, task, STAKE);
        vm.warp(now_().until);
        alliance.advance(id);
        uint256 lost = penaltyOf(STAKE, PENALTY_BPS);
        assertEq(stakes.slashableOf(keyIn(runner)), STAKE - lost, "slashed while thawing");
        vm.warp(now_().until);
        alliance.advance(id);
        assertEq(now_().participants, 7, "and let go");
    }

    /// Attack 29: whoever misses its duty and settles the round itself, as its own reporter, loses.
    function test_attack_29_reportingOneselfIsALoss() external {
        drawRound("seed");
        address who = proposer(0);
        vm.warp(now_().until);
        uint256 before = stakeIn(who) + stakes.earnedOf(who);
        vm.prank(who);
        alliance.advance(id);
        // Four proposers were silent; it reports all of them, and gains a tenth of each: its own loss is larger than all that.
        uint256 lost = penaltyOf(STAKE, PENALTY_BPS);
        assertEq(stakeIn(who) + stakes.earnedOf(who), before - lost + 4 * (lost / 10), "a tenth of four");
        assertTrue(stakeIn(who) + stakes.earnedOf(who) < before, "a loss");
    }

    // --- 38: copies
    function test_attack_38_aCopiedVoteCannotBeOpened() external {
        drawRound("seed");
        contributeAll();
        Vote memory vote = yes("model 1");
        (address owner, address thief) = (voter(0), voter(1));
        bytes32 commitment = alliance.commitmentOf(id, 1, owner, vote, saltOf(owner));
        vm.prank(owner);
        alliance.commitVote(id, 0, commitment);
        vm.prank(thief);
        alliance.commitVote(id, 1, commitment);
        vm.warp(now_().until);
        alliance.advance(id);
        revealVote(0, vote);
        bytes32 given = alliance.commitmentOf(id, 1, thief, vote, saltOf(owner));
        bytes32 salt = saltOf(owner);
        vm.prank(thief);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.CommitmentMismatch.selector, given, commitment));
        alliance.revealVote(id, 1, vote, salt);
    }

    /// Attack 38: a commitment of one round opens nothing in the next, and none of one alliance in another.
    function test_attack_38_commitmentsAreOfOneRoundAndAlliance() external view {
        Vote memory vote = no("model 1");
        bytes32 one = alliance.commitmentOf(id, 1, nodes[0], vote, "salt");
        assertTrue(one != alliance.commitmentOf(id, 2, nodes[0], vote, "salt"), "round");
        assertTrue(one != alliance.commitmentOf(id + 1, 1, nodes[0], vote, "salt"), "alliance");
    }

    // --- 39: minorities
    /// Attack 39: two liars of four voters cannot make a model theirs: with half against half there is no verdict.
    function test_attack_39_halfOfTheVotersDecideNothing() external {
        drawRound("seed");
        contributeAll();
        _voteTwoAgainstTwo(yes("lie"), yes("truth"));
        assertEq(now_().model, FIRST_MODEL, "model");
        assertTrue(alliance.roundOf(id, 1).verdict == Verdict.Undecided, "undecided");
        _assertNobodyLost();
    }

    /// The audits' zero sum: as many for as against the same aggregate. The model stays, and nobody pays for it.
    function test_audit_aZeroSumIsDefined() external {
        drawRound("seed");
        contributeAll();
        _voteTwoAgainstTwo(yes("model 1"), no("model 1"));
        assertEq(now_().model, FIRST_MODEL, "model");
        assertTrue(alliance.roundOf(id, 1).verdict == Verdict.Undecided, "undecided");
        assertEq(now_().pool, POOL, "nobody is paid");
        _assertNobodyLost();
    }

    /// Attack 39: one account with two thirds of the stake counts as a fifth of it, and three who agree outvote it. The cap ends there:
    /// against less than a fifth it wins, and split into four accounts its two thirds do. No safety argument rests on the cap.
    function test_attack_39_theCapLimitsOneAccountNotItsStake() external view {
        assertEq(_judged(300, 50), keccak256("truth"), "two thirds, in one account");
        assertEq(_judged(700, 50), keccak256("lie"), "more than four fifths, in one account");
    }

    /// @dev What four voters agree on, of whom the first lies.
    function _judged(uint96 whale, uint96 others) private view returns (bytes32) {
        Docket memory d;
        (d.proposers, d.voters, d.votes) = (new Seat[](1), new Seat[](4), new Vote[](4));
        (d.contributed, d.revealed, d.voted, d.strikes) = (1, 15, true, new uint256[](5));
        for (uint256 k = 0; k < 4; ++k) {
            d.voters[k].weight = k == 0 ? whale : others;
            d.votes[k] = Vote(keccak256(bytes(k == 0 ? "lie" : "truth")), 1, 1, 2, 1);
        }
        return alliance.rules().judge(d).digest;
    }

    /// Attack 39: two of eight who propose as they should and lie whenever they vote end poorer than the poorest of the others.
    function test_attack_39_whoLiesOnlyAsAVoterEndsPoorer() external {
        AllianceTerms memory t = terms(8);
        (t.proposers, t.voters) = (3, 5);
        id = found(t);
        delete nodes;
        for (uint256 i = 0; i < 8; ++i) {
            nodes.push(addNode(string.concat("lies-", vm.toString(i)), STAKE));
        }
        vm.warp(block.timestamp + REST);
        while (now_().phase != AlliancePhase.Finished) {
            drawRound(keccak256(abi.encode("lies", now_().round)));
            contributeAll();
            _voteWithLiars();
            vm.warp(block.timestamp + REST);
        }
        uint256 poorest = type(uint256).max;
        for (uint256 i = 2; i < 8; ++i) {
            uint256 wealth = stakeIn(nodes[i]) + alliance.earnedOf(id, nodes[i]);
            if (wealth < poorest) poorest = wealth;
        }
        for (uint256 i = 0; i < 2; ++i) {
            uint256 wealth = stakeIn(nodes[i]) + alliance.earnedOf(id, nodes[i]);
            // Of 1,250 that its seats are worth.
            assertTrue(wealth < poorest && alliance.earnedOf(id, nodes[i]) < 200e18, "lying does not pay");
        }
    }

    /// Attack 39: whoever has the majority strikes whom it likes, and has nothing of it: it is paid what it is paid anyway.
    function test_attack_39_strikingOthersBringsNothing() external {
        uint256 snapshot = vm.snapshotState();
        playAllianceRound("seed", Vote(keccak256("model 1"), 1, 15, 2, 1));
        uint256 paid = alliance.earnedOf(id, nodes[0]);
        vm.revertToState(snapshot);
        playAllianceRound("seed", Vote(keccak256("model 1"), 1, 14, 2, 1));
        (Seat[] memory p, Seat[] memory v) = alliance.seatsOf(id, 1);
        assertEq(alliance.earnedOf(id, v[0].voter), paid, "voters");
        assertEq(alliance.earnedOf(id, p[1].voter), paid, "proposers who were spared");
        assertEq(alliance.earnedOf(id, p[0].voter), 0, "who was not");
        assertEq(now_().pool, POOL - 7 * paid, "what it would have earned stays");
    }

    /// Attack 39: strikes are an account's: leaving and joining again clears none.
    function test_attack_39_strikesStayWhenOneLeaves() external {
        drawRound("seed");
        address liar = voter(0);
        contributeAll();
        _voteAgainst(liar);
        vm.prank(liar);
        alliance.resign(id);
        vm.prank(liar);
        alliance.join(id, PEER_KEY, BINDING);
        assertEq(alliance.strikesOf(id, liar), 1 << 8, "still there");
    }

    // --- audits
    /// Rounds are capped, the last one ends the alliance, and nothing is opened after it.
    function test_audit_roundsEndAndNothingFollows() external {
        AllianceTerms memory t = terms(2);
        t.rounds = 1;
        id = found(t);
        for (uint256 i = 0; i < 2; ++i) {
            addNode(string.concat("short-", vm.toString(i)), STAKE);
        }
        vm.warp(block.timestamp + REST);
        drawRound("seed");
        contributeAll();
        Vote memory vote = yes("model 1");
        commitAll(vote);
        revealAll(vote);
        assertTrue(now_().phase == AlliancePhase.Finished, "finished");
        assertEq(now_().model, keccak256("model 1"), "model");
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.AllianceFinished.selector, id));
        alliance.advance(id);
    }

    /// A2 N8: settling late pays what settling at once pays. Here a round is settled a week late, after the pool was added to: it pays
    /// its part of the pool as it is when it ends, and the next rounds theirs.
    function test_audit_aRoundIsPaidOnceAndAtItsEnd() external {
        drawRound("seed");
        contributeAll();
        Vote memory vote = yes("model 1");
        commitAll(vote);
        for (uint256 seat = 0; seat < 4; ++seat) {
            revealVote(seat, vote);
        }
        vm.warp(block.timestamp + 7 days);
        alliance.advance(id);
        uint256 first = alliance.earnedOf(id, nodes[0]);
        assertEq(first, uint256(POOL) / 20 / 8, "a twentieth, an eighth of it");
        vm.warp(block.timestamp + REST);
        playAllianceRound("seed 2", Vote(keccak256("model 2"), 1, 15, 2, 1));
        assertEq(alliance.earnedOf(id, nodes[0]) - first, (uint256(POOL) - POOL / 20) / 19 / 8, "a nineteenth of the rest");
    }

    /// The audits' underflow: whoever has lost everything in the meantime is penalised by nothing, then let go; nothing reverts.
    function test_audit_penaltiesNeverExceedTheStake() external {
        drawRound("seed");
        address broke = proposer(2);
        bytes32 key_ = keyIn(broke);
        vm.prank(arena);
        stakes.slash(key_, STAKE, Reason.EQUIVOCATION, address(0));
        assertEq(stakes.slashableOf(key_), 0, "nothing is left");
        vm.warp(now_().until);
        vm.expectEmit(address(alliance));
        emit IAlliance.Penalised(id, 1, broke, true, 0);
        alliance.advance(id);
        vm.warp(now_().until);
        alliance.advance(id);
        assertEq(now_().participants, 7, "let go");
    }

    /// Out of stake: an account that falls below the least stake is not drawn any more.
    function test_audit_outOfStakeIsLetGo() external {
        vm.prank(nodes[2]);
        stakes.unstake(Roles.ALLIANCE, task, STAKE - 100e18);
        drawRound("seed");
        assertEq(now_().participants, 7, "let go");
        (Seat[] memory p, Seat[] memory v) = alliance.seatsOf(id, 1);
        for (uint256 i = 0; i < p.length; ++i) {
            assertTrue(p[i].voter != nodes[2], "drawn to propose");
        }
        for (uint256 i = 0; i < v.length; ++i) {
            assertTrue(v[i].voter != nodes[2], "drawn to vote");
        }
    }

    /// A minority penalty is small: a node that is always with the minority loses less than a fortieth in five rounds.
    function test_audit_minorityPenaltiesAreSmall() external {
        address odd = nodes[6];
        for (uint256 i = 0; i < 5; ++i) {
            drawRound(keccak256(abi.encode("odd", i)));
            contributeAll();
            Vote memory vote = yes("model");
            uint256 count = roundNow().voters;
            for (uint256 seat = 0; seat < count; ++seat) {
                commitVote(seat, voter(seat) == odd ? no("model") : vote);
            }
            alliance.advance(id);
            for (uint256 seat = 0; seat < count; ++seat) {
                revealVote(seat, voter(seat) == odd ? no("model") : vote);
            }
            alliance.advance(id);
            vm.warp(block.timestamp + REST);
        }
        assertTrue(stakeIn(odd) < STAKE, "it was drawn to vote");
        assertTrue(stakeIn(odd) * 40 >= STAKE * 39, "little is lost");
    }

    /// Attack 42: what somebody has earned waits for it; nobody's refusal stops a round.
    function test_attack_42_rewardsArePulled() external {
        playAllianceRound("seed", Vote(keccak256("model 1"), 1, 15, 2, 1));
        uint256 held = token.balanceOf(address(alliance));
        assertEq(held, POOL, "nothing left the alliance");
        alliance.claim(id, nodes[7]);
        assertEq(token.balanceOf(address(alliance)), held - uint256(POOL) / 20 / 8, "until it was claimed");
    }

    /// @dev The first two nodes say the opposite of what the others do, of the aggregate and of every contribution.
    function _voteWithLiars() private {
        uint256 count = roundNow().voters;
        for (uint256 seat = 0; seat < count; ++seat) {
            address who = voter(seat);
            commitVote(seat, who == nodes[0] || who == nodes[1] ? no("model") : yes("model"));
        }
        alliance.advance(id);
        for (uint256 seat = 0; seat < count; ++seat) {
            address who = voter(seat);
            revealVote(seat, who == nodes[0] || who == nodes[1] ? no("model") : yes("model"));
        }
        alliance.advance(id);
    }

    function _voteAgainst(address liar) private {
        for (uint256 seat = 0; seat < 4; ++seat) {
            commitVote(seat, voter(seat) == liar ? no("model") : yes("model"));
        }
        alliance.advance(id);
        for (uint256 seat = 0; seat < 4; ++seat) {
            revealVote(seat, voter(seat) == liar ? no("model") : yes("model"));
        }
        alliance.advance(id);
    }

    function _voteTwoAgainstTwo(Vote memory first, Vote memory second) private {
        for (uint256 seat = 0; seat < 4; ++seat) {
            commitVote(seat, seat < 2 ? first : second);
        }
        alliance.advance(id);
        for (uint256 seat = 0; seat < 4; ++seat) {
            revealVote(seat, seat < 2 ? first : second);
        }
        alliance.advance(id);
    }

    function _assertNobodyLost() private view {
        for (uint256 i = 0; i < 8; ++i) {
            assertEq(stakeIn(nodes[i]), STAKE, "stake");
        }
    }

    function _seatsHash() private view returns (bytes32) {
        (Seat[] memory p, Seat[] memory v) = alliance.seatsOf(id, 1);
        return keccak256(abi.encode(p, v));
    }
}
