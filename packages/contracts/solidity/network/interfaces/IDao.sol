// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a proposal's vote came to; wei of votes.
struct Tally {
    uint256 against;
    uint256 inFavour;
    uint256 abstain;
    /// @dev Counts as against, and says that the proposer should lose its stake.
    uint256 scam;
}

/// @notice What stands behind a proposal.
struct ProposalStake {
    /// @dev wei; zero once it went back, or was lost.
    uint96 amount;
    /// @dev The moment whose holdings vote: before the proposal was public (Unix seconds).
    uint48 weighedAt;
    /// @dev More than half called it a scam: the vote ended there.
    bool ended;
    bool rewarded;
    /// @dev wei that were staked, for the reward.
    uint96 staked;
}

/// @notice Parameters of governance; each has hard bounds, see Dao.
enum DaoParam {
    ProposalStake,
    RewardBps,
    RewardCeiling
}

/// @title Dao
/// @notice Governs the network's parameters: OpenZeppelin's Governor with a stake behind each proposal, a vote that calls it a scam, and a
/// reward for those that are carried out. Votes: 0 against, 1 for, 2 abstain, 3 scam.
///
/// A proposal passes with more votes for than against and scam together, at most a third of all calling it a scam, and for and abstain
/// reaching the quorum. Whatever happens, its stake has a way out:
/// passed, or defeated in a vote that reached the quorum: all of it goes back. Defeated without a quorum: half. Called a scam by more
/// than a third in a vote that reached the quorum: none, it is burned. Canceled: all of it, once its vote would have begun.
interface IDao {
    event ProposalStaked(uint256 indexed proposalId, address indexed proposer, uint256 amount, uint48 weighedAt);
    event ProposalStakeReturned(
        uint256 indexed proposalId, address indexed proposer, uint256 returned, uint256 kept, uint256 burned
    );
    event ProposalEndedAsScam(uint256 indexed proposalId, uint256 scam, uint256 cast);
    event ProposalRewarded(uint256 indexed proposalId, address indexed proposer, uint256 amount);
    event RewardsFunded(address indexed from, uint256 amount);
    event DaoParamSet(DaoParam indexed param, uint256 value);

    /// @notice Anyone, once a proposal's vote is over: the stake goes where the vote sends it.
    function returnStake(uint256 proposalId) external;

    /// @notice Anyone, in the second half of a vote: ends it when more than half of all votes, and no fewer than the quorum, say scam.
    function endScam(uint256 proposalId) external;

    /// @notice Anyone, for an executed proposal: pays its proposer a part of its stake from the reward fund, as far as the month allows.
    function reward(uint256 proposalId) external returns (uint256 paid);

    /// @notice Adds to the reward fund.
    function fundRewards(uint256 amount) external;

    /// @notice Governance only.
    function setDaoParam(DaoParam param, uint256 value) external;

    function daoParam(DaoParam param) external view returns (uint256);
    function tallyOf(uint256 proposalId) external view returns (Tally memory);
    function stakeOf(uint256 proposalId) external view returns (ProposalStake memory);
    /// @notice wei that rewards are paid from.
    function rewardFund() external view returns (uint256);
    /// @notice wei that rewards may still take in this month of 30 days.
    function rewardsLeft() external view returns (uint256);
    /// @notice The least that governance can set: a day and two on a public network. Fixed for ever.
    function minVotingDelay() external view returns (uint48);
    /// @notice The same of a vote's length, seconds.
    function minVotingPeriod() external view returns (uint32);
}
