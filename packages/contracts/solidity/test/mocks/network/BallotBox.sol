// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ScoreMath} from "../../../network/libraries/ScoreMath.sol";
import {Ballot, ScoreVoting} from "../../../network/libraries/ScoreVoting.sol";

/// @notice Holds one ballot: what a contract with phases does around ScoreVoting, without the phases.
contract BallotBox {
    using ScoreVoting for Ballot;

    event Committed(uint256 indexed seat, address indexed voter, bytes32 commitment);
    event Revealed(uint256 indexed seat, address indexed voter, uint16[] scores);

    uint256 private constant TASK = 7;
    uint256 private constant ROUND = 3;

    Ballot private _ballot;

    function seat(address voter, uint96 weight) external returns (uint256) {
        return _ballot.seat(voter, weight);
    }

    function setItems(uint256 items) external {
        _ballot.setItems(items);
    }

    function commit(uint256 index, bytes32 commitment) external {
        _ballot.commit(index, msg.sender, commitment);
        emit Committed(index, msg.sender, commitment);
    }

    function reveal(uint256 index, uint16[] calldata scores, bytes32 salt) external {
        _ballot.reveal(index, msg.sender, TASK, ROUND, scores, salt);
        emit Revealed(index, msg.sender, scores);
    }

    function tally(uint256 maxItems) external returns (bool) {
        return _ballot.tally(maxItems);
    }

    function commitmentOf(address voter, uint16[] calldata scores, bytes32 salt) external view returns (bytes32) {
        return ScoreVoting.commitmentOf(TASK, ROUND, voter, ScoreVoting.scoresHash(scores), salt);
    }

    function consensusOf(uint256 item) external view returns (uint16) {
        return _ballot.consensusOf(item);
    }

    function distanceOf(uint256 index) external view returns (uint256, uint256) {
        return _ballot.distanceOf(index);
    }

    function scoreOf(uint256 index, uint256 item) external view returns (uint16) {
        return _ballot.scoreOf(index, item);
    }

    function allCommitted() external view returns (bool) {
        return _ballot.allCommitted();
    }

    function allRevealed() external view returns (bool) {
        return _ballot.allRevealed();
    }

    function hasCommitted(uint256 index) external view returns (bool) {
        return _ballot.hasCommitted(index);
    }

    function hasRevealed(uint256 index) external view returns (bool) {
        return _ballot.hasRevealed(index);
    }

    function closenessDown(uint256 distance, uint256 count, uint256 tolerance) external pure returns (uint256) {
        return ScoreMath.closenessDown(distance, count, tolerance);
    }

    function consensus(uint256[] memory scores, uint96[] memory weights) external pure returns (uint256) {
        uint256[] memory votes = new uint256[](scores.length);
        for (uint256 i = 0; i < votes.length; ++i) {
            votes[i] = ScoreMath.voteOf(scores[i], weights[i]);
        }
        return ScoreMath.consensus(votes);
    }
}
