// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Seat} from "../libraries/ScoreVoting.sol";

/// @notice Where an alliance is. Idle until a round is opened; then, by `advance`, from one phase to the next and back to Idle.
enum AlliancePhase {
    None,
    Idle,
    /// @dev Candidates and stakes are frozen, and the beacon's round has not come.
    Drawing,
    Contributing,
    Committing,
    Revealing,
    Finished
}

/// @notice What voters made of a round's aggregate.
enum Verdict {
    /// @dev Too few voted, or no digest had more than half, or as many were for as against: nothing changes.
    Undecided,
    Accepted,
    Rejected
}

/// @notice What an alliance's creator decides. Times in seconds, stake in wei.
struct AllianceTerms {
    bytes32 manifest;
    /// @dev The global model before the first round.
    bytes32 model;
    uint32 rounds;
    uint8 minParticipants;
    uint8 maxParticipants;
    /// @dev How many are drawn; with fewer participants both shrink in proportion.
    uint8 proposers;
    uint8 voters;
    uint32 contributeWindow;
    uint32 commitWindow;
    uint32 revealWindow;
    uint96 minStake;
}

/// @notice What governance decides for all alliances.
struct AllianceParams {
    /// @dev Seconds between the freeze and the earliest moment at which its beacon round is due.
    uint32 drawMargin;
    /// @dev Seconds between two rounds, in which accounts come and go.
    uint32 restWindow;
    /// @dev Of the own stake, in bps: for a missed contribution or reveal, and for the minority.
    uint16 missedBps;
    uint16 outlierBps;
    uint96 minPool;
}

/// @notice A voter's view of a round's aggregate.
struct Vote {
    /// @dev Digest of the aggregate, as this voter computed it.
    bytes32 digest;
    /// @dev +1: better than the global model on the voter's own data; -1: not.
    int8 score;
    /// @dev One bit per proposer: contributions that the voter approves of.
    uint64 approved;
    /// @dev On the voter's own data, by 1e9.
    uint64 lossBefore;
    uint64 lossAfter;
}

/// @notice What an alliance is at now.
struct AllianceView {
    address creator;
    AlliancePhase phase;
    /// @dev The round that is open, or comes next; counted from 1.
    uint32 round;
    /// @dev Unix seconds from which `advance` needs nothing else; while Idle: from which a round can be opened.
    uint40 until;
    /// @dev The beacon's round that the draw waits for; while Drawing.
    uint64 beaconRound;
    uint8 participants;
    /// @dev Global model.
    bytes32 model;
    /// @dev Wei for the rounds to come.
    uint96 pool;
}

/// @notice A round, open or past.
struct RoundView {
    uint8 proposers;
    uint8 voters;
    /// @dev One bit per seat.
    uint64 contributed;
    uint64 committed;
    uint64 revealed;
    Verdict verdict;
    /// @dev Contributions that the voters approved of together.
    uint64 approved;
    /// @dev The digest that most voted for; zero when there is none.
    bytes32 digest;
}

/// @title Alliance
/// @notice Federated learning without a trusted aggregator (FLock's FL Alliance; SEED-SYSTEMS.md 2.8). Each round a beacon draws
/// proposers and voters by stake from those who take part. Proposers contribute the digests of what they trained; voters aggregate it,
/// each for itself and all in the same way, try it on their own data, and commit and reveal what they found. Every step has a deadline,
/// and anybody may take the alliance to the next.
///
/// Whoever was right is paid from the pool; whoever missed its duty or was with the minority loses a small part of its stake and gets a
/// strike, which halves its weight, in draws, votes and pay, until it was right in the same role again.
interface IAlliance {
    event AllianceCreated(uint256 indexed id, address indexed creator, AllianceTerms terms);
    event AllianceParamsSet(AllianceParams params);
    event AllianceSourcesSet(address emission, address treasury);
    event AllianceFunded(uint256 indexed id, address indexed funder, uint256 amount, uint256 pool);
    /// @param binding the peer key's signature over this membership: who is not its owner cannot have it (T2).
    event Joined(uint256 indexed id, address indexed account, bytes32 peerKey, bytes binding);
    event LeaveAnnounced(uint256 indexed id, address indexed account);
    event Left(uint256 indexed id, address indexed account);
    /// @notice The candidates and their weights, which are stakes halved for each strike, are fixed; `accounts` are all who take part.
    event RoundFrozen(uint256 indexed id, uint32 indexed round, uint64 beaconRound, address[] accounts, uint256[] weights);
    event DrawVoided(uint256 indexed id, uint32 indexed round, uint64 beaconRound);
    event RolesDrawn(uint256 indexed id, uint32 indexed round, bytes32 seed, address[] proposers, address[] voters, uint40 until);
    event Contributed(uint256 indexed id, uint32 indexed round, address indexed proposer, uint256 seat, bytes32 digest);
    event VoteCommitted(uint256 indexed id, uint32 indexed round, address indexed voter, uint256 seat, bytes32 commitment);
    event VoteRevealed(uint256 indexed id, uint32 indexed round, address indexed voter, uint256 seat, Vote vote);
    event PhaseAdvanced(uint256 indexed id, uint32 indexed round, AlliancePhase phase, uint40 until);
    /// @param sum of the scores of those who voted for `digest`, by their capped weight. @param pot of the round. @param paid of it.
    event RoundSettled(
        uint256 indexed id,
        uint32 indexed round,
        Verdict verdict,
        bytes32 digest,
        int256 sum,
        uint64 approved,
        bytes32 model,
        uint256 pot,
        uint256 paid
    );
    event Earned(uint256 indexed id, uint32 indexed round, address indexed account, uint256 amount);
    /// @notice An account's strikes after a round that changed them; see strikesOf.
    event Struck(uint256 indexed id, uint32 indexed round, address indexed account, uint16 strikes);
    event Penalised(uint256 indexed id, uint32 indexed round, address indexed account, bool missed, uint256 taken);
    event RewardClaimed(uint256 indexed id, address indexed account, uint256 amount);
    event Refunded(uint256 indexed id, address indexed funder, uint256 amount);

