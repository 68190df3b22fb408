// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Where a task is; see ITaskRegistry.
enum TaskPhase {
    None,
    Submitting,
    Drawing,
    Voting,
    Finished
}

/// @notice What an account is in a task: one or the other, for ever.
enum TaskRole {
    None,
    Node,
    Validator
}

/// @notice Governance's parameters of the arena; each has hard bounds, see ArenaParams.
enum ArenaParam {
    CreatorStakePerDay,
    LockedBps,
    VestingSeconds,
    StakeExponent,
    RankRatio,
    Tolerance,
    MissedBps,
    OutlierBps,
    OutlierDistance
}

/// @notice What a task is created with.
struct TaskTerms {
    /// @dev Digest of the manifest: data, model architecture, limits.
    bytes32 manifest;
    /// @dev Digest of the rule by which validators turn a model into a score of 0 to 10,000.
    bytes32 evaluation;
    uint16 rounds;
    uint32 submitSeconds;
    uint32 commitSeconds;
    uint32 revealSeconds;
    /// @dev What nodes, and validators, get at least of a round's reward, in ten-thousandths; the rest follows their stakes. At most 5,000.
    uint16 shareBps;
    /// @dev Validators per model.
    uint8 seats;
}

/// @notice What a task is now.
struct TaskView {
    address creator;
    TaskPhase phase;
    uint16 round;
    uint8 nodes;
    uint8 validators;
    /// @dev Submitting: when the round may be frozen. Drawing: when it may be voided. Voting: when commitments end. Unix seconds.
    uint40 deadline;
    uint40 finishedAt;
    uint64 beaconRound;
    /// @dev wei that no round has given away.
    uint96 pot;
    uint96 creatorStake;
    uint32 vestingSeconds;
}

/// @notice What an account is in a task.
struct Member {
    TaskRole role;
    /// @dev The hold on its stake is released.
    bool released;
    /// @dev Of a node: what it last submitted.
    bytes32 model;
}

/// @notice A model that takes part in a round, as it was when the round was frozen.
struct Entry {
    address node;
    uint96 weight;
    bytes32 model;
}

/// @notice A validator in one round.
struct SeatView {
    bool seated;
    uint8 seat;
    /// @dev Models that it was drawn for, one bit each, lowest first; zero before the draw.
    uint64 assigned;
    bool committed;
    bool revealed;
    bool punished;
}

/// @notice What an account earned in a task; wei.
struct Purse {
    /// @dev Due at once, not yet claimed.
    uint96 free;
    /// @dev Vests from the task's end.
    uint96 locked;
    /// @dev Of `locked`, claimed.
    uint96 drawn;
}

/// @title TaskRegistry
/// @notice The arena: anybody with enough stake poses a task, nodes submit models, validators score them, round by round.
///
/// A round: Submitting, until anybody freezes it; then models, validators and stakes are fixed, before the beacon's round exists that
/// draws who scores what (Drawing). Validators commit and reveal (Voting); then anybody counts: consensus is the median by stake with a
/// fifth for each at most. Nodes earn by rank and stake, validators by closeness to the consensus, stake and work. Nine tenths of what nodes earn
/// stay until the task's end and vest from then. Every phase has a deadline after which anybody moves on; what a round does not give away
/// is the next one's.
///
/// A task is numbered uint160(this contract) << 96 | n, from n = 1; creators stake on n = 0.
interface ITaskRegistry {
    event TaskCreated(uint256 indexed task, address indexed creator, TaskTerms terms, uint96 creatorStake);
    /// @param peerKey ed25519 public key of the account's node. @param binding its signature over this membership: who is not its owner
    /// cannot have it (T2).
    event TaskJoined(uint256 indexed task, address indexed account, TaskRole role, bytes32 peerKey, bytes binding);
    event ModelSubmitted(uint256 indexed task, address indexed node, uint16 round, bytes32 model);
    event TaskFunded(uint256 indexed task, address indexed from, uint256 amount);
    /// @notice Models are numbered in the order of these, from 0.
    event ModelEntered(uint256 indexed task, uint16 indexed round, address indexed node, bytes32 model, uint96 weight);
    event ValidatorSeated(uint256 indexed task, uint16 indexed round, address indexed validator, uint256 seat, uint96 weight);
    event RoundFrozen(uint256 indexed task, uint16 indexed round, uint64 beaconRound);
    event RoundDrawn(
        uint256 indexed task, uint16 indexed round, bytes32 seed, uint64[] assigned, uint40 commitUntil, uint40 revealUntil
    );
    event ScoresCommitted(uint256 indexed task, uint16 round, address indexed validator, bytes32 commitment);
    event ScoresRevealed(uint256 indexed task, uint16 indexed round, address indexed validator, uint16[] scores);
    event RoundCounted(
        uint256 indexed task, uint16 indexed round, uint16[] consensus, uint256[] toNodes, uint256[] toValidators, uint256 carried
    );
    event RoundVoided(uint256 indexed task, uint16 indexed round);
    event ValidatorPunished(uint256 indexed task, uint16 indexed round, address indexed validator, bool missed);
    event TaskFinished(uint256 indexed task, uint32 vestingSeconds);
    event TaskClosed(uint256 indexed task, uint256 toCreator, uint256 toTreasury);
    event MemberReleased(uint256 indexed task, address indexed account);
    event ArenaClaimed(uint256 indexed task, address indexed account, uint256 free, uint256 vested);
    event ArenaParamSet(ArenaParam indexed param, uint256 value);

