// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SSTORE2} from "solady/utils/SSTORE2.sol";

import {BeaconFallback} from "./BeaconFallback.sol";
import {CurrencyHolder} from "./CurrencyHolder.sol";
import {NetworkManaged} from "./NetworkManaged.sol";
import {FallbackParams, GroupKey, IRandomBeacon, Scheme} from "./interfaces/IRandomBeacon.sol";
import {BeaconErrors} from "./libraries/BeaconErrors.sol";
import {Bls12381} from "./libraries/Bls12381.sol";
import {Bn254} from "./libraries/Bn254.sol";

/// @title RandomBeacon
/// @notice See IRandomBeacon.
///
/// TRUST: a threshold of the group knows every round before it is due, and can tell others.
contract RandomBeacon is BeaconFallback {
    /// @dev A round is its key's number, and its own below.
    uint256 private constant EPOCH_SHIFT = 48;
    uint256 private constant ROUND_MASK = (1 << 48) - 1;
    /// @dev Longer than any draw waits for its round: no draw is moved to a key that was chosen for it.
    uint256 public constant KEY_NOTICE = 1 days;
    /// @dev roundAt walks back over them, from the newest.
    uint256 private constant MAX_KEYS = 256;
    uint32 private constant MAX_PERIOD = 1 hours;

    /// @inheritdoc IRandomBeacon
    uint256 public epochs;
    mapping(uint256 epoch => GroupKey) private _keys;
    mapping(uint64 round => bytes32) private _seeds;

    /// @param currency_ what nodes bond. @param key the first key, in force at once.
    constructor(
        address authority_,
        address currency_,
        FallbackParams memory params,
        Scheme scheme,
        uint40 genesis,
        uint32 period,
        bytes memory key
    ) NetworkManaged(authority_) CurrencyHolder(currency_) BeaconFallback(params) {
        _addKey(scheme, genesis, period, uint40(block.timestamp), key);
    }

    /// @inheritdoc IRandomBeacon
    function setKey(Scheme scheme, uint40 genesis, uint32 period, uint40 activeFrom, bytes calldata key) external restricted {
        uint40 last = _keys[epochs - 1].activeFrom;
        require(block.timestamp >= last, BeaconErrors.KeyPending(last));
        _require(activeFrom >= block.timestamp + KEY_NOTICE, "activeFrom");
        _require(epochs < MAX_KEYS, "epoch");
        _addKey(scheme, genesis, period, activeFrom, key);
    }

    /// @inheritdoc IRandomBeacon
    function prove(uint64 round, uint256[4] calldata point) external {
        _checkUnknown(round);
        GroupKey memory key = _keyOf(round);
        uint256 due = _dueAt(key, round);
        require(block.timestamp >= due, BeaconErrors.RoundNotDue(round, due));
        _checkNotRevealing(round);
        bytes32 seed_ = _verified(key, round, point);
        _keep(round, seed_);
        emit RoundProven(round, seed_, point);
    }

    function _verified(GroupKey memory key, uint64 round, uint256[4] calldata point) private view returns (bytes32) {
        uint64 number = uint64(round & ROUND_MASK);
        bytes memory groupKey = SSTORE2.read(key.pointer);
        if (key.scheme == Scheme.BLS12381) {
            require(Bls12381.verify(point, number, groupKey), BeaconErrors.BeaconSignatureInvalid(round));
            return Bls12381.seedOf(point);
        }
        bool valid = point[2] | point[3] == 0 && Bn254.verify(point[0], point[1], number, groupKey);
        require(valid, BeaconErrors.BeaconSignatureInvalid(round));
        return Bn254.seedOf(point[0], point[1]);
    }

    function _addKey(Scheme scheme, uint40 genesis, uint32 period, uint40 activeFrom, bytes memory key) private {
        _require(period != 0 && period <= MAX_PERIOD, "period");
        // Every moment of the key's rule has a round.
        _require(genesis != 0 && genesis <= activeFrom && genesis <= type(uint32).max, "genesis");
        bool valid = scheme == Scheme.BLS12381 ? Bls12381.isKey(key) : Bn254.isKey(key);
        require(valid, BeaconErrors.KeyInvalid(key.length));
        address pointer = SSTORE2.write(key);
        uint16 epoch = uint16(epochs++); // at most MAX_KEYS
        _keys[epoch] = GroupKey(scheme, uint16(period), uint32(genesis), activeFrom, pointer); // both bounded above
        emit KeySet(epoch, scheme, genesis, period, activeFrom, pointer, key);
    }

    function _keep(uint64 round, bytes32 seed_) internal override {
        _seeds[round] = seed_;
    }

    // --- views
    /// @inheritdoc IRandomBeacon
    function roundAt(uint256 timestamp) public view returns (uint64) {
        for (uint256 epoch = epochs; epoch != 0; --epoch) {
            GroupKey memory key = _keys[epoch - 1];
            if (timestamp < key.activeFrom) continue;
            uint256 number = (timestamp - key.genesis) / key.period + 1;
            _require(number <= ROUND_MASK, "timestamp");
            return uint64((epoch - 1) << EPOCH_SHIFT | number);
        }
        revert BeaconErrors.BeforeFirstRound(timestamp);
    }

    /// @inheritdoc IRandomBeacon
    function roundAfter(uint256 timestamp) external view returns (uint64) {
        return roundAt(timestamp) + 1;
    }

    /// @inheritdoc IRandomBeacon
    function timeOf(uint64 round) public view override returns (uint256) {
        return _dueAt(_keyOf(round), round);
    }

    /// @inheritdoc IRandomBeacon
    function seed(uint64 round) external view returns (bytes32 seed_) {
        seed_ = _seeds[round];
        require(seed_ != 0, BeaconErrors.SeedUnknown(round));
    }

    /// @inheritdoc IRandomBeacon
    function isKnown(uint64 round) public view override returns (bool) {
        return _seeds[round] != 0;
    }

    /// @inheritdoc IRandomBeacon
    function isProvable(uint64 round) external view returns (bool) {
        return block.timestamp >= timeOf(round);
    }

    /// @inheritdoc IRandomBeacon
    function keyOf(uint16 epoch) external view returns (GroupKey memory) {
        return _keys[epoch];
    }

    function _keyOf(uint64 round) private view returns (GroupKey memory key) {
        key = _keys[round >> EPOCH_SHIFT];
        require(key.pointer != address(0) && round & ROUND_MASK != 0, BeaconErrors.UnknownBeaconRound(round));
    }

    function _dueAt(GroupKey memory key, uint64 round) private pure returns (uint256) {
        return key.genesis + ((round & ROUND_MASK) - 1) * key.period;
    }
}
