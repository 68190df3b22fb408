// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {AllianceMoney} from "./AllianceMoney.sol";
import {AlliancePhase, IAlliance} from "./interfaces/IAlliance.sol";
import {AllianceErrors} from "./libraries/AllianceErrors.sol";
import {AllianceMath} from "./libraries/AllianceMath.sol";
import {Ballot, ScoreVoting, Seat} from "./libraries/ScoreVoting.sol";
import {Sortition} from "./libraries/Sortition.sol";

/// @notice The part of an alliance in which accounts come and go, are frozen as candidates, and are drawn.
abstract contract AllianceMembers is AllianceMoney {
    using SafeCastLib for uint256;
    using ScoreVoting for Ballot;

    bytes32 private constant PROPOSER = "PROPOSER";
    bytes32 private constant VOTER = "VOTER";
    /// @dev Longer than a beacon's fallback takes with the longest windows: a draw that is given up was nobody's to know.
    uint256 private constant DRAW_TIMEOUT = 14 days;
    uint256 private constant BINDING_BYTES = 64;

    /// @inheritdoc IAlliance
    function join(uint256 id, bytes32 peerKey, bytes calldata binding) external locked {
        Book storage book = _book(id);
        AlliancePhase phase = book.machine.phase;
        require(phase != AlliancePhase.Finished, AllianceErrors.AllianceFinished(id));
        // The candidates are frozen: nobody comes who knows the beacon (attack 34).
        require(phase != AlliancePhase.Drawing, AllianceErrors.AllianceInPhase(id, phase));
        Standing storage standing = book.standings[msg.sender];
        require(standing.place == 0, AllianceErrors.AlreadyParticipates(msg.sender));
        require(peerKey != 0, ErrorsLib.PeerKeyInvalid());
        require(binding.length == BINDING_BYTES, ErrorsLib.BindingLength(binding.length));
        uint256 count = book.members.length;
        require(count < book.terms.maxParticipants, AllianceErrors.AllianceFull(book.terms.maxParticipants));
        bytes32 key = _keyOf(id, msg.sender);
        uint256 stake = stakes.selfStakeOf(key);
        require(stake >= book.terms.minStake, AllianceErrors.StakeBelowMinimum(msg.sender, stake, book.terms.minStake));
        book.members.push(Member(msg.sender, 0));
        (standing.place, standing.peerKey) = (uint8(count + 1), peerKey); // at most 64
        emit Joined(id, msg.sender, peerKey, binding);
        stakes.hold(key);
    }

    /// @inheritdoc IAlliance
    function resign(uint256 id) external locked {
        Book storage book = _book(id);
        Standing storage standing = book.standings[msg.sender];
        uint256 place = standing.place;
        require(place != 0, AllianceErrors.NotAParticipant(msg.sender));
        AlliancePhase phase = book.machine.phase;
        if (phase != AlliancePhase.Idle && phase != AlliancePhase.Finished) {
            standing.leaving = true;
            emit LeaveAnnounced(id, msg.sender);
        } else {
            _remove(id, place - 1);
            stakes.release(_keyOf(id, msg.sender));
        }
    }

    /// @dev Lets go whoever leaves or has too little stake, freezes the others and binds the draw to a round of the beacon that nobody
    /// knows. With too few left, the alliance stays idle.
    function _freeze(uint256 id) internal {
        Book storage book = _books[id];
        bytes32[] memory gone = _sweepMembers(id);
        uint256 count = book.members.length;
        if (count >= book.terms.minParticipants) {
            Member[] memory members = book.members;
            uint64 beaconRound = beacon.roundAfter(block.timestamp + _params.drawMargin);
            Machine storage m = book.machine;
            (m.phase, m.beaconRound) = (AlliancePhase.Drawing, beaconRound);
            m.until = uint40(beacon.timeOf(beaconRound) + DRAW_TIMEOUT);
            emit RoundFrozen(id, m.round, beaconRound, _accountsOf(members), _weightsOf(members));
        } else {
            require(gone.length != 0, AllianceErrors.TooFewParticipants(count, book.terms.minParticipants));
        }
        for (uint256 i = 0; i < gone.length; ++i) {
            stakes.release(gone[i]);
        }
    }

    /// @dev Draws proposers, then voters from the others, by what was frozen.
    function _draw(uint256 id, bytes32 beaconSeed) internal {
        Book storage book = _books[id];
        Machine storage m = book.machine;
        Member[] memory members = book.members;
        (uint256[] memory proposers, uint256[] memory voters) = rules.drawRoles(
            _weightsOf(members), _seedsOf(id, m.round, beaconSeed), [uint256(book.terms.proposers), book.terms.voters]
        );
        uint40 until = uint40(block.timestamp) + book.terms.contributeWindow;
        (m.phase, m.until) = (AlliancePhase.Contributing, until);
        Round storage round = book.rounds[m.round];
        address[] memory first = _seatProposers(round, members, proposers);
        address[] memory second = _seatVoters(round, members, voters);
        emit RolesDrawn(id, m.round, beaconSeed, first, second, until);
    }

    function _seatProposers(Round storage round, Member[] memory members, uint256[] memory drawn)
        private
        returns (address[] memory accounts)
    {
        accounts = new address[](drawn.length);
        round.proposers = uint8(drawn.length); // at most 64
        for (uint256 k = 0; k < drawn.length; ++k) {
            Member memory member = members[drawn[k]];
            round.proposerAt[k] = Seat(member.account, member.weight);
            accounts[k] = member.account;
        }
    }

    function _seatVoters(Round storage round, Member[] memory members, uint256[] memory drawn)
        private
        returns (address[] memory accounts)
    {
        accounts = new address[](drawn.length);
        for (uint256 k = 0; k < drawn.length; ++k) {
            Member memory member = members[drawn[k]];
            round.ballot.seat(member.account, member.weight);
            accounts[k] = member.account;
        }
    }

    function _seedsOf(uint256 id, uint32 round, bytes32 beaconSeed) private view returns (bytes32[2] memory) {
        uint256 task = taskOf(id);
        return [Sortition.seedOf(beaconSeed, task, round, PROPOSER), Sortition.seedOf(beaconSeed, task, round, VOTER)];
    }

    /// @dev Freezes the weights of those who stay, from the last to the first, so that whoever takes a place is frozen already.
    /// @return gone keys of those who were let go.
    function _sweepMembers(uint256 id) private returns (bytes32[] memory gone) {
        Book storage book = _books[id];
        uint256 count = book.members.length;
        gone = new bytes32[](count);
        uint256 removed = 0;
        for (uint256 i = count; i != 0; --i) {
            Member storage member = book.members[i - 1];
            Standing storage standing = book.standings[member.account];
            bytes32 key = _keyOf(id, member.account);
            uint256 weight = stakes.weightOf(key);
            if (weight != 0 && !standing.leaving && stakes.selfStakeOf(key) >= book.terms.minStake) {
                member.weight = (weight >> AllianceMath.halvings(standing.strikes)).toUint96();
            } else {
                _remove(id, i - 1);
                gone[removed++] = key;
            }
        }
        assembly ("memory-safe") {
            mstore(gone, removed)
        }
    }

    function _weightsOf(Member[] memory members) private pure returns (uint256[] memory weights) {
        weights = new uint256[](members.length);
        for (uint256 i = 0; i < members.length; ++i) {
            weights[i] = members[i].weight;
        }
    }

    function _accountsOf(Member[] memory members) internal pure returns (address[] memory accounts) {
        accounts = new address[](members.length);
        for (uint256 i = 0; i < members.length; ++i) {
            accounts[i] = members[i].account;
        }
    }

    function _remove(uint256 id, uint256 index) private {
        Book storage book = _books[id];
        address account = book.members[index].account;
        Member memory last = book.members[book.members.length - 1];
        book.members[index] = last;
        book.standings[last.account].place = uint8(index + 1); // less than before
        book.members.pop();
        Standing storage standing = book.standings[account];
        (standing.place, standing.leaving) = (0, false);
        emit Left(id, account);
    }
}
