// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Seat} from "../libraries/ScoreVoting.sol";
import {AllianceParams, AllianceTerms, Verdict, Vote} from "./IAlliance.sol";

/// @notice All that a round's end depends on.
struct Docket {
    Seat[] proposers;
    Seat[] voters;
    /// @dev One per voter; all zero for those who did not reveal.
    Vote[] votes;
    /// @dev One bit per seat.
    uint64 contributed;
    uint64 revealed;
    /// @dev Of each seat's account, proposers first: as a proposer in the low byte, as a voter in the one above.
    uint256[] strikes;
    /// @dev Whether there was anything to vote on.
    bool voted;
    /// @dev Penalties, in bps of the own stake.
    uint16 missedBps;
    uint16 outlierBps;
    /// @dev Wei, below 2^96.
    uint256 pot;
}

/// @notice What a round comes to. Arrays have one entry per seat, proposers first.
struct Judgement {
    Verdict verdict;
    /// @dev Zero when no digest has more than half of what was revealed.
    bytes32 digest;
    /// @dev Of the scores of those who voted for the digest, by their capped weight.
    int256 sum;
    uint64 approved;
    uint256 paid;
    uint256[] shares;
    /// @dev In bps of the own stake; 0 for most.
    uint256[] penalties;
    /// @dev One bit per seat, proposers first: whose penalty is for a duty that it missed.
    uint64 missed;
    /// @dev After this round, as in the docket.
    uint256[] strikes;
}

/// @title AllianceRules
/// @notice Who is drawn, and what a round comes to, computed from nothing but what is passed: anybody can ask what would be if.
/// src/model/network/alliance.ts computes the same. It holds nothing and is nobody's.
interface IAllianceRules {
    /// @notice Reverts when terms of an alliance are out of bounds. @param minStake the StakeManager's for the role.
    function checkTerms(AllianceTerms calldata terms, uint256 minStake) external pure;

    /// @notice Reverts when governance's parameters are out of bounds.
    function checkParams(AllianceParams calldata params) external pure;

    /// @notice Draws proposers by one seed, then voters from the others by another: as many as are wanted, or fewer in proportion.
    /// @param weights of the candidates, at least two. @return proposers and @return voters by their number in `weights`.
    function drawRoles(uint256[] calldata weights, bytes32[2] calldata seeds, uint256[2] calldata wanted)
        external
        pure
        returns (uint256[] memory proposers, uint256[] memory voters);

    /// @notice What a round comes to.
    function judge(Docket calldata docket) external pure returns (Judgement memory);
}
