// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Why stake is taken. Each reason has its own cap, see `reasonCap`; only EQUIVOCATION reaches delegators.
/// @dev No contract of the network slashes for the last two. What its nodes say in a round they say on the chain, once: a seat has one
/// commitment, a proposer one contribution, so that nobody can say two things; and an assessment that is off is an outlier of a vote.
/// Their caps bind whatever contract governance lets slash later.
enum Reason {
    MISSED_REVEAL,
    OUTLIER,
    WRONG_ASSESSMENT,
    EQUIVOCATION
}

/// @notice What is staked: NetworkToken, or LockedStake ("gm"), which weighs more and pays its rewards apart from its principal.
enum Asset {
    PLAIN,
    LOCKED
}

/// @notice What governance may set, each inside the bounds of StakeParams; amounts in whole tokens, parts in bps, times in seconds.
enum Parameter {
    THAWING,
    REGISTRATION_FEE,
    MIN_TASK_CREATOR,
    MIN_TRAINING_NODE,
    MIN_VALIDATOR,
    MIN_ALLIANCE,
    DELEGATION_FACTOR,
    DELEGATION_RATIO,
    CLAIM_FEE,
    REPORTER_PART,
    TREASURY_PART,
    DAILY_CAP,
    DELEGATOR_CAP,
    CAP_MISSED_REVEAL,
    CAP_OUTLIER,
    CAP_WRONG_ASSESSMENT
}

/// @notice Stake of one asset, or a delegation pool of one asset; amounts in wei of the asset.
struct PoolView {
    /// @dev Active: earns, weighs, and can be slashed.
    uint256 tokens;
    /// @dev Of the active part; 0 for an operator's own stake, which has one owner.
    uint256 shares;
    /// @dev On its way out: earns nothing, weighs nothing, and can be slashed.
    uint256 thawing;
    uint256 thawShares;
    /// @dev Rewards on their way into a delegation pool, in NetworkToken wei: they arrive evenly until `streamUntil` (Unix seconds).
    uint256 streaming;
    uint40 streamUntil;
    /// @dev Grows when the active part is wiped out: shares of an earlier nonce are void.
    uint32 nonce;
    /// @dev The same for the thawing part.
    uint32 thawNonce;
}

/// @notice A position's terms.
struct PositionView {
    /// @dev Zero: nobody ever staked here.
    address operator;
    bytes32 role;
    uint256 task;
    /// @dev Of what delegated stake earns, the operator's part, in bps; in force now.
    uint16 commission;
    /// @dev A rise that was announced, and when it takes effect (Unix seconds); 0 and 0 when there is none.
    uint16 nextCommission;
    uint40 nextCommissionFrom;
    /// @dev Its own stake cannot be withdrawn before (Unix seconds), unless all holds are released.
    uint40 heldUntil;
    uint32 holds;
}

/// @notice One account's delegation to one position in one asset.
struct DelegationView {
    uint256 shares;
    /// @dev What the shares are worth now, in wei of the asset.
    uint256 tokens;
    /// @dev Delegated and not active yet; earns nothing, weighs nothing, cannot be slashed.
    uint256 pending;
    /// @dev From when anybody may activate it (Unix seconds).
    uint40 activeFrom;
    /// @dev Rewards of a LOCKED delegation, in NetworkToken wei; those of a PLAIN one are in its shares' price.
    uint256 earned;
}

/// @notice One request to take stake out.
struct ThawView {
    /// @dev What it is worth now: less after a slash.
    uint256 tokens;
    /// @dev From when it can be withdrawn (Unix seconds).
    uint40 readyAt;
}

