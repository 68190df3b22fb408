// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AlliancePhase, IAlliance, Vote} from "../../../network/interfaces/IAlliance.sol";
import {IStakeManager} from "../../../network/interfaces/IStakeManager.sol";
import {AllianceErrors} from "../../../network/libraries/AllianceErrors.sol";
import {Roles} from "../../../network/libraries/Roles.sol";
import {Seat} from "../../../network/libraries/ScoreVoting.sol";
import {AllianceBase} from "../../base/network/AllianceBase.sol";
import {Vm} from "../../base/Vm.sol";

/// @notice Six accounts that join, leave, stake, unstake, contribute, vote as they like or stay silent, while others fund, claim and
/// advance. Every advance is watched: what it takes from whom, and that it never fails when its time has come.
contract AllianceHandler is AllianceBase {
    uint256 private constant ACCOUNTS = 6;

    uint256 public putIn;
    uint256 public takenOut;
    /// @dev Advances that ended a round, and accounts that were penalised.
    uint256 public settled;
    uint256 public penalised;
    uint256 public verdicts;
    address[] private _accounts;
    mapping(uint32 round => mapping(address account => uint256)) private _slashes;
    mapping(address account => Vote) private _votes;

    constructor() {
        deployAlliance();
        id = found(terms(6));
        task = alliance.taskOf(id);
        putIn = POOL;
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            _accounts.push(addNode(string.concat("node-", vm.toString(i)), MIN_STAKE * (i + 2)));
        }
    }

    // --- who comes and goes
    function join(uint256 who) external {
        address account_ = _pick(who);
        vm.prank(account_);
        try alliance.join(id, PEER_KEY, BINDING) {} catch {}
    }

    function resign(uint256 who) external {
        // Seldom: with nobody left nothing happens.
        if (who % 4 != 0) return;
        address account_ = _pick(who / 4);
        vm.prank(account_);
        try alliance.resign(id) {} catch {}
    }

    function stakeMore(uint256 who, uint256 amount) external {
        address account_ = _pick(who);
        amount = bound(amount, 1e18, 500e18);
        give(account_, amount);
        vm.prank(account_);
        try stakes.stake(Roles.ALLIANCE, task, amount) {} catch {}
    }

    function unstakeSome(uint256 who, uint256 amount) external {
        address account_ = _pick(who);
        vm.prank(account_);
        try stakes.unstake(Roles.ALLIANCE, task, bound(amount, 1e18, 300e18)) {} catch {}
    }

    function withdraw(uint256 who) external {
        address account_ = _pick(who);
        bytes32 key_ = keyIn(account_);
        vm.prank(account_);
        try stakes.withdraw(key_, 8) {} catch {}
    }

    // --- money
    function fundMore(uint256 amount) external {
        uint96 wei_ = uint96(bound(amount, 1, 500e18));
        token.approve(address(alliance), wei_);
        try alliance.fund(id, wei_) {
            putIn += wei_;
        } catch {
            assertTrue(now_().phase == AlliancePhase.Finished, "refused money");
        }
    }

    function claim(uint256 who) external {
        address account_ = _pick(who);
        uint256 earned = alliance.earnedOf(id, account_);
        if (earned == 0) return;
        assertEq(alliance.claim(id, account_), earned, "claimed");
        takenOut += earned;
    }

    function refund(uint256 who) external {
        if (now_().phase != AlliancePhase.Finished) return;
        address funder = who % 2 == 0 ? creator : address(this);
        try alliance.refund(id, funder) returns (uint256 amount) {
            takenOut += amount;
        } catch {}
    }

    // --- rounds
    function contributeOne(uint256 seat, bytes32 digest) external {
        if (now_().phase != AlliancePhase.Contributing) return;
        (Seat[] memory seats,) = alliance.seatsOf(id, now_().round);
        seat %= seats.length;
        vm.prank(seats[seat].voter);
        try alliance.contribute(id, seat, digest) {} catch {}
    }

    function commitOne(uint256 seat, uint256 kind) external {
        if (now_().phase != AlliancePhase.Committing) return;
        (, Seat[] memory seats) = alliance.seatsOf(id, now_().round);
        seat %= seats.length;
        address who = seats[seat].voter;
        Vote memory vote =
            Vote(kind % 5 == 0 ? keccak256("lie") : keccak256("truth"), kind % 3 == 0 ? int8(-1) : int8(1), 0, 2, 1);
        vote.approved = roundNow().contributed & uint64(kind >> 8);
        bytes32 commitment = alliance.commitmentOf(id, now_().round, who, vote, saltOf(who));
        vm.prank(who);
        try alliance.commitVote(id, seat, commitment) {
            _votes[who] = vote;
        } catch {}
    }

    function revealOne(uint256 seat) external {
        if (now_().phase != AlliancePhase.Revealing) return;
        (, Seat[] memory seats) = alliance.seatsOf(id, now_().round);
        seat %= seats.length;
        address who = seats[seat].voter;
        vm.prank(who);
        try alliance.revealVote(id, seat, _votes[who], saltOf(who)) {} catch {}
    }

    /// @dev Lets time pass, or not; lets the beacon speak, or not; advances when it can.
    function advance(uint256 wait, bytes32 seed) external {
        if (now_().phase == AlliancePhase.Finished) return;
        if (wait % 3 != 0) vm.warp(_max(block.timestamp, now_().until));
        if (now_().phase == AlliancePhase.Drawing && wait % 7 != 0) {
            uint64 beaconRound = now_().beaconRound;
            vm.warp(_max(block.timestamp, oracle.timeOf(beaconRound)));
            oracle.set(beaconRound, seed == 0 ? bytes32("seed") : seed);
        }
        (AlliancePhase phase, uint32 round, uint256 until) = (now_().phase, now_().round, now_().until);
        vm.recordLogs();
        try alliance.advance(id) {
            _watch(round);
        } catch (bytes memory reason) {
            vm.getRecordedLogs();
            bool early = bytes4(reason) == AllianceErrors.PhaseRunning.selector && block.timestamp < until;
            bool few = bytes4(reason) == AllianceErrors.TooFewParticipants.selector && phase == AlliancePhase.Idle;
            assertTrue(early || few, "an advance that was due failed");
        }
    }

    /// @dev Nobody is slashed twice for one round, and only for one that ended.
    function _watch(uint32 round) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 ended = 0;
        for (uint256 i = 0; i < logs.length; ++i) {
            bytes32 topic = logs[i].topics[0];
            if (topic == IAlliance.RoundSettled.selector) {
                ++ended;
                if (abi.decode(logs[i].data, (uint256)) != 0) ++verdicts;
            }
            if (topic == IAlliance.Penalised.selector) {
                address who = address(uint160(uint256(logs[i].topics[3])));
                assertEq(++_slashes[round][who], 1, "penalised twice for one round");
                ++penalised;
            }
        }
        settled += ended;
        assertLe(ended, 1, "two rounds at once");
        assertLe(_count(logs, IStakeManager.Slashed.selector), _count(logs, IAlliance.Penalised.selector), "slashed and not said");
    }

    function _count(Vm.Log[] memory logs, bytes32 topic) private pure returns (uint256 count) {
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] == topic) ++count;
        }
    }

    /// @notice Everything that is owed: pool, what accounts earned, and what can still be refunded.
    function owed() external view returns (uint256 sum) {
        sum = now_().pool;
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            sum += alliance.earnedOf(id, _accounts[i]);
        }
    }

    function held() external view returns (uint256) {
        return token.balanceOf(address(alliance));
    }

    function finished() external view returns (bool) {
        return now_().phase == AlliancePhase.Finished;
    }

    /// @notice Members hold exactly one hold of this alliance each; others none.
    function checkHolds() external view {
        address[] memory members = alliance.participantsOf(id);
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            uint256 expected = 0;
            for (uint256 k = 0; k < members.length; ++k) {
                if (members[k] == _accounts[i]) ++expected;
            }
            assertLe(expected, 1, "twice a member");
            assertEq(stakes.positionOf(keyIn(_accounts[i])).holds, expected, "holds");
        }
    }

    function _pick(uint256 who) private view returns (address) {
        return _accounts[who % ACCOUNTS];
    }

    function _max(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? a : b;
    }
}
