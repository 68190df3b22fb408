// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Verdict, Vote} from "../../../network/interfaces/IAlliance.sol";
import {Docket, IAllianceRules, Judgement} from "../../../network/interfaces/IAllianceRules.sol";
import {Seat} from "../../../network/libraries/ScoreVoting.sol";
import {BuiltCode} from "../../base/network/BuiltCode.sol";
import {VectorTest} from "../VectorTest.sol";

/// @notice Ends of rounds as the TypeScript model has them (scripts/alliance-vectors.ts), to the wei.
contract AllianceRoundDifferentialTest is BuiltCode, VectorTest {
    uint256 private constant COLUMNS = 109;
    uint256 private constant WEIGHTS = 8;
    uint256 private constant VOTES = 20;
    uint256 private constant STRIKES = 44;
    uint256 private constant RESULTS = 56;
    uint256 private constant SHARES = 61;
    uint256 private constant SEATS = 12;

    function test_judge_isTheModels() external {
        IAllianceRules rules = IAllianceRules(deployBuilt("AllianceRules", ""));
        load("alliance-rounds.json", COLUMNS);
        uint256[3] memory verdicts;
        for (uint256 i = 0; i < rowCount(); ++i) {
            uint256[] memory r = rowAt(i);
            Judgement memory j = rules.judge(_docket(r));
            ++verdicts[uint256(j.verdict)];
            _check(r, j);
        }
        assertTrue(verdicts[0] > 20 && verdicts[1] > 20 && verdicts[2] > 20, "verdicts of every kind");
    }

    function _docket(uint256[] memory r) private pure returns (Docket memory d) {
        (d.proposers, d.voters, d.votes) = (new Seat[](r[0]), new Seat[](r[1]), new Vote[](r[1]));
        (d.contributed, d.revealed, d.voted) = (uint64(r[2]), uint64(r[3]), r[4] == 1);
        (d.missedBps, d.outlierBps, d.pot) = (uint16(r[5]), uint16(r[6]), r[7]);
        d.strikes = new uint256[](r[0] + r[1]);
        for (uint256 i = 0; i < r[0] + r[1]; ++i) {
            d.strikes[i] = r[STRIKES + i];
        }
        for (uint256 k = 0; k < r[0]; ++k) {
            d.proposers[k].weight = uint96(r[WEIGHTS + k]);
        }
        for (uint256 k = 0; k < r[1]; ++k) {
            d.voters[k].weight = uint96(r[WEIGHTS + 4 + k]);
            if (d.revealed >> k & 1 == 0) continue;
            d.votes[k].digest = bytes32(r[VOTES + 3 * k]);
            d.votes[k].score = r[VOTES + 3 * k + 1] == 1 ? int8(1) : int8(-1);
            d.votes[k].approved = uint64(r[VOTES + 3 * k + 2]);
        }
    }

    function _check(uint256[] memory r, Judgement memory j) private pure {
        assertEq(uint256(j.verdict), r[RESULTS], "verdict");
        assertEq(uint256(j.digest), r[RESULTS + 1], "digest");
        assertEqInt(j.sum, int256(r[RESULTS + 2]), "sum");
        assertEq(j.approved, r[RESULTS + 3], "approved");
        assertEq(j.paid, r[RESULTS + 4], "paid");
        assertLe(j.paid, r[7], "never more than the pot");
        for (uint256 i = 0; i < r[0] + r[1]; ++i) {
            assertEq(j.shares[i], r[SHARES + i], "share");
            assertEq(j.penalties[i], r[SHARES + SEATS + i], "penalty");
            assertEq(j.missed >> i & 1, r[SHARES + 2 * SEATS + i], "missed");
            assertEq(j.strikes[i], r[SHARES + 3 * SEATS + i], "strikes");
        }
    }
}