/// @title StakeManager
/// @notice Stake of operators by role and task, delegation pools, commission, thawing, rewards and slashes. CONTRACTS.md 2.6.
/// Amounts are wei of NetworkToken; a LOCKED wei counts as one wei of stake.
interface IStakeManager {
    event PositionOpened(bytes32 indexed key, address indexed operator, bytes32 indexed role, uint256 task, uint256 fee);
    event Staked(bytes32 indexed key, Asset indexed asset, uint256 amount);
    /// @notice Rewards that arrived in a delegation pool since its last change.
    event Streamed(bytes32 indexed key, Asset indexed asset, uint256 amount);
    event Delegated(bytes32 indexed key, Asset indexed asset, address indexed delegator, uint256 amount, uint40 activeFrom);
    event DelegationCancelled(bytes32 indexed key, Asset indexed asset, address indexed delegator, uint256 amount);
    event DelegationActivated(
        bytes32 indexed key, Asset indexed asset, address indexed delegator, uint256 amount, uint256 shares
    );
    /// @param shares of the delegation pool that were given up; 0 for an operator's own stake.
    event ThawStarted(
        bytes32 indexed key,
        Asset indexed asset,
        address indexed owner,
        uint256 shares,
        uint256 amount,
        uint256 thawShares,
        uint40 readyAt
    );
    event Withdrawn(bytes32 indexed key, Asset indexed asset, address indexed owner, uint256 requests, uint256 amount);
    event CommissionSet(bytes32 indexed key, uint16 bps, uint40 from);
    event Rewarded(bytes32 indexed key, uint256 amount, uint256 toOperator, uint256 toPool, uint256 toLockedPool);
    /// @param finderFee the reporter's part.
    event Slashed(
        bytes32 indexed key, Reason indexed reason, address indexed reporter, uint256 self, uint256 delegated, uint256 finderFee
    );
    /// @notice What a slash took from one stake or pool. @param delegated false: the operator's own.
    event StakeSlashed(bytes32 indexed key, Asset indexed asset, bool delegated, uint256 active, uint256 thawing);
    /// @notice A slash left nothing of the active or the thawing part: its shares are void, and it starts anew under the next nonce.
    event PoolRestarted(bytes32 indexed key, Asset indexed asset, bool delegated, uint32 nonce, uint32 thawNonce);
    event Held(bytes32 indexed key, address indexed by, uint32 holds, uint40 until);
    event Released(bytes32 indexed key, address indexed by, uint32 holds);
    event Claimed(address indexed account, uint256 amount, uint256 fee);
    event LockedClaimed(bytes32 indexed key, address indexed delegator, uint256 amount);
    event Swept(uint256 burned, uint256 toTreasury, uint256 lockedBurned);
    event ParameterSet(Parameter indexed which, uint32 value);
    event TreasurySet(address treasury);

    // --- an operator's own stake
    /// @notice Stakes NetworkToken in the caller's own position and opens it the first time (training nodes pay the registration fee on
    /// top). The position must then hold at least `minStake(role)`.
    /// @param task uint256(uint160(contract)) << 96 | the contract's own number.
    function stake(bytes32 role, uint256 task, uint256 amount) external;

    /// @notice The same with LockedStake.
    function stakeLocked(bytes32 role, uint256 task, uint256 amount) external;

    /// @notice Starts to take `amount` of the caller's own stake out. It can still be slashed until it is withdrawn. A position with less
    /// than `minStake(role)` left has no weight.
    function unstake(bytes32 role, uint256 task, uint256 amount) external returns (uint40 readyAt);

    /// @notice The same with LockedStake.
    function unstakeLocked(bytes32 role, uint256 task, uint256 amount) external returns (uint40 readyAt);

    /// @notice Pays the caller what has thawed of its stake or its delegation in `key`: at most `max` requests, oldest first. An
    /// operator's own stake stays while the position is held.
    function withdraw(bytes32 key, uint256 max) external returns (uint256 amount);

    /// @notice The same with LockedStake.
    function withdrawLocked(bytes32 key, uint256 max) external returns (uint256 amount);

    // --- delegation
    /// @notice Delegates NetworkToken to an operator's position, from the next epoch on: after ACTIVATION_DELAY anybody may `activate` it.
    /// @param minShares at activation, of everything that is pending.
    /// @return shares that it would get now.
    function delegate(address operator, bytes32 role, uint256 task, uint256 amount, uint256 minShares)
        external
        returns (uint256 shares);

    /// @notice The same with LockedStake.
    function delegateLocked(address operator, bytes32 role, uint256 task, uint256 amount, uint256 minShares)
        external
        returns (uint256 shares);

    /// @notice Turns what `delegator` delegated a day ago or earlier into shares.
    function activate(bytes32 key, Asset asset, address delegator) external returns (uint256 shares);

    /// @notice Takes back what the caller delegated and is not active yet, at once.
    function cancelDelegation(bytes32 key, Asset asset) external returns (uint256 amount);

