// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {ArenaState, ArenaTask} from "./ArenaState.sol";
import {ArenaParam, ITaskRegistry, Member, TaskPhase, TaskRole, TaskTerms} from "./interfaces/ITaskRegistry.sol";
import {ArenaErrors} from "./libraries/ArenaErrors.sol";
import {Roles} from "./libraries/Roles.sol";

/// @notice The part of the arena in which tasks are posed, paid for and taken part in.
abstract contract ArenaTasks is ArenaState {
    using SafeCastLib for uint256;

    uint256 private constant BINDING_BYTES = 64;

    /// @inheritdoc ITaskRegistry
    function createTask(TaskTerms calldata terms) external locked returns (uint256 task) {
        uint256 duration = rules.checkTerms(terms);
        uint256 stake = FixedPointMathLib.divUp(duration, 1 days) * _param(ArenaParam.CreatorStakePerDay);
        uint256 needed = _committed[msg.sender] + stake;
        bytes32 key = _creatorKey(msg.sender);
        uint256 own = stakeManager.selfStakeOf(key);
        require(own >= needed, ArenaErrors.CreatorStakeTooSmall(own, needed));
        task = taskId(++tasks);
        _committed[msg.sender] = needed;
        ArenaTask storage t = _tasks[task];
        t.terms = terms;
        (t.creator, t.phase, t.round, t.creatorStake) = (msg.sender, TaskPhase.Submitting, 1, stake.toUint96());
        t.deadline = uint40(block.timestamp) + terms.submitSeconds;
        emit TaskCreated(task, msg.sender, terms, t.creatorStake);
        stakeManager.hold(key);
    }

    /// @inheritdoc ITaskRegistry
    function fundTask(uint256 task, uint96 amount) external locked {
        ArenaTask storage t = _unfinished(task);
        require(amount != 0, ErrorsLib.AmountZero());
        _addToPot(t, amount);
        if (msg.sender == t.creator) t.paidIn += amount;
        emit TaskFunded(task, msg.sender, amount);
        _pull(amount);
    }

    /// @inheritdoc ITaskRegistry
    function closeTask(uint256 task) external locked {
        ArenaTask storage t = _inPhase(task, TaskPhase.Finished);
        require(!t.closed, ArenaErrors.AlreadyReleased(task, t.creator));
        (uint256 pot, address creator) = (t.pot, t.creator);
        uint256 toCreator = FixedPointMathLib.min(pot, t.paidIn);
        (t.pot, t.closed) = (0, true);
        _committed[creator] -= t.creatorStake;
        emit TaskClosed(task, toCreator, pot - toCreator);
        stakeManager.release(_creatorKey(creator));
        _pay(creator, toCreator);
        _pay(stakeManager.treasury(), pot - toCreator);
    }

    /// @dev The network's token, which calls nobody.
    function _pay(address to, uint256 amount) internal {
        if (amount != 0) _push(to, amount);
    }

    // --- members
    /// @inheritdoc ITaskRegistry
    function join(uint256 task, TaskRole role, bytes32 peerKey, bytes calldata binding) external locked {
        require(role != TaskRole.None, ArenaErrors.TaskRoleInvalid());
        ArenaTask storage t = _unfinished(task);
        Member storage m = t.members[msg.sender];
        require(m.role == TaskRole.None, ArenaErrors.AlreadyInTask(task, msg.sender, m.role));
        require(peerKey != 0, ErrorsLib.PeerKeyInvalid());
        require(binding.length == BINDING_BYTES, ErrorsLib.BindingLength(binding.length));
        bytes32 key = _memberKey(task, msg.sender, role);
        uint256 own = stakeManager.selfStakeOf(key);
        uint256 needed = _leastStake(role);
        require(own != 0 && own >= needed, ArenaErrors.MemberStakeTooSmall(msg.sender, own, needed));
        address[] storage members = role == TaskRole.Node ? t.nodes : t.validators;
        require(members.length < MAX_MEMBERS, ArenaErrors.TaskFull(task, MAX_MEMBERS));
        m.role = role;
        members.push(msg.sender);
        emit TaskJoined(task, msg.sender, role, peerKey, binding);
        stakeManager.hold(key);
    }

    /// @inheritdoc ITaskRegistry
    function submitModel(uint256 task, bytes32 model) external {
        ArenaTask storage t = _unfinished(task);
        require(model != 0, ArenaErrors.ModelZero());
        Member storage m = t.members[msg.sender];
        require(m.role == TaskRole.Node, ArenaErrors.NotInTask(task, msg.sender, m.role));
        m.model = model;
        emit ModelSubmitted(task, msg.sender, t.round, model);
    }

    /// @inheritdoc ITaskRegistry
    function release(uint256 task, address account) external locked {
        ArenaTask storage t = _inPhase(task, TaskPhase.Finished);
        Member storage m = t.members[account];
        require(m.role != TaskRole.None, ArenaErrors.NotInTask(task, account, m.role));
        require(!m.released, ArenaErrors.AlreadyReleased(task, account));
        m.released = true;
        emit MemberReleased(task, account);
        stakeManager.release(_memberKey(task, account, m.role));
    }

    function _leastStake(TaskRole role) internal view returns (uint256) {
        return stakeManager.minStake(role == TaskRole.Node ? Roles.TRAINING_NODE : Roles.VALIDATOR);
    }

    function _unfinished(uint256 task) private view returns (ArenaTask storage t) {
        t = _known(task);
        require(t.phase != TaskPhase.Finished, ArenaErrors.WrongTaskPhase(task, TaskPhase.Finished));
    }
}
