// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ScenarioParams} from "../interfaces/IScenario.sol";
import {ErrorsLib} from "./ErrorsLib.sol";
import {StreamMath} from "./StreamMath.sol";

interface IDecimals {
    function decimals() external view returns (uint8);
}

/// @notice The limits of a federation, checked once, at creation.
library ParamsLib {
    uint256 internal constant WAD = 1e18;
    uint256 internal constant BPS = 10_000;
    uint256 internal constant MAX_POOLED_CLIENTS = 100;
    uint256 internal constant MAX_CLIENTS = 1_000;
    uint256 internal constant MAX_WINDOW = 30 days;
    uint256 internal constant MIN_STREAM_WINDOW = 60;
    uint256 internal constant MIN_SUPPLY = 1e18;
    uint256 internal constant MAX_ISSUANCE = 100;
    /// @dev A balance and its correction share one slot; see ClientToken.
    uint256 internal constant MAX_SUPPLY = type(uint96).max;
    /// @dev A thousand times the smallest trade on each side of the pool.
    uint256 internal constant MIN_SEED = 1e9;
    uint256 internal constant MAX_SEED = type(uint96).max;
    uint256 internal constant MIN_CURRENCY_WEIGHT = 0.2e18;
    uint256 internal constant MAX_CURRENCY_WEIGHT = 0.8e18;
    uint256 internal constant MIN_CLIENT_WEIGHT = 0.0025e18;
    /// @dev Keeps exponents within 0.01 to 100, the range in which the margin of PoolMath was measured.
    uint256 internal constant MAX_WEIGHT_RATIO = 100;
    uint256 internal constant MIN_SWAP_FEE = 0.0005e18;
    uint256 internal constant MAX_SWAP_FEE = 0.1e18;
    uint256 internal constant MIN_POT_RATIO = 0.5e18;
    /// @dev Doubled six times, it is still no more than a Scenario may take in rewards.
    uint256 internal constant MAX_BOND = StreamMath.MAX_LIFETIME >> 6;

    function check(ScenarioParams calldata p, uint32 minChallengeWindow) internal view {
        _checkPeople(p);
        _checkTimes(p, minChallengeWindow);
        _checkTokens(p);
        _checkSchedule(p);
        _checkDisputes(p);
        if (p.seedCurrency == 0) _require(p.poolBps == 0, "poolBps");
        else _checkMarket(p);
    }

    function _checkPeople(ScenarioParams calldata p) private view {
        _require(p.currency.code.length != 0 && IDecimals(p.currency).decimals() == 18, "currency");
        _require(p.federatorPeerKey != 0, "federatorPeerKey");
        _require(p.minClients >= 1, "minClients");
        _require(p.maxClients >= p.minClients && p.maxClients <= MAX_CLIENTS, "maxClients");
    }

    function _checkTimes(ScenarioParams calldata p, uint32 minChallengeWindow) private view {
        _require(p.registrationDeadline > block.timestamp && p.registrationDeadline <= type(uint40).max, "registrationDeadline");
        _require(p.rounds >= 1, "rounds");
        _require(p.challengeWindow >= minChallengeWindow && p.challengeWindow <= MAX_WINDOW, "challengeWindow");
        // Else anyone could void a result before those who were to check it had the time to settle it.
        _require(p.roundTimeout >= 1 && p.roundTimeout >= p.challengeWindow, "roundTimeout");
        _require(p.streamWindow >= MIN_STREAM_WINDOW && p.streamWindow <= MAX_WINDOW, "streamWindow");
    }

    function _checkTokens(ScenarioParams calldata p) private pure {
        _require(p.maxIssuance >= 1 && p.maxIssuance <= MAX_ISSUANCE, "maxIssuance");
        uint256 maxSupply = uint256(p.clientSupply) * p.maxIssuance;
        _require(p.clientSupply >= MIN_SUPPLY && maxSupply <= MAX_SUPPLY, "clientSupply");
        _require(uint256(p.clientBps) + p.poolBps + p.federatorBps == BPS, "clientBps");
    }

    function _checkSchedule(ScenarioParams calldata p) private pure {
        _require(p.firstPot <= StreamMath.MAX_LIFETIME, "firstPot");
        if (p.firstPot == 0) _require(p.potRatio == 0, "potRatio");
        else _require(p.potRatio >= MIN_POT_RATIO && p.potRatio <= WAD, "potRatio");
    }

    function _checkDisputes(ScenarioParams calldata p) private view {
        _require(p.bond <= MAX_BOND, "bond");
        if (p.bond == 0) _require(p.resolver == address(0), "resolver");
        else _require(p.resolver.code.length != 0, "resolver");
    }

    function _checkMarket(ScenarioParams calldata p) private pure {
        _require(p.seedCurrency >= MIN_SEED && p.seedCurrency <= MAX_SEED, "seedCurrency");
        _require(uint256(p.clientSupply) * p.poolBps / BPS >= MIN_SEED, "poolBps");
        uint256 currencyWeight = p.currencyWeight;
        _require(currencyWeight >= MIN_CURRENCY_WEIGHT && currencyWeight <= MAX_CURRENCY_WEIGHT, "currencyWeight");
        _require(p.maxClients <= MAX_POOLED_CLIENTS, "maxClients");
        // The worst case: one client of issuance weight 1 among clients of the largest.
        uint256 issuance = 1 + (uint256(p.maxClients) - 1) * p.maxIssuance;
        uint256 clientWeight = (WAD - currencyWeight) / issuance;
        _require(clientWeight >= MIN_CLIENT_WEIGHT && currencyWeight <= clientWeight * MAX_WEIGHT_RATIO, "maxClients");
        // With few clients the ratio turns round; it stays bounded because the currency has at least a fifth.
        _require(p.swapFee >= MIN_SWAP_FEE && p.swapFee <= MAX_SWAP_FEE, "swapFee");
    }

    function _require(bool ok, string memory field) private pure {
        require(ok, ErrorsLib.InvalidParam(field));
    }
}