    // --- tasks
    /// @notice Poses a task. The caller's own stake as a task creator must cover all of its open tasks.
    function createTask(TaskTerms calldata terms) external returns (uint256 task);

    /// @notice Adds to the pot of a task that has not finished.
    function fundTask(uint256 task, uint96 amount) external;

    /// @notice Anyone: takes what the emission gave this task into its pot; after the task's end it is paid to the treasury.
    function collectEmission(uint256 task) external returns (uint256 amount);

    /// @notice Anyone, once a task has finished: what its pot holds goes back to its creator as far as that paid it in,
    /// and to the StakeManager's treasury.
    function closeTask(uint256 task) external;

    // --- members
    /// @notice Takes part with a position of the StakeManager, which is held until the task has finished. A node is never a validator of
    /// the same task, nor the other way round.
    /// @param peerKey ed25519 public key of the node, by which validators find models and know whose they are. @param binding its signature
    /// over this membership, 64 bytes, which members check and the contract does not (docs/PROTOCOL.md).
    function join(uint256 task, TaskRole role, bytes32 peerKey, bytes calldata binding) external;

    /// @notice Nodes: the model by its digest, in place of an earlier one, for the round that is frozen next.
    function submitModel(uint256 task, bytes32 model) external;

    /// @notice Anyone, once a task has finished: the account's stake is held no more.
    function release(uint256 task, address account) external;

    // --- rounds
    /// @notice Anyone, after the time for submissions.
    function freeze(uint256 task) external;
    /// @notice Anyone, once the beacon's round is known.
    function draw(uint256 task) external;
    /// @notice Validators who were drawn. @param seat see seatOf. @param commitment see ScoreVoting.commitmentOf.
    function commitScores(uint256 task, uint256 seat, bytes32 commitment) external;
    /// @notice The same, after commitments. @param scores one per model: 0 to 10,000 for those it was drawn for, 65,535 for the others.
    function revealScores(uint256 task, uint256 seat, uint16[] calldata scores, bytes32 salt) external;
    /// @notice Anyone, after reveals, or once all commitments were revealed: counts at most `maxModels`, and with the last one shares out
    /// the round's reward.
    function count(uint256 task, uint256 maxModels) external returns (bool done);
    /// @notice Anyone, when the beacon has not come for a day: the round ends without a result.
    function voidRound(uint256 task) external;
    /// @notice Anyone, after the count: slashes a validator that did not reveal what it was drawn for, or that was far off. Once each.
    function punish(uint256 task, uint16 round, uint256 seat) external returns (uint256 slashed);

    // --- earnings
    /// @notice Anyone: pays what `account` has earned in a task, as far as it is due, through the StakeManager, to it and its delegators.
    function claim(uint256 task, address account) external returns (uint256 paid);

    // --- governance
    function setArenaParam(ArenaParam param, uint256 value) external;

    // --- views
    function arenaParam(ArenaParam param) external view returns (uint256);
    /// @notice Tasks have the local numbers 1 to this.
    function tasks() external view returns (uint256);
    function taskId(uint256 number) external view returns (uint256);
    function termsOf(uint256 task) external view returns (TaskTerms memory);
    function taskOf(uint256 task) external view returns (TaskView memory);
    function memberOf(uint256 task, address account) external view returns (Member memory);
    function membersOf(uint256 task) external view returns (address[] memory nodes, address[] memory validators);
    function entriesOf(uint256 task, uint16 round) external view returns (Entry[] memory);
    function seatOf(uint256 task, uint16 round, address validator) external view returns (SeatView memory);
    /// @notice 65,535 for a model that nobody scored; the round must have been counted.
    function consensusOf(uint256 task, uint16 round, uint256 model) external view returns (uint16);
    /// @notice What `account` earned, and what `claim` would pay now; wei.
    function purseOf(uint256 task, address account) external view returns (Purse memory purse, uint256 due);
}
