// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Vote} from "../../../network/interfaces/IAlliance.sol";
import {Seat} from "../../../network/libraries/ScoreVoting.sol";
import {AllianceBase} from "../../base/network/AllianceBase.sol";

/// @notice Gas of voting: whole transactions, base and calldata included; the targets are those of CONTRACTS.md 5.
/// forge-config: default.isolate = true
contract VotesGasTest is AllianceBase {
    /// @dev EIP-7825.
    uint256 private constant MAX_TRANSACTION_GAS = 1 << 24;

    function _note(string memory name, uint256 max) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        vm.snapshotValue("network", name, used);
        assertLe(used, max, name);
    }

    function test_gas_commit() external {
        startAlliance(8);
        drawRound("seed");
        contributeAll();
        Vote memory vote = yes("model 1");
        commitVote(0, vote);
        // As every commitment but a round's first, which also begins a word of the ballot.
        commitVote(1, vote);
        _note("commit", 60_000);
        commitVote(2, vote);
        commitVote(3, vote);
        alliance.advance(id);
        _note("alliance advance, to reveals", 60_000);
        revealVote(0, vote);
        revealVote(1, vote);
        _note("alliance reveal", 140_000);
    }

    function test_gas_steps() external {
        startAlliance(8);
        alliance.advance(id);
        _note("alliance freeze, 8 participants", 400_000);
        uint64 beaconRound = now_().beaconRound;
        vm.warp(oracle.timeOf(beaconRound));
        oracle.set(beaconRound, "seed");
        alliance.advance(id);
        _note("alliance draw, 8 participants", 450_000);
        contribute(0);
        contribute(1);
        _note("alliance contribute", 70_000);
        contribute(2);
        contributeAll_();
        Vote memory vote = yes("model 1");
        commitAll(vote);
        revealAll(vote);
        _note("alliance settle, 8 participants", 450_000);
        alliance.claim(id, nodes[0]);
        _note("alliance claim", 180_000);
    }

    function contributeAll_() private {
        contribute(3);
        alliance.advance(id);
    }

    /// Every one of sixty-four participants is penalised: the round still ends in one transaction, as do its freeze and its draw.
    function test_gas_sixtyFourSilentParticipantsFitATransaction() external {
        startAlliance(64);
        alliance.advance(id);
        _note("alliance freeze, 64 participants", MAX_TRANSACTION_GAS);
        uint64 beaconRound = now_().beaconRound;
        vm.warp(oracle.timeOf(beaconRound));
        oracle.set(beaconRound, "seed");
        alliance.advance(id);
        _note("alliance draw, 64 participants", MAX_TRANSACTION_GAS);
        contribute(0);
        vm.warp(now_().until);
        alliance.advance(id);
        (Seat[] memory p, Seat[] memory v) = alliance.seatsOf(id, 1);
        assertEq(p.length + v.length, 64, "all have a seat");
        vm.warp(now_().until);
        alliance.advance(id);
        _note("alliance settle, 63 penalised", MAX_TRANSACTION_GAS);
        assertEq(stakeIn(v[31].voter), MIN_STAKE * 3 / 2 - penaltyOf(MIN_STAKE * 3 / 2, PENALTY_BPS), "penalised");
    }
}
