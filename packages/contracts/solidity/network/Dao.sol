// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorProposalGuardian} from "@openzeppelin/contracts/governance/extensions/GovernorProposalGuardian.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {GovernorVotesQuorumFraction} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {CurrencyHolder} from "./CurrencyHolder.sol";
import {DaoParam, IDao, ProposalStake, Tally} from "./interfaces/IDao.sol";
import {INetworkToken} from "./interfaces/INetworkToken.sol";
import {DaoErrors} from "./libraries/DaoErrors.sol";

/// @notice What a Dao is created with. Delay and period are also the least that governance can set later: a day each on a public
/// network, where deployNetwork refuses less and nodes refuse to join. They are no constants so that a local chain, where a vote lasts
/// minutes, runs the very same code.
struct DaoTerms {
    address token;
    address payable timelock;
    /// @dev May cancel any proposal, and nothing else; zero for nobody.
    address guardian;
    uint48 votingDelay;
    uint32 votingPeriod;
    /// @dev A vote that reaches its quorum late lasts at least so much longer; seconds.
    uint48 lateExtension;
}

/// @title Dao
/// @notice See IDao.
///
/// ROLES: the guardian cancels. Parameters change by proposals, through the timelock, inside of the bounds below.
/// TRUST: the network's token, which calls nobody.
///
/// INVARIANTS
/// 1. The token held is at least all stakes that have not gone back, and the reward fund.
/// 2. Who votes had its votes before the proposal was public.
/// 3. In 30 days no more than the ceiling is paid in rewards, and only for what was executed.
contract Dao is
    Governor,
    GovernorSettings,
    GovernorVotes,
    GovernorVotesQuorumFraction,
    GovernorPreventLateQuorum,
    GovernorTimelockControl,
    GovernorProposalGuardian,
    CurrencyHolder,
    IDao
{
    using SafeCastLib for uint256;

    uint256 private constant BPS = 10_000;
    uint256 private constant MONTH = 30 days;
    uint256 private constant MAX_VOTING_DELAY = 14 days;
    uint256 private constant MAX_VOTING_PERIOD = 30 days;
    /// @dev A hundredth of the supply: more would leave governance to a few.
    uint256 private constant MAX_THRESHOLD = 10_000_000e18;
    /// @dev Percent of the supply. Less than 1 is nobody, more than 20 has never been reached by a token of this kind.
    uint256 private constant MIN_QUORUM = 1;
    uint256 private constant MAX_QUORUM = 20;
    uint256 private constant MIN_STAKE = 1e18;
    uint256 private constant MAX_STAKE = 1_000_000e18;
    /// @dev Once its stake: more would make proposals a trade.
    uint256 private constant MAX_REWARD_BPS = BPS;
    /// @dev A thousandth of the supply a month.
    uint256 private constant MAX_CEILING = 1_000_000e18;

    /// @dev Kinds of votes, as castVote takes them.
    uint8 private constant AGAINST = 0;
    uint8 private constant IN_FAVOUR = 1;
    uint8 private constant ABSTAIN = 2;
    uint8 private constant SCAM = 3;

    /// @inheritdoc IDao
    uint48 public immutable minVotingDelay;
    /// @inheritdoc IDao
    uint32 public immutable minVotingPeriod;

    // --- votes
    mapping(uint256 proposalId => Tally) private _tallies;
    mapping(uint256 proposalId => mapping(address voter => bool)) private _voted;

    // --- money
    mapping(uint256 proposalId => ProposalStake) private _stakes;
    /// @inheritdoc IDao
    uint256 public rewardFund;
    mapping(uint256 month => uint256 amount) private _rewarded;
    mapping(DaoParam param => uint256 value) private _params;

    constructor(DaoTerms memory t)
        Governor("fednode Dao")
        GovernorSettings(t.votingDelay, t.votingPeriod, 0)
        GovernorVotes(IVotes(t.token))
        GovernorVotesQuorumFraction(4) // what OpenZeppelin's wizard and most DAOs start with
        GovernorPreventLateQuorum(t.lateExtension)
        GovernorTimelockControl(TimelockController(t.timelock))
        CurrencyHolder(t.token)
    {
        require(t.votingDelay != 0, DaoErrors.GovernanceOutOfRange("votingDelay", 0, 1, MAX_VOTING_DELAY));
        (minVotingDelay, minVotingPeriod) = (t.votingDelay, t.votingPeriod);
        _setProposalGuardian(t.guardian);
        // Three times what a node stakes: whoever proposes has more to lose than to take part. A hundred such proposals fit the ceiling.
        _setParam(DaoParam.ProposalStake, 10_000e18);
        _setParam(DaoParam.RewardBps, 500);
        _setParam(DaoParam.RewardCeiling, 50_000e18);
    }

    // --- stakes
    /// @inheritdoc IDao
    function returnStake(uint256 proposalId) external locked {
        ProposalStake storage s = _stakes[proposalId];
        uint256 amount = s.amount;
        require(amount != 0, DaoErrors.NothingStaked(proposalId));
        (uint256 returned, uint256 burned) = _verdict(proposalId, amount);
        address proposer = proposalProposer(proposalId);
        s.amount = 0;
        uint256 kept = amount - returned - burned;
        emit ProposalStakeReturned(proposalId, proposer, returned, kept, burned);
        if (returned != 0) _push(proposer, returned);
        if (kept != 0) _push(timelock(), kept);
        if (burned != 0) INetworkToken(currency).burn(burned);
    }

    /// @inheritdoc IDao
    function endScam(uint256 proposalId) external {
        (uint256 start, uint256 end) = (proposalSnapshot(proposalId), proposalDeadline(proposalId));
        uint256 from = start + (end - start) / 2;
        bool running = state(proposalId) == ProposalState.Active && block.timestamp >= from;
        require(running, DaoErrors.TooEarlyToEnd(proposalId, from));
        Tally storage t = _tallies[proposalId];
        (uint256 scam, uint256 cast, uint256 needed) = (t.scam, _cast(t), _quorumOf(proposalId));
        require(2 * scam > cast && scam >= needed, DaoErrors.NotAScam(proposalId, scam, cast, needed));
        _stakes[proposalId].ended = true;
        emit ProposalEndedAsScam(proposalId, scam, cast);
    }

    /// @dev Where a stake goes; what is neither returned nor burned is the treasury's.
    function _verdict(uint256 proposalId, uint256 amount) private view returns (uint256 returned, uint256 burned) {
        ProposalState state_ = state(proposalId);
        if (state_ == ProposalState.Canceled) {
            // A canceled proposal holds its stake as long as one that goes to the vote: spam costs the same.
            require(block.timestamp > proposalSnapshot(proposalId), DaoErrors.StakeLocked(proposalId));
            return (amount, 0);
        }
        bool voting = state_ == ProposalState.Pending || state_ == ProposalState.Active;
        require(!voting, DaoErrors.StakeLocked(proposalId));
        if (state_ != ProposalState.Defeated) return (amount, 0);
        Tally storage t = _tallies[proposalId];
        uint256 cast = _cast(t);
        if (cast < _quorumOf(proposalId)) return (amount / 2, 0);
        return _isScam(t, cast) ? (uint256(0), amount) : (amount, uint256(0));
    }

    // --- rewards
    /// @inheritdoc IDao
    function reward(uint256 proposalId) external locked returns (uint256 paid) {
        ProposalStake storage s = _stakes[proposalId];
        bool due = state(proposalId) == ProposalState.Executed && !s.rewarded;
        uint256 ceiling = _params[DaoParam.RewardCeiling];
        paid = s.staked * _params[DaoParam.RewardBps] / BPS;
        if (paid > ceiling) paid = ceiling;
        require(due && paid != 0, DaoErrors.NothingToReward(proposalId));
        uint256 month = block.timestamp / MONTH;
        bool affordable = paid <= rewardsLeft() && paid <= rewardFund;
        require(affordable, DaoErrors.RewardsSpent((month + 1) * MONTH));
        s.rewarded = true;
        rewardFund -= paid;
        _rewarded[month] += paid;
        address proposer = proposalProposer(proposalId);
        emit ProposalRewarded(proposalId, proposer, paid);
        _push(proposer, paid);
    }

    /// @inheritdoc IDao
    function fundRewards(uint256 amount) external locked {
        require(amount != 0, ErrorsLib.AmountZero());
        rewardFund += amount;
        emit RewardsFunded(msg.sender, amount);
        _pull(amount);
    }

    // --- parameters
    /// @inheritdoc IDao
    function setDaoParam(DaoParam param, uint256 value) external onlyGovernance {
        _setParam(param, value);
    }

    /// @dev The timelock is fixed: another could be shorter.
    function updateTimelock(TimelockController) public pure override {
        revert DaoErrors.NotGovernable();
    }

    /// @dev The Dao holds other people's stakes: no proposal moves them.
    function relay(address, uint256, bytes calldata) public payable override {
        revert DaoErrors.NotGovernable();
    }

    function _setParam(DaoParam param, uint256 value) private {
        if (param == DaoParam.ProposalStake) _checkBounds("proposalStake", value, MIN_STAKE, MAX_STAKE);
        else if (param == DaoParam.RewardBps) _checkBounds("rewardBps", value, 0, MAX_REWARD_BPS);
        else _checkBounds("rewardCeiling", value, 0, MAX_CEILING);
        _params[param] = value;
        emit DaoParamSet(param, value);
    }

    function _setVotingDelay(uint48 value) internal override {
        _checkBounds("votingDelay", value, minVotingDelay, MAX_VOTING_DELAY);
        super._setVotingDelay(value);
    }

    function _setVotingPeriod(uint32 value) internal override {
        _checkBounds("votingPeriod", value, minVotingPeriod, MAX_VOTING_PERIOD);
        super._setVotingPeriod(value);
    }

    function _setProposalThreshold(uint256 value) internal override {
        _checkBounds("proposalThreshold", value, 0, MAX_THRESHOLD);
        super._setProposalThreshold(value);
    }

    function _updateQuorumNumerator(uint256 value) internal override {
        _checkBounds("quorum", value, MIN_QUORUM, MAX_QUORUM);
        super._updateQuorumNumerator(value);
    }

    function _checkBounds(string memory param, uint256 value, uint256 min, uint256 max) private pure {
        require(value >= min && value <= max, DaoErrors.GovernanceOutOfRange(param, value, min, max));
    }

    // --- Governor
    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal override locked returns (uint256 proposalId) {
        proposalId = super._propose(targets, values, calldatas, description, proposer);
        uint96 amount = _params[DaoParam.ProposalStake].toUint96();
        uint48 weighedAt = clock() - 1;
        _stakes[proposalId] = ProposalStake(amount, weighedAt, false, false, amount);
        emit ProposalStaked(proposalId, proposer, amount, weighedAt);
        _pull(amount);
    }

    /// @dev What the voter held before the proposal was public, not when the vote began: votes that are bought for it do not count.
    function _countVote(uint256 proposalId, address voter, uint8 support, uint256, bytes memory)
        internal
        override
        returns (uint256 weight)
    {
        require(!_voted[proposalId][voter], GovernorAlreadyCastVote(voter));
        require(support <= SCAM, GovernorInvalidVoteType());
        weight = token().getPastVotes(voter, _stakes[proposalId].weighedAt);
        _voted[proposalId][voter] = true;
        Tally storage t = _tallies[proposalId];
        if (support == AGAINST) t.against += weight;
        else if (support == IN_FAVOUR) t.inFavour += weight;
        else if (support == ABSTAIN) t.abstain += weight;
        else t.scam += weight;
    }

    function _quorumReached(uint256 proposalId) internal view override returns (bool) {
        Tally storage t = _tallies[proposalId];
        return t.inFavour + t.abstain >= _quorumOf(proposalId);
    }

    function _voteSucceeded(uint256 proposalId) internal view override returns (bool) {
        Tally storage t = _tallies[proposalId];
        return t.inFavour > t.against + t.scam && !_isScam(t, _cast(t));
    }

    function _quorumOf(uint256 proposalId) private view returns (uint256) {
        return quorum(_stakes[proposalId].weighedAt);
    }

    function _cast(Tally storage t) private view returns (uint256) {
        return t.against + t.inFavour + t.abstain + t.scam;
    }

    function _isScam(Tally storage t, uint256 cast) private view returns (bool) {
        return 3 * t.scam > cast;
    }

    /// @dev The proposer only before the vote, so that it cannot run from one that goes against it; the guardian at any time.
    function _validateCancel(uint256 proposalId, address caller)
        internal
        view
        override(Governor, GovernorProposalGuardian)
        returns (bool)
    {
        if (caller == proposalGuardian()) return true;
        return state(proposalId) == ProposalState.Pending && caller == proposalProposer(proposalId);
    }

    function state(uint256 proposalId) public view override(Governor, GovernorTimelockControl) returns (ProposalState) {
        return _stakes[proposalId].ended ? ProposalState.Defeated : super.state(proposalId);
    }

    // --- views
    /// @notice OpenZeppelin's description of the votes: 3 is a scam, which counts as against.
    // solhint-disable-next-line func-name-mixedcase
    function COUNTING_MODE() external pure returns (string memory) {
        return "support=bravo,scam&quorum=for,abstain";
    }

    /// @notice Whether `account` has voted on a proposal.
    function hasVoted(uint256 proposalId, address account) external view returns (bool) {
        return _voted[proposalId][account];
    }

    /// @inheritdoc IDao
    function daoParam(DaoParam param) external view returns (uint256) {
        return _params[param];
    }

    /// @inheritdoc IDao
    function tallyOf(uint256 proposalId) external view returns (Tally memory) {
        return _tallies[proposalId];
    }

    /// @inheritdoc IDao
    function stakeOf(uint256 proposalId) external view returns (ProposalStake memory) {
        return _stakes[proposalId];
    }

    /// @inheritdoc IDao
    function rewardsLeft() public view returns (uint256) {
        (uint256 ceiling, uint256 spent) = (_params[DaoParam.RewardCeiling], _rewarded[block.timestamp / MONTH]);
        return ceiling > spent ? ceiling - spent : 0;
    }

    // --- both parents have these
    function votingDelay() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.votingDelay();
    }

    function votingPeriod() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.votingPeriod();
    }

    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    function quorum(uint256 timepoint) public view override(Governor, GovernorVotesQuorumFraction) returns (uint256) {
        return super.quorum(timepoint);
    }

    function proposalDeadline(uint256 proposalId) public view override(Governor, GovernorPreventLateQuorum) returns (uint256) {
        return super.proposalDeadline(proposalId);
    }

    function proposalNeedsQueuing(uint256 proposalId) public view override(Governor, GovernorTimelockControl) returns (bool) {
        return super.proposalNeedsQueuing(proposalId);
    }

    function _tallyUpdated(uint256 proposalId) internal override(Governor, GovernorPreventLateQuorum) {
        super._tallyUpdated(proposalId);
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(address[] memory targets, uint256[] memory values, bytes[] memory calldatas, bytes32 descriptionHash)
        internal
        override(Governor, GovernorTimelockControl)
        returns (uint256)
    {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }
}
