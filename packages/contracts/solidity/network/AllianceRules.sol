// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {AllianceParams, AllianceTerms, Verdict} from "./interfaces/IAlliance.sol";
import {Docket, IAllianceRules, Judgement} from "./interfaces/IAllianceRules.sol";
import {AllianceMath, Count, Stand} from "./libraries/AllianceMath.sol";
import {Sortition, Urn} from "./libraries/Sortition.sol";

/// @title AllianceRules
/// @notice See IAllianceRules. A contract of its own, because an alliance and its rules together would be larger than EIP-170 allows.
contract AllianceRules is IAllianceRules {
    using Sortition for Urn;

    // --- terms
    uint32 private constant MAX_ROUNDS = 10_000;
    /// @dev A settlement has to fit a transaction with every participant penalised, and a ballot has 64 seats.
    uint8 private constant MAX_PARTICIPANTS = 64;
    /// @dev One to propose, one to vote.
    uint8 private constant MIN_PARTICIPANTS = 2;
    /// @dev Everybody has to see the chain, and get a transaction into it, within a window.
    uint32 private constant MIN_WINDOW = 20;
    uint32 private constant MAX_CONTRIBUTE_WINDOW = 7 days;
    uint32 private constant MAX_VOTE_WINDOW = 1 days;

    // --- parameters
    /// @dev A block's time may lie behind the beacon's clock: the round that is drawn by must come later by both.
    uint32 private constant MIN_DRAW_MARGIN = 6;
    uint32 private constant MAX_DRAW_MARGIN = 1 hours;
    uint32 private constant MAX_REST_WINDOW = 7 days;
    /// @dev The highest that the StakeManager takes for either reason; small, so that an honest node whose data differ stays: at 2 % it
    /// can be with the minority thirty-four times before half is gone.
    uint16 private constant MAX_MISSED_BPS = 500;
    uint16 private constant MAX_OUTLIER_BPS = 200;
    uint96 private constant MAX_MIN_POOL = 10_000_000e18;

    /// @inheritdoc IAllianceRules
    function checkTerms(AllianceTerms calldata t, uint256 minStake) external pure {
        _require(t.manifest != 0, "manifest");
        _require(t.model != 0, "model");
        _require(t.rounds != 0 && t.rounds <= MAX_ROUNDS, "rounds");
        _require(t.minParticipants >= MIN_PARTICIPANTS && t.minParticipants <= t.maxParticipants, "minParticipants");
        _require(t.maxParticipants <= MAX_PARTICIPANTS, "maxParticipants");
        _require(t.proposers != 0, "proposers");
        _require(t.voters != 0 && uint256(t.proposers) + t.voters <= t.maxParticipants, "voters");
        _require(t.contributeWindow >= MIN_WINDOW && t.contributeWindow <= MAX_CONTRIBUTE_WINDOW, "contributeWindow");
        _require(t.commitWindow >= MIN_WINDOW && t.commitWindow <= MAX_VOTE_WINDOW, "commitWindow");
        _require(t.revealWindow >= MIN_WINDOW && t.revealWindow <= MAX_VOTE_WINDOW, "revealWindow");
        _require(t.minStake != 0 && t.minStake >= minStake, "minStake");
    }

    /// @inheritdoc IAllianceRules
    function checkParams(AllianceParams calldata p) external pure {
        _require(p.drawMargin >= MIN_DRAW_MARGIN && p.drawMargin <= MAX_DRAW_MARGIN, "drawMargin");
        _require(p.restWindow <= MAX_REST_WINDOW, "restWindow");
        _require(p.missedBps != 0 && p.missedBps <= MAX_MISSED_BPS, "missedBps");
        _require(p.outlierBps != 0 && p.outlierBps <= MAX_OUTLIER_BPS, "outlierBps");
        _require(p.minPool <= MAX_MIN_POOL, "minPool");
    }

    /// @inheritdoc IAllianceRules
    function drawRoles(uint256[] calldata weights, bytes32[2] calldata seeds, uint256[2] calldata wanted)
        external
        pure
        returns (uint256[] memory proposers, uint256[] memory voters)
    {
        Urn memory urn = Sortition.fill(weights);
        (uint256 first, uint256 second) = AllianceMath.seatsOf(weights.length, wanted[0], wanted[1]);
        proposers = urn.draw(seeds[0], first);
        voters = urn.draw(seeds[1], second);
    }

    /// @inheritdoc IAllianceRules
    function judge(Docket calldata docket) external pure returns (Judgement memory j) {
        Docket memory d = docket;
        Count memory result = AllianceMath.count(d.voters, d.votes, d.revealed, d.contributed);
        (j.verdict, j.digest, j.sum, j.approved) = (result.verdict, result.digest, result.sum, result.approved);
        uint256 seats = d.proposers.length + d.voters.length;
        (j.penalties, j.strikes) = (new uint256[](seats), new uint256[](seats));
        uint256[] memory merits = new uint256[](seats);
        uint256 most = 0;
        for (uint256 k = 0; k < d.proposers.length; ++k) {
            j.strikes[k] = d.strikes[k];
            merits[k] = _judgeProposer(d, result, j, k);
            most += uint256(d.proposers[k].weight) << AllianceMath.halvings(d.strikes[k]);
        }
        for (uint256 k = 0; k < d.voters.length; ++k) {
            uint256 i = d.proposers.length + k;
            j.strikes[i] = d.strikes[i];
            merits[i] = _judgeVoter(d, result, j, k);
            most += uint256(d.voters[k].weight) << AllianceMath.halvings(d.strikes[i]);
        }
        (j.shares, j.paid) = AllianceMath.sharesDown(d.pot, merits, most * AllianceMath.WAD);
    }

    /// @dev Paid for what was accepted and approved of; a model that was rejected costs those whose contribution was not approved of.
    function _judgeProposer(Docket memory d, Count memory result, Judgement memory j, uint256 k) private pure returns (uint256) {
        if (d.contributed >> k & 1 == 0) {
            (j.missed, j.penalties[k]) = (j.missed | uint64(1 << k), d.missedBps);
            j.strikes[k] = AllianceMath.struck(d.strikes[k], AllianceMath.WORK);
            return 0;
        }
        if (result.verdict == Verdict.Undecided) return 0;
        if (result.approved >> k & 1 == 0) {
            (j.penalties[k], j.strikes[k]) = (d.outlierBps, AllianceMath.struck(d.strikes[k], AllianceMath.WORK));
            return 0;
        }
        j.strikes[k] = AllianceMath.mended(d.strikes[k], AllianceMath.WORK);
        return result.verdict == Verdict.Accepted ? d.proposers[k].weight * AllianceMath.WAD : 0;
    }

    /// @dev Paid for being with the majority, whatever that was for.
    function _judgeVoter(Docket memory d, Count memory result, Judgement memory j, uint256 k) private pure returns (uint256) {
        uint256 i = d.proposers.length + k;
        Stand stand = AllianceMath.standOf(result, d.votes[k], d.revealed >> k & 1 != 0);
        if (stand == Stand.Silent) {
            // Nobody was asked to vote on nothing.
            if (!d.voted) return 0;
            (j.missed, j.penalties[i]) = (j.missed | uint64(1 << i), d.missedBps);
            j.strikes[i] = AllianceMath.struck(d.strikes[i], AllianceMath.VOTES);
            return 0;
        }
        if (result.verdict == Verdict.Undecided) return 0;
        if (stand == Stand.Minority) {
            (j.penalties[i], j.strikes[i]) = (d.outlierBps, AllianceMath.struck(d.strikes[i], AllianceMath.VOTES));
            return 0;
        }
        j.strikes[i] = AllianceMath.mended(d.strikes[i], AllianceMath.VOTES);
        return d.voters[k].weight * AllianceMath.closenessDown(d.votes[k].approved, result.approved, d.contributed);
    }

    function _require(bool ok, string memory field) private pure {
        require(ok, ErrorsLib.InvalidParam(field));
    }
}
