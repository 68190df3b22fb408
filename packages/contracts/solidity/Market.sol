// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Registration} from "./Registration.sol";
import {IScenarioPool, Opening} from "./interfaces/IMeanPool.sol";
import {IScenario, Phase} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";

interface ITransfer {
    function transfer(address to, uint256 amount) external returns (bool);
}

/// @notice The part of a Scenario that opens the pool, and brings clients' tokens into it or takes them from sale.
/// What tokens earned while they waited here stays owed to their controllers.
abstract contract Market is Registration {
    /// @inheritdoc IScenario
    function openMarket() external locked unpaused inPhase(Phase.Open) returns (uint256 lpShares) {
        address pool_ = _pool();
        require(pool_ != address(0), ErrorsLib.NoMarket());
        require(!_machine.marketOpen, ErrorsLib.MarketOpen());
        _machine.marketOpen = true;
        uint256 amount = _arg(SEED_CURRENCY);
        _pull(pool_, amount);
        lpShares = IScenarioPool(pool_).open(_seed(pool_, amount));
        emit MarketOpened(msg.sender, amount, lpShares);
    }

    /// @inheritdoc IScenario
    function listClient() external locked unpaused onlyFederator inPhase(Phase.Open) returns (uint16 index) {
        IScenarioPool pool_ = _openPool();
        index = uint16(pool_.listedClients()); // at most 100
        // LPs will own a part of what is listed: from the registration on they have a whole challenge window to leave. The round's age
        // counts too, because the federator can begin one whenever it likes, by voiding the one before.
        require(index < _machine.active, ErrorsLib.NothingToList());
        _checkWindowOver(_windowEnd(_machine.startedAt));
        address token = _tokenAt(index);
        uint256 amount = _sendSeed(token, index, address(pool_));
        pool_.listToken(token, amount, _issuanceOf(index), _issuanceOf(0));
    }

    /// @inheritdoc IScenario
    function delistClient(uint16 index) external locked onlyFederator {
        // While clients register there is no open pool.
        _refuseIn(Phase.Asserted);
        _refuseIn(Phase.Disputed);
        _openPool().delistToken(_tokenAt(index));
    }

    function _openPool() private view returns (IScenarioPool) {
        require(_machine.marketOpen, ErrorsLib.MarketNotOpen());
        return IScenarioPool(_pool());
    }

    function _seed(address pool_, uint256 currencyAmount) private returns (Opening memory o) {
        uint256 clients = _machine.clients;
        o.opener = msg.sender;
        o.currencyAmount = currencyAmount;
        o.currencyWeight = _arg(CURRENCY_WEIGHT);
        o.tokens = new address[](clients);
        o.tokenAmounts = new uint256[](clients);
        o.issuance = new uint256[](clients);
        o.controllers = new address[](clients);
        for (uint256 i = 0; i < clients; ++i) {
            address token = _tokenAt(i);
            o.tokens[i] = token;
            o.tokenAmounts[i] = _sendSeed(token, i, pool_);
            o.issuance[i] = _issuanceOf(i);
            o.controllers[i] = _controllerOf(i);
        }
    }

    function _sendSeed(address token, uint256 index, address pool_) private returns (uint256 amount) {
        amount = _partDown(_arg(CLIENT_SUPPLY), POOL_BPS) * _issuanceOf(index);
        ITransfer(token).transfer(pool_, amount);
    }
}
