// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {Credits} from "./Credits.sol";
import {Bounty, BountyKind, BountyProposal, BountyState, IBounties} from "./interfaces/IBounties.sol";
import {ModelErrors} from "./libraries/ModelErrors.sol";

/// @notice The part of the model market that escrows bounties.
abstract contract Bounties is Credits, IBounties {
    uint40 private constant MIN_TIME = 1 hours;
    uint40 private constant MAX_TIME = 180 days;
    /// @dev For the sponsor to look at what came in the last minute.
    uint256 private constant DECISION = 14 days;
    uint16 private constant MAX_PROPOSALS = 64;

    /// @inheritdoc IBounties
    uint256 public bounties;
    mapping(uint256 bounty => Bounty) private _bounties;
    mapping(uint256 bounty => mapping(uint16 index => BountyProposal)) private _proposals;

    /// @inheritdoc IBounties
    function openBounty(BountyKind kind, bytes32 spec, uint96 amount, uint40 seconds_) external locked returns (uint256 bounty) {
        require(amount != 0, ErrorsLib.AmountZero());
        require(spec != 0, ModelErrors.DigestZero());
        bool timely = seconds_ >= MIN_TIME && seconds_ <= MAX_TIME;
        require(timely, ModelErrors.ParamOutOfRange("seconds", seconds_, MIN_TIME, MAX_TIME));
        bounty = ++bounties;
        uint40 deadline = uint40(block.timestamp) + seconds_;
        _bounties[bounty] = Bounty(msg.sender, amount, spec, deadline, kind, BountyState.Open, 0);
        emit BountyOpened(bounty, msg.sender, kind, spec, amount, deadline);
        _pull(amount);
    }

    /// @inheritdoc IBounties
    function proposeFor(uint256 bounty, bytes32 digest) external locked returns (uint16 index) {
        Bounty storage b = _open(bounty);
        require(digest != 0, ModelErrors.DigestZero());
        require(block.timestamp < b.deadline, ModelErrors.BountyTooLate(bounty, b.deadline));
        index = b.proposals;
        require(index < MAX_PROPOSALS, ModelErrors.BountyFull(bounty, MAX_PROPOSALS));
        b.proposals = index + 1;
        _proposals[bounty][index] = BountyProposal(msg.sender, digest);
        emit BountyProposed(bounty, index, msg.sender, digest);
    }

    /// @inheritdoc IBounties
    function award(uint256 bounty, uint16 index) external locked {
        Bounty storage b = _open(bounty);
        require(msg.sender == b.sponsor, ModelErrors.NotSponsor(msg.sender, b.sponsor));
        require(index < b.proposals, ModelErrors.UnknownBountyProposal(bounty, index));
        uint256 until = b.deadline + DECISION;
        require(block.timestamp < until, ModelErrors.BountyTooLate(bounty, until));
        address proposer = _proposals[bounty][index].proposer;
        b.state = BountyState.Awarded;
        _credit(proposer, b.amount);
        emit BountyAwarded(bounty, index, proposer, b.amount);
    }

    /// @inheritdoc IBounties
    function refund(uint256 bounty) external locked {
        Bounty storage b = _open(bounty);
        uint256 from = b.proposals == 0 ? b.deadline : b.deadline + DECISION;
        require(block.timestamp >= from, ModelErrors.BountyTooEarly(bounty, from));
        b.state = BountyState.Refunded;
        _credit(b.sponsor, b.amount);
        emit BountyRefunded(bounty, b.sponsor, b.amount);
    }

    /// @inheritdoc IBounties
    function bountyOf(uint256 bounty) external view returns (Bounty memory) {
        return _bounties[bounty];
    }

    /// @inheritdoc IBounties
    function bountyProposalOf(uint256 bounty, uint16 index) external view returns (BountyProposal memory) {
        return _proposals[bounty][index];
    }

    function _open(uint256 bounty) private view returns (Bounty storage b) {
        b = _bounties[bounty];
        require(b.state != BountyState.None, ModelErrors.UnknownBounty(bounty));
        require(b.state == BountyState.Open, ModelErrors.BountyEnded(bounty, b.state));
    }
}
