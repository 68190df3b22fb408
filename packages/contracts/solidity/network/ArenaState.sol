// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {CurrencyHolder} from "./CurrencyHolder.sol";
import {NetworkManaged} from "./NetworkManaged.sol";
import {IArenaRules} from "./interfaces/IArenaRules.sol";
import {ITaskEmission} from "./interfaces/IEmission.sol";
import {IRandomBeacon} from "./interfaces/IRandomBeacon.sol";
import {IStakeManager} from "./interfaces/IStakeManager.sol";
import {ArenaParam, Entry, ITaskRegistry, Member, Purse, TaskPhase, TaskRole, TaskTerms} from "./interfaces/ITaskRegistry.sol";
import {ArenaErrors} from "./libraries/ArenaErrors.sol";
import {Roles} from "./libraries/Roles.sol";
import {Ballot} from "./libraries/ScoreVoting.sol";

/// @notice One round of a task.
struct ArenaRound {
    Entry[] entries;
    Ballot ballot;
    /// @dev What seats were drawn for: four masks of 64 models to a word.
    mapping(uint256 word => uint256) assigned;
    /// @dev One bit per seat.
    uint64 punished;
    bool counted;
}

/// @notice One task.
struct ArenaTask {
    TaskTerms terms;
    address creator;
    TaskPhase phase;
    uint16 round;
    uint40 deadline;
    bool closed;
    uint96 pot;
    /// @dev What the creator itself paid in.
    uint96 paidIn;
    uint64 beaconRound;
    uint96 creatorStake;
    uint40 finishedAt;
    uint32 vestingSeconds;
    address[] nodes;
    address[] validators;
    mapping(address account => Member) members;
    mapping(address account => Purse) purses;
    mapping(uint16 round => ArenaRound) rounds;
}

/// @notice The contracts that the arena stands on.
struct ArenaParts {
    address authority;
    address currency;
    address stakeManager;
    address beacon;
    address emission;
    address rules;
}

/// @notice What the parts of the arena share.
abstract contract ArenaState is NetworkManaged, CurrencyHolder, ITaskRegistry {
    using SafeCastLib for uint256;

    uint256 private constant OWNER_SHIFT = 96;
    uint256 internal constant MAX_MEMBERS = 64;

    IStakeManager public immutable stakeManager;
    IRandomBeacon public immutable beacon;
    ITaskEmission internal immutable emission;
    IArenaRules internal immutable rules;

    /// @inheritdoc ITaskRegistry
    uint256 public tasks;
    mapping(uint256 task => ArenaTask) internal _tasks;
    /// @dev Stake of creators that their open tasks need; wei.
    mapping(address creator => uint256) internal _committed;

    // --- governance
    mapping(ArenaParam param => uint256 value) private _params;

    constructor(ArenaParts memory parts) NetworkManaged(parts.authority) CurrencyHolder(parts.currency) {
        (stakeManager, beacon) = (IStakeManager(parts.stakeManager), IRandomBeacon(parts.beacon));
        (emission, rules) = (ITaskEmission(parts.emission), IArenaRules(parts.rules));
        for (uint8 i = 0; i <= uint8(type(ArenaParam).max); ++i) {
            (uint256 first,,) = rules.paramOf(ArenaParam(i));
            _setParam(ArenaParam(i), first);
        }
    }

    /// @inheritdoc ITaskRegistry
    function setArenaParam(ArenaParam param, uint256 value) external restricted {
        _setParam(param, value);
    }

    /// @inheritdoc ITaskRegistry
    function arenaParam(ArenaParam param) external view returns (uint256) {
        return _params[param];
    }

    /// @inheritdoc ITaskRegistry
    function taskId(uint256 number) public view returns (uint256) {
        return uint256(uint160(address(this))) << OWNER_SHIFT | number;
    }

    function _param(ArenaParam param) internal view returns (uint256) {
        return _params[param];
    }

    function _known(uint256 task) internal view returns (ArenaTask storage t) {
        t = _tasks[task];
        require(t.phase != TaskPhase.None, ArenaErrors.UnknownTask(task));
    }

    function _inPhase(uint256 task, TaskPhase phase) internal view returns (ArenaTask storage t) {
        t = _known(task);
        require(t.phase == phase, ArenaErrors.WrongTaskPhase(task, t.phase));
    }

    function _memberKey(uint256 task, address account, TaskRole role) internal pure returns (bytes32) {
        return _keyOf(account, role == TaskRole.Node ? Roles.TRAINING_NODE : Roles.VALIDATOR, task);
    }

    function _creatorKey(address creator) internal view returns (bytes32) {
        return _keyOf(creator, Roles.TASK_CREATOR, taskId(0));
    }

    /// @dev As StakeManager.keyOf.
    function _keyOf(address operator, bytes32 role, uint256 task) private pure returns (bytes32) {
        return keccak256(abi.encode(operator, role, task));
    }

    function _addToPot(ArenaTask storage t, uint256 amount) internal {
        t.pot = (t.pot + amount).toUint96();
    }

    function _setParam(ArenaParam param, uint256 value) private {
        rules.checkParam(param, value);
        _params[param] = value;
        emit ArenaParamSet(param, value);
    }
}