    // --- life
    /// @notice Creates an alliance and funds it with `amount`.
    function create(AllianceTerms calldata terms, uint96 amount) external returns (uint256 id);

    /// @notice Takes part from the next round on, with a stake of role ALLIANCE on `taskOf(id)`, which is held until the account has
    /// left. Not while roles are being drawn.
    /// @param peerKey ed25519 public key of the node, by which participants find each other. @param binding its signature over
    /// this membership, 64 bytes, which participants check and the contract does not (docs/PROTOCOL.md).
    function join(uint256 id, bytes32 peerKey, bytes calldata binding) external;

    /// @notice Leaves: at once between rounds and at the end, otherwise when the next round is opened.
    function resign(uint256 id) external;

    // --- rounds
    /// @notice Anybody: takes the alliance to its next phase, when everything has come or its time is over. Opens a round, draws roles,
    /// ends contributions, commitments, or reveals and settles; ends an alliance in which nothing happens for 30 days.
    /// The caller is the reporter of those who are penalised.
    function advance(uint256 id) external returns (AlliancePhase phase);

    /// @notice The proposer of `seat`: the digest of its parameters. Their bytes name their proposer, so that copies earn nothing.
    function contribute(uint256 id, uint256 seat, bytes32 digest) external;

    /// @notice The voter of `seat`: what it will reveal; see commitmentOf.
    function commitVote(uint256 id, uint256 seat, bytes32 commitment) external;

    /// @notice The voter of `seat`: what it committed to.
    function revealVote(uint256 id, uint256 seat, Vote calldata vote, bytes32 salt) external;

    // --- money
    /// @notice Adds to the pool.
    function fund(uint256 id, uint96 amount) external;

    /// @notice Anybody: adds what the emission gave to this alliance to its pool.
    function collectEmission(uint256 id) external returns (uint256 amount);

    /// @notice Anybody: pays what `account` earned to its position in the StakeManager, where its delegators have their part.
    function claim(uint256 id, address account) external returns (uint256 amount);

    /// @notice Anybody, at the end: pays `funder` its part of what was not spent.
    function refund(uint256 id, address funder) external returns (uint256 amount);

    // --- governance
    function setParams(AllianceParams calldata params) external;

    /// @notice Where emission comes from, and who has back what of it was not spent; both may be zero.
    function setSources(address emission, address treasury) external;

    // --- readings
    /// @notice The alliance's task in the StakeManager.
    function taskOf(uint256 id) external view returns (uint256);
    function alliances() external view returns (uint256);
    function allianceOf(uint256 id) external view returns (AllianceView memory);
    function termsOf(uint256 id) external view returns (AllianceTerms memory);
    function roundOf(uint256 id, uint32 round) external view returns (RoundView memory);
    function seatsOf(uint256 id, uint32 round) external view returns (Seat[] memory proposers, Seat[] memory voters);
    function participantsOf(uint256 id) external view returns (address[] memory);
    function contributionOf(uint256 id, uint32 round, uint256 seat) external view returns (bytes32);
    /// @notice All zero before it was revealed.
    function voteOf(uint256 id, uint32 round, uint256 seat) external view returns (Vote memory);
    function commitmentOf(uint256 id, uint32 round, address voter, Vote calldata vote, bytes32 salt)
        external
        view
        returns (bytes32);
    /// @notice What the open round pays, or the next one would: the pool over the rounds that are left.
    function potOf(uint256 id) external view returns (uint256);
    function earnedOf(uint256 id, address account) external view returns (uint256);
    function fundedOf(uint256 id, address funder) external view returns (uint256);
    /// @notice Strikes of an account, which each halve its weight: as a proposer in the low byte, as a voter in the one above. Who leaves and
    /// comes back has them still.
    function strikesOf(uint256 id, address account) external view returns (uint16);
    /// @notice What the account joined with last; zero when it never did.
    function peerKeyOf(uint256 id, address account) external view returns (bytes32);
    function params() external view returns (AllianceParams memory);
}
