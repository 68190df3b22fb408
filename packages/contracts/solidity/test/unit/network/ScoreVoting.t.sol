// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ScoreVoting} from "../../../network/libraries/ScoreVoting.sol";
import {VotingErrors} from "../../../network/libraries/VotingErrors.sol";
import {TestBase} from "../../base/TestBase.sol";
import {BallotBox} from "../../mocks/network/BallotBox.sol";

/// @notice One ballot of three voters and two items.
contract ScoreVotingTest is TestBase {
    bytes32 private constant SALT = "salt";
    uint16 private constant NONE = ScoreVoting.NONE;

    BallotBox private box;
    address[3] private voters;

    function setUp() external {
        box = new BallotBox();
        for (uint256 i = 0; i < 3; ++i) {
            voters[i] = account(string.concat("voter-", vm.toString(i)));
            assertEq(box.seat(voters[i], 10), i, "seat");
        }
        box.setItems(2);
    }

    function _scores(uint16 first, uint16 second) private pure returns (uint16[] memory scores) {
        scores = new uint16[](2);
        (scores[0], scores[1]) = (first, second);
    }

    function _commit(uint256 i, uint16[] memory scores) private {
        bytes32 commitment = box.commitmentOf(voters[i], scores, SALT);
        vm.prank(voters[i]);
        box.commit(i, commitment);
    }

    function _reveal(uint256 i, uint16[] memory scores) private {
        vm.prank(voters[i]);
        box.reveal(i, scores, SALT);
    }

    function _vote(uint256 i, uint16 first, uint16 second) private {
        _commit(i, _scores(first, second));
        _reveal(i, _scores(first, second));
    }

    function test_commit_onceAndOnOnesSeat() external {
        vm.startPrank(voters[0]);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.NotSeated.selector, voters[0], 1));
        box.commit(1, SALT);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.NotSeated.selector, voters[0], 3));
        box.commit(3, SALT);
        vm.expectRevert(VotingErrors.CommitmentZero.selector);
        box.commit(0, 0);
        box.commit(0, SALT);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.AlreadyCommitted.selector, 0));
        box.commit(0, "other");
        assertTrue(box.hasCommitted(0) && !box.hasCommitted(1) && !box.hasRevealed(0), "committed");
    }

    function test_reveal_whatWasCommittedOnce() external {
        uint16[] memory scores = _scores(5, 7);
        bytes32 given = box.commitmentOf(voters[0], scores, SALT);
        vm.prank(voters[0]);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.CommitmentMismatch.selector, given, bytes32(0)));
        box.reveal(0, scores, SALT);
        _commit(0, scores);
        vm.startPrank(voters[0]);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.ScoresLength.selector, 1, 2));
        box.reveal(0, new uint16[](1), SALT);
        bytes32 committed = box.commitmentOf(voters[0], scores, SALT);
        bytes32 other = box.commitmentOf(voters[0], _scores(5, 8), SALT);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.CommitmentMismatch.selector, other, committed));
        box.reveal(0, _scores(5, 8), SALT);
        bytes32 salted = box.commitmentOf(voters[0], scores, "pepper");
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.CommitmentMismatch.selector, salted, committed));
        box.reveal(0, scores, "pepper");
        box.reveal(0, scores, SALT);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.AlreadyRevealed.selector, 0));
        box.reveal(0, scores, SALT);
        assertEq(box.scoreOf(0, 0), 5, "first");
        assertEq(box.scoreOf(0, 1), 7, "second");
        assertEq(box.scoreOf(1, 0), NONE, "who has said nothing");
    }

    function test_allCommittedAndRevealed_countSeats() external {
        assertTrue(!box.allCommitted() && box.allRevealed(), "nothing yet");
        _vote(0, 1, 1);
        _commit(1, _scores(2, 2));
        assertTrue(!box.allCommitted() && !box.allRevealed(), "one of two");
        _reveal(1, _scores(2, 2));
        assertTrue(!box.allCommitted() && box.allRevealed(), "both");
        _vote(2, 3, 3);
        assertTrue(box.allCommitted() && box.allRevealed(), "all");
    }

    function test_tally_takesTheMedianOfEachItem() external {
        _vote(0, 100, 30);
        _vote(1, 300, 10);
        _vote(2, 200, NONE);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.NotTallied.selector, 0));
        box.consensusOf(0);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.NotTallied.selector, 0));
        box.distanceOf(0);
        assertTrue(!box.tally(1), "one page of two");
        assertTrue(box.tally(9), "the last");
        assertEq(box.consensusOf(0), 200, "median");
        // Two of equal weight, 10 and 30: the middle.
        assertEq(box.consensusOf(1), 20, "the middle of two");
        (uint256 distance, uint256 count) = box.distanceOf(0);
        assertEq(distance, 110, "distance");
        assertEq(count, 2, "scored");
        (distance, count) = box.distanceOf(2);
        assertEq(distance, 0, "distance of what it scored");
        assertEq(count, 1, "scored one");
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.NothingToTally.selector, 2));
        box.tally(1);
    }

    function test_tally_ofNothing() external {
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.NothingToTally.selector, 0));
        box.tally(0);
        assertTrue(box.tally(64), "done");
        assertEq(box.consensusOf(0), NONE, "nobody scored it");
        (uint256 distance, uint256 count) = box.distanceOf(0);
        assertEq(distance + count, 0, "who did not reveal");
    }

    function test_seat_boundsTheVoters() external {
        for (uint256 i = 3; i < 64; ++i) {
            box.seat(voters[0], 1);
        }
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.BallotFull.selector, 64));
        box.seat(voters[0], 1);
    }

    function test_setItems_boundsThem() external {
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.BallotInvalid.selector, 0, 64));
        box.setItems(0);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.BallotInvalid.selector, 65, 64));
        box.setItems(65);
        box.setItems(64);
    }

    function test_closeness_fallsInAStraightLine() external view {
        assertEq(box.closenessDown(0, 4, 100), 1e18, "none");
        assertEq(box.closenessDown(100, 4, 100), 0.75e18, "a quarter");
        assertEq(box.closenessDown(400, 4, 100), 0, "at the tolerance");
        assertEq(box.closenessDown(9_000, 4, 100), 0, "beyond");
        assertEq(box.closenessDown(0, 0, 100), 0, "who scored nothing");
    }

    /// Half of the weight at 10, half at 21: the middle, rounded down. Who has no weight is not between them.
    function test_consensus_isTheMiddleOfTwoHalves() external view {
        uint256[] memory scores = new uint256[](3);
        uint96[] memory weights = new uint96[](3);
        (scores[0], scores[1], scores[2]) = (21, 12, 10);
        (weights[0], weights[1], weights[2]) = (5, 0, 5);
        assertEq(box.consensus(scores, weights), 15, "the middle");
        weights[1] = 5;
        assertEq(box.consensus(scores, weights), 12, "the one between");
    }

    /// Whatever less than half of the capped weight says, the consensus stays among the scores of the others.
    function testFuzz_consensus_minorityCannotMoveItOut(uint16[9] memory honest, uint16[8] memory liars) external view {
        uint256[] memory scores = new uint256[](17);
        uint96[] memory weights = new uint96[](17);
        (uint256 low, uint256 high) = (type(uint256).max, 0);
        for (uint256 i = 0; i < 17; ++i) {
            weights[i] = 100;
            scores[i] = i < 9 ? honest[i] : liars[i - 9];
            if (i >= 9) continue;
            if (honest[i] < low) low = honest[i];
            if (honest[i] > high) high = honest[i];
        }
        uint256 agreed = box.consensus(scores, weights);
        assertTrue(agreed >= low && agreed <= high, "between honest scores");
    }

    /// One voter of any weight counts a fifth: against four of little weight it is outvoted by three.
    function testFuzz_consensus_capsOneVoter(uint96 whale, uint16 score) external view {
        uint256[] memory scores = new uint256[](6);
        uint96[] memory weights = new uint96[](6);
        (scores[0], weights[0]) = (bound(score, 0, 10_000), uint96(bound(whale, 1_000, type(uint96).max)));
        for (uint256 i = 1; i < 6; ++i) {
            // Each as heavy as the cap of a round in which they are five of equal weight.
            (scores[i], weights[i]) = (5_000, uint96(weights[0] / 3));
        }
        assertEq(box.consensus(scores, weights), 5_000, "the five");
    }

    /// The order in which votes are counted changes nothing.
    function testFuzz_consensus_isSymmetric(uint16[6] memory said, uint96[6] memory heavy, uint256 turn) external view {
        uint256[] memory scores = new uint256[](6);
        uint96[] memory weights = new uint96[](6);
        uint256[] memory turnedScores = new uint256[](6);
        uint96[] memory turnedWeights = new uint96[](6);
        for (uint256 i = 0; i < 6; ++i) {
            uint256 j = (i + turn % 6) % 6;
            (scores[i], weights[i]) = (said[i], heavy[i] / 64 + 1);
            (turnedScores[j], turnedWeights[j]) = (said[i], weights[i]);
        }
        assertEq(box.consensus(scores, weights), box.consensus(turnedScores, turnedWeights), "the same");
    }
}