    /// @notice Starts to take a delegation out: `shares` of the caller become a thawing request at their present price.
    function undelegate(bytes32 key, uint256 shares) external returns (uint256 amount);

    /// @notice The same with LockedStake.
    function undelegateLocked(bytes32 key, uint256 shares) external returns (uint256 amount);

    /// @notice The operator's part of what delegated stake earns. Falls at once; rises by at most MAX_COMMISSION_STEP, once in 30 days,
    /// after a notice that is longer than thawing. Free as long as nobody ever delegated to the position.
    function setCommission(bytes32 key, uint16 bps) external;

    // --- claims
    /// @notice Pays `account` what its positions and reports earned.
    function claim(address account) external returns (uint256 paid);

    /// @notice Pays `delegator` what its LOCKED delegation to `key` earned.
    function claimLocked(bytes32 key, address delegator) external returns (uint256 paid);

    /// @notice Burns and hands to the treasury what slashes and fees left for them.
    function sweep() external returns (uint256 burned, uint256 toTreasury);

    // --- contracts of the network (AccessManager)
    /// @notice Pays `amount` of NetworkToken, pulled from the caller, to the position: operator and delegators. O(1) in delegators. The
    /// operator's part is there to claim at once, the delegators' arrives in their pool over REWARD_STREAM.
    function reward(bytes32 key, uint256 amount) external;

    /// @notice Takes stake: the operator's own first, then, for EQUIVOCATION only, its delegators' up to a cap. Never reverts because
    /// there is too little: it takes what the reason's cap and the stake allow. O(1) in delegators.
    /// @param reporter gets its part of what was taken in NetworkToken; zero: nobody does.
    /// @return self taken from the operator. @return delegated taken from delegators.
    function slash(bytes32 key, uint256 amount, Reason reason, address reporter)
        external
        returns (uint256 self, uint256 delegated);

    /// @notice The operator's own stake cannot be withdrawn until as many releases (or MAX_HOLD after the last hold).
    function hold(bytes32 key) external;
    function release(bytes32 key) external;

    // --- governance (AccessManager)
    /// @notice Sets a parameter inside its bounds, see `boundsOf`. A thawing period is for requests from now on.
    function setParameter(Parameter which, uint32 value) external;

    /// @notice Who gets what slashes and fees leave, apart from what is burned.
    function setTreasury(address treasury) external;

    // --- readings
    function keyOf(address operator, bytes32 role, uint256 task) external pure returns (bytes32);

    /// @notice The operator's own active stake, both assets. Thawing stake is not in it.
    function selfStakeOf(bytes32 key) external view returns (uint256);

    /// @notice Active delegations, both assets.
    function delegatedOf(bytes32 key) external view returns (uint256);

    /// @notice What counts in draws and votes: own stake + DELEGATION_FACTOR * min(delegated, DELEGATION_RATIO * own stake); nothing while
    /// the own stake is below `minStake`.
    function weightOf(bytes32 key) external view returns (uint256);

    /// @notice Active stake of a task, delegations included, of everybody but its creator; rewards count from their pool's next change.
    function taskStakeOf(uint256 task) external view returns (uint256);

    /// @notice What a slash can reach of the operator's own: active and thawing.
    function slashableOf(bytes32 key) external view returns (uint256);

    function positionOf(bytes32 key) external view returns (PositionView memory);
    function ownStakeOf(bytes32 key, Asset asset) external view returns (PoolView memory);
    function poolOf(bytes32 key, Asset asset) external view returns (PoolView memory);
    function delegationOf(bytes32 key, Asset asset, address delegator) external view returns (DelegationView memory);
    function thawsOf(bytes32 key, Asset asset, address owner) external view returns (ThawView[] memory);
    function earnedOf(address account) external view returns (uint256);
    function parameterOf(Parameter which) external view returns (uint32);
    function boundsOf(Parameter which) external view returns (uint256 min, uint256 max);
    /// @notice Burned, and paid to the treasury, by the next `sweep`.
    function spoils() external view returns (uint256 toBurn, uint256 toTreasury, uint256 lockedToBurn);
    function treasury() external view returns (address);
    function minStake(bytes32 role) external view returns (uint256);
    function reasonCap(Reason reason) external view returns (uint16 bps);
}
