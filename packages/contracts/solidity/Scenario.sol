// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Market} from "./Market.sol";
import {Pausing} from "./Pausing.sol";
import {Registration} from "./Registration.sol";
import {Rounds} from "./Rounds.sol";
import {IClientToken} from "./interfaces/IClientToken.sol";
import {IScenario, Ledger, ScenarioParams} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {TokenAddress} from "./libraries/TokenAddress.sol";

/// @title Scenario
/// @notice One federation on chain: clients register and get their tokens (Registration), which a pool trades (Market); pots are
/// escrowed and rounds settled (Rounds), after disputes if need be (Disputes); and holders are paid from streams (StreamLedger).
///
/// ROLES: the federator anchors shares, may close registration and void the round it is in; it cannot touch a pot once the round is
/// asserted, nor a stream. The resolver decides disputes, and nothing else. The guardian pauses what brings money in or trades, for
/// three days in ten at most (Pausing). Everybody else may do all that keeps the machine going: finalize, void after the timeout,
/// claim for others.
/// UNITS: currency and tokens in wei; times in seconds; accumulators and rates per token wei, scaled by 2^64.
/// TRUST: the currency is an ERC-20 of 18 decimals that moves what it is asked to move. Client tokens are our own clones.
/// ACCOUNTING is internal: currency that is sent here without fundRound belongs to nobody and changes nothing.
///
/// INVARIANTS
/// 1. Conservation: deposited = claimed + returned + pots + streaming + unclaimed + carriedDust, to the wei.
/// 2. Solvency: the currency held here is deposited - claimed - returned + bonds, and what was given on top.
/// 3. What holders and the pool are owed never exceeds `unclaimed`.
/// 4. The pool's two numbers say what its holdings say token by token.
/// 5. An accumulator never falls.
contract Scenario is Market, Rounds, Pausing {
    // --- claims
    mapping(address holder => address) private _receivers;

    constructor(address tokenImplementation) Registration(tokenImplementation) {}

    /// @inheritdoc IScenario
    function claim(uint16[] calldata indexes, address holder) external locked returns (uint256 paid) {
        require(holder != _pool(), ErrorsLib.PoolNotClaimable());
        if (holder == address(this)) return _claimSeeds(indexes);
        address to = receiverOf(holder);
        for (uint256 i = 0; i < indexes.length; ++i) {
            paid += _settleHolder(indexes[i], holder, to);
        }
        _pay(to, paid);
    }

    /// @inheritdoc IScenario
    function setReceiver(address receiver) external {
        require(receiver != address(this) && receiver != _pool(), ErrorsLib.InvalidRecipient(receiver));
        _receivers[msg.sender] = receiver;
        emit ReceiverSet(msg.sender, receiver);
    }

    /// @inheritdoc IScenario
    function onTokenMove(address operator, address from, uint256 amount, address to, uint16 index)
        external
        returns (uint256 acc)
    {
        require(msg.sender == TokenAddress.derive(address(this), index), ErrorsLib.NotClientToken(msg.sender, index));
        return _book(index, operator, from, to, amount);
    }

    /// @inheritdoc IScenario
    function drawPool() external onlyPool returns (uint256 amount) {
        // No lock of its own: the pool holds the family's while it pays an LP.
        require(isLocked(), ErrorsLib.NotPool(msg.sender));
        amount = poolOwed();
        if (amount == 0) return 0;
        _promised.poolDrawn += uint96(amount); // at most MAX_LIFETIME in all
        emit PoolClaimed(amount);
        _pay(msg.sender, amount);
    }

    /// @dev Tokens that wait for the market earn for the client that they were split from.
    function _claimSeeds(uint16[] calldata indexes) private returns (uint256 paid) {
        for (uint256 i = 0; i < indexes.length; ++i) {
            address to = receiverOf(_controllerOf(indexes[i]));
            uint256 amount = _settleHolder(indexes[i], address(this), to);
            _pay(to, amount);
            paid += amount;
        }
    }

    function _settleHolder(uint16 index, address holder, address to) private returns (uint256 amount) {
        // Without such a client there is no code to call, and the call reverts.
        amount = IClientToken(TokenAddress.derive(address(this), index)).settle(holder, _accumulator(index));
        if (amount != 0) emit Claimed(index, holder, to, amount);
    }

    function _pay(address to, uint256 amount) private {
        if (amount == 0) return;
        _paid.claimed += uint96(amount); // at most what was deposited
        _push(to, amount);
    }

    // --- views
    /// @inheritdoc IScenario
    function owed(uint16 index, address holder) external view returns (uint256) {
        _tokenAt(index);
        return _owed(index, holder);
    }

    /// @inheritdoc IScenario
    function poolOwed() public view returns (uint256) {
        return _poolEarned() - _promised.poolDrawn;
    }

    /// @inheritdoc IScenario
    function receiverOf(address holder) public view returns (address) {
        address receiver = _receivers[holder];
        return receiver == address(0) ? holder : receiver;
    }

    /// @inheritdoc IScenario
    function params() external view returns (ScenarioParams memory) {
        _returnParams();
    }

    /// @inheritdoc IScenario
    function orchestrator() external view returns (address) {
        return _orchestrator();
    }

    /// @inheritdoc IScenario
    function federator() external view returns (address) {
        return _federator();
    }

    /// @inheritdoc IScenario
    function pool() external view returns (address) {
        return _pool();
    }

    /// @inheritdoc IScenario
    function manifestDigest() external view returns (bytes32) {
        return _manifestDigest();
    }

    /// @inheritdoc IScenario
    function totals() external view returns (uint256 deposited, uint256 claimed, uint256 returned) {
        return (_paid.deposited, _paid.claimed, _returned);
    }

    /// @inheritdoc IScenario
    function ledger() external view returns (Ledger memory ledger_) {
        ledger_.deposited = _paid.deposited;
        ledger_.claimed = _paid.claimed;
        ledger_.returned = _returned;
        ledger_.bonds = _bondsHeld();
        return _ledger(ledger_, _machine.clients);
    }

    /// @inheritdoc IScenario
    function streamEndsAt() external view returns (uint64) {
        uint64 start = _clock.start;
        return _clock.turn != 0 || start == 0 ? 0 : start + _clock.window;
    }
}
