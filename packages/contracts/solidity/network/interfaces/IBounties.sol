// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICredits} from "./ICredits.sol";

/// @notice What a bounty asks for.
enum BountyKind {
    Data,
    Model
}

/// @notice Where a bounty is. Awarded and refunded ones never change again.
enum BountyState {
    None,
    Open,
    Awarded,
    Refunded
}

struct Bounty {
    address sponsor;
    /// @dev In escrow until it is awarded or refunded; wei.
    uint96 amount;
    bytes32 spec;
    /// @dev Unix seconds until which proposals are taken.
    uint40 deadline;
    BountyKind kind;
    BountyState state;
    uint16 proposals;
}

struct BountyProposal {
    address proposer;
    bytes32 digest;
}

/// @title Bounties
/// @notice Money in escrow for data or a model that somebody wants. The sponsor picks one proposal; who picks none has his money back,
/// after those who proposed had their time and he had his. A digest says nothing of its content: deliver against the award.
interface IBounties is ICredits {
    event BountyOpened(
        uint256 indexed bounty, address indexed sponsor, BountyKind kind, bytes32 spec, uint96 amount, uint40 deadline
    );
    event BountyProposed(uint256 indexed bounty, uint16 indexed index, address indexed proposer, bytes32 digest);
    event BountyAwarded(uint256 indexed bounty, uint16 indexed index, address indexed proposer, uint96 amount);
    event BountyRefunded(uint256 indexed bounty, address indexed sponsor, uint96 amount);

    /// @notice Escrows `amount` for what the document of digest `spec` describes. @param seconds_ for proposals: one hour to 180 days.
    function openBounty(BountyKind kind, bytes32 spec, uint96 amount, uint40 seconds_) external returns (uint256 bounty);

    /// @notice Proposes data or a model by its digest, before the deadline. An account may propose again; 64 proposals in all.
    function proposeFor(uint256 bounty, bytes32 digest) external returns (uint16 index);

    /// @notice Sponsor only, until 14 days after the deadline: credits the escrow to the proposer of `index`.
    function award(uint256 bounty, uint16 index) external;

    /// @notice Anyone: credits the escrow to the sponsor, 14 days after the deadline, or at the deadline when nobody proposed.
    function refund(uint256 bounty) external;

    function bountyOf(uint256 bounty) external view returns (Bounty memory);
    function bountyProposalOf(uint256 bounty, uint16 index) external view returns (BountyProposal memory);
    /// @notice Bounties are numbered from 1 to this.
    function bounties() external view returns (uint256);
}
