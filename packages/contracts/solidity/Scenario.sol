// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {Registration} from "./Registration.sol";
import {StreamLedger} from "./StreamLedger.sol";
import {IClientToken} from "./interfaces/IClientToken.sol";
import {IScenarioPool, Opening} from "./interfaces/IMeanPool.sol";
import {IScenario, Ledger, Phase, ScenarioParams} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {SharesLib} from "./libraries/SharesLib.sol";
import {TokenAddress} from "./libraries/TokenAddress.sol";

interface ITransfer {
    function transfer(address to, uint256 amount) external returns (bool);
}

/// @title Scenario
/// @notice One federation on chain: clients register and get their tokens (Registration), pots are escrowed and rounds settled, and
/// holders are paid from streams (StreamLedger).
///
/// ROLES: the federator anchors shares, may close registration and void the round it is in; it cannot touch a pot once the round is
/// asserted, nor a stream. Everybody else may do all that keeps the machine going: finalize, void after the timeout, claim for others.
/// UNITS: currency and tokens in wei; times in seconds; accumulators and rates per token wei, scaled by 2^64.
/// TRUST: the currency is an ERC-20 of 18 decimals that moves what it is asked to move. Client tokens are our own clones.
/// ACCOUNTING is internal: currency that is sent here without fundRound belongs to nobody and changes nothing.
///
/// INVARIANTS
/// 1. Conservation: deposited = claimed + returned + pots + streaming + unclaimed + carriedDust, to the wei.
/// 2. Solvency: the currency held here is at least deposited - claimed - returned.
/// 3. What holders and the pool are owed never exceeds `unclaimed`.
/// 4. The pool's two numbers say what its holdings say token by token.
/// 5. An accumulator never falls.
contract Scenario is Registration {
    using SafeCastLib for uint256;

    /// @dev What earlier pages of the round in settlement did; zero when it takes one page.
    struct Settled {
        uint96 rewarded;
        uint96 carried;
    }

    // --- rounds
    mapping(uint32 round => uint256) private _pots;
    bytes32 private _sharesHash;
    Settled private _settled;
    uint256 private _returned;

    // --- claims
    mapping(address holder => address) private _receivers;

    constructor(address tokenImplementation) Registration(tokenImplementation) {}

    // --- market
    /// @inheritdoc IScenario
    function openMarket() external locked inPhase(Phase.Open) returns (uint256 lpShares) {
        ScenarioParams memory p = _params();
        address pool_ = _pool();
        require(pool_ != address(0), ErrorsLib.NoMarket());
        require(!_machine.marketOpen, ErrorsLib.MarketOpen());
        _machine.marketOpen = true;
        _pull(pool_, p.seedCurrency);
        lpShares = IScenarioPool(pool_).open(_seed(pool_, p));
        emit MarketOpened(msg.sender, p.seedCurrency, lpShares);
    }

    /// @dev Sends the pool its tokens; what they earned while they waited stays owed to the controllers.
    function _seed(address pool_, ScenarioParams memory p) private returns (Opening memory o) {
        uint256 clients = _machine.clients;
        o.opener = msg.sender;
        o.currencyAmount = p.seedCurrency;
        o.currencyWeight = p.currencyWeight;
        o.tokenAmount = uint256(p.clientSupply) * p.poolBps / BPS;
        o.tokens = new address[](clients);
        o.controllers = new address[](clients);
        for (uint256 i = 0; i < clients; ++i) {
            address token = TokenAddress.derive(address(this), i);
            o.tokens[i] = token;
            o.controllers[i] = IClientToken(token).controller();
            ITransfer(token).transfer(pool_, o.tokenAmount);
        }
    }

    // --- rounds
    /// @inheritdoc IScenario
    function fundRound(uint32 round, uint128 amount) external locked {
        Phase phase_ = _machine.phase;
        uint32 current = _machine.round;
        require(phase_ != Phase.Closed, ErrorsLib.WrongPhase(phase_));
        // Once shares are anchored the pot is fixed: later money goes to a later round, never into a running stream.
        uint32 first = phase_ == Phase.Open ? current : current + 1;
        require(round >= first && round <= _arg(ROUNDS), ErrorsLib.WrongRound(round, current));
        require(amount != 0, ErrorsLib.AmountZero());
        _addDeposit(amount);
        _pots[round] += amount;
        emit RoundFunded(round, msg.sender, amount);
        _pull(address(this), amount);
    }

    /// @inheritdoc IScenario
    function assertRound(uint32 round, bytes32 sharesHash, bytes32 evidenceRoot, bytes32 modelDigest)
        external
        locked
        onlyFederator
        inPhase(Phase.Open)
    {
        _checkRound(round);
        require(sharesHash != 0, ErrorsLib.SharesHashInvalid());
        uint40 end = uint40(block.timestamp + _arg(CHALLENGE_WINDOW));
        _sharesHash = sharesHash;
        _machine.phase = Phase.Asserted;
        _machine.finalizableAt = end;
        emit RoundAsserted(round, sharesHash, evidenceRoot, modelDigest, end);
    }

    /// @inheritdoc IScenario
    function finalize(uint32 round, uint32[] calldata shares, uint16 maxClients)
        external
        locked
        inPhase(Phase.Asserted)
        returns (uint16 cursor)
    {
        _checkRound(round);
        require(block.timestamp >= _machine.finalizableAt, ErrorsLib.ChallengeWindowRunning(_machine.finalizableAt));
        require(maxClients != 0, ErrorsLib.PageEmpty());
        Page memory page = _checkedPage(round, shares, maxClients);
        if (page.shareSum == 0) {
            _void(round);
            return 0;
        }
        (uint256 rewarded, uint256 carried) = _renewPage(page, shares);
        return _settle(round, page, rewarded, carried);
    }

    /// @inheritdoc IScenario
    function voidRound(uint32 round) external locked {
        Machine memory m = _machine;
        require(m.phase == Phase.Open || m.phase == Phase.Asserted, ErrorsLib.WrongPhase(m.phase));
        _checkRound(round);
        require(!_clock.settling, ErrorsLib.SettlementRunning(round));
        if (m.phase == Phase.Asserted || msg.sender != _federator()) {
            uint256 until = uint256(m.phase == Phase.Open ? m.startedAt : m.finalizableAt) + _arg(ROUND_TIMEOUT);
            require(block.timestamp > until, ErrorsLib.RoundNotTimedOut(until));
        }
        _void(round);
    }

    /// @inheritdoc IScenario
    function close() external locked inPhase(Phase.Closed) {
        uint256 unspent = _paid.deposited - _returned - _promised.total;
        require(unspent != 0, ErrorsLib.NothingToReturn());
        _returned += unspent;
        _machine.carried = 0;
        emit Closed(unspent);
        _push(_federator(), unspent);
    }

    /// @dev Checks the vector against its anchor and lays out the next page.
    function _checkedPage(uint32 round, uint32[] calldata shares, uint256 maxClients) private view returns (Page memory page) {
        uint256 clients = _machine.clients;
        require(shares.length == clients, ErrorsLib.SharesLength(shares.length, clients));
        bytes32 given;
        (given, page.shareSum) = SharesLib.digest(address(this), round, shares);
        require(given == _sharesHash, ErrorsLib.SharesMismatch(given, _sharesHash));
        page.round = round;
        page.from = _clock.settling ? _clock.cursor : 0;
        page.to = page.from + maxClients < clients ? page.from + maxClients : clients;
        page.pot = _pots[round] + _machine.carried;
        if (page.to == clients) page.start = uint40(block.timestamp);
    }

    /// @dev Ends the round with its last page, or keeps the sums for the next one.
    function _settle(uint32 round, Page memory page, uint256 rewarded, uint256 carried) private returns (uint16) {
        if (page.from != 0) {
            rewarded += _settled.rewarded;
            carried += _settled.carried;
        }
        if (page.start == 0) {
            _settled = Settled(rewarded.toUint96(), carried.toUint96());
            return uint16(page.to); // at most 100 clients
        }
        if (page.from != 0) delete _settled;
        carried += page.pot - rewarded;
        _nextRound(round, carried);
        emit RoundFinalized(round, page.pot, carried);
        return 0;
    }

    function _void(uint32 round) private {
        uint256 carried = _pots[round] + _machine.carried;
        _nextRound(round, carried);
        emit RoundVoided(round, carried);
    }

    function _nextRound(uint32 round, uint256 carried) private {
        bool last = round == _arg(ROUNDS);
        Machine memory m = _machine;
        m.phase = last ? Phase.Closed : Phase.Open;
        if (!last) m.round = round + 1;
        m.startedAt = uint40(block.timestamp);
        m.finalizableAt = 0;
        m.carried = carried.toUint96();
        _machine = m;
    }

    function _checkRound(uint32 round) private view {
        uint32 current = _machine.round;
        require(round == current, ErrorsLib.WrongRound(round, current));
    }

    // --- claims
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
            address to = receiverOf(IClientToken(_tokenAt(indexes[i])).controller());
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
        return _params();
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
    function phase() external view returns (Phase) {
        return _machine.phase;
    }

    /// @inheritdoc IScenario
    function currentRound() external view returns (uint32) {
        return _machine.round;
    }

    /// @inheritdoc IScenario
    function roundStartedAt() external view returns (uint64) {
        return _machine.startedAt;
    }

    /// @inheritdoc IScenario
    function finalizableAt() external view returns (uint64) {
        return _machine.finalizableAt;
    }

    /// @inheritdoc IScenario
    function potOf(uint32 round) external view returns (uint256) {
        Machine memory m = _machine;
        if (m.phase == Phase.Closed || round < m.round) return 0;
        if (round > m.round || m.round == 0) return _pots[round];
        return _pots[round] + m.carried + _settled.carried - _settled.rewarded;
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
        return _ledger(ledger_, _machine.clients);
    }

    /// @inheritdoc IScenario
    function streamEndsAt() external view returns (uint64) {
        Clock memory clock = _clock;
        return clock.settling || clock.start == 0 ? 0 : uint64(clock.start) + clock.window;
    }
}
