// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {PoolReserves} from "./PoolReserves.sol";
import {IMeanPool, IScenarioPool, Opening} from "./interfaces/IMeanPool.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {ParamsLib} from "./libraries/ParamsLib.sol";
import {Reserve, ReserveLib} from "./libraries/ReserveLib.sol";
import {TokenAddress} from "./libraries/TokenAddress.sol";

/// @notice The part of a pool that its Scenario drives: which tokens there are, and with what weights. Weights sum to 1e18 at any time;
/// what their divisions leave is the currency's.
abstract contract PoolListing is PoolReserves, IScenarioPool {
    using SafeCastLib for uint256;

    /// @notice LP shares that nobody owns, so that the supply never becomes small.
    uint256 public constant LOCKED_SHARES = 1e6;
    address internal constant LOCKED_HOLDER = 0x000000000000000000000000000000000000dEaD;
    /// @dev No trade leaves less than this part of a token's seed.
    uint256 private constant FLOOR_DIVISOR = 1e9;

    modifier onlyScenario() {
        require(msg.sender == _scenario(), ErrorsLib.NotScenario(msg.sender));
        _;
    }

    /// @inheritdoc IScenarioPool
    function open(Opening calldata o) external onlyScenario returns (uint256 lpShares) {
        require(_clients == 0, ErrorsLib.AlreadyInitialized());
        uint256 clients = o.tokens.length;
        _clients = uint128(clients); // at most 100
        // One LP share is worth about one unit of currency at the opening.
        lpShares = FixedPointMathLib.fullMulDiv(o.currencyAmount, WAD, o.currencyWeight);
        _openingShares = lpShares.toUint128();
        uint256 issued = _sum(o.issuance);
        (uint256 weightLeft, uint256 sharesLeft) = (WAD, lpShares - LOCKED_SHARES);
        for (uint256 i = 0; i < clients; ++i) {
            uint256 weight = (WAD - o.currencyWeight) * o.issuance[i] / issued;
            uint256 shares = FixedPointMathLib.fullMulDiv(lpShares, weight, WAD);
            _list(o.tokens[i], o.tokenAmounts[i], weight);
            _mint(o.controllers[i], shares);
            weightLeft -= weight;
            sharesLeft -= shares;
        }
        _list(_home().currency, o.currencyAmount, weightLeft);
        _mint(LOCKED_HOLDER, LOCKED_SHARES);
        _mint(o.opener, sharesLeft);
        emit IMeanPool.Opened(lpShares, _balances(), _weights());
    }

    /// @inheritdoc IScenarioPool
    function listToken(address token, uint256 amount, uint256 issuance, uint256 firstIssuance) external onlyScenario {
        require(_clients != 0, ErrorsLib.MarketNotOpen());
        // Of 1 + grown, `grown` is the new token's: what the first client's weight would be for its issuance. It brings what it would
        // have brought to the opening, and so weighs less in a pool that has grown since.
        uint256 alike = _reserves[TokenAddress.derive(_scenario(), 0)].weight() * issuance / firstIssuance;
        uint256 grown = FixedPointMathLib.fullMulDiv(alike, _openingShares, totalSupply());
        uint256 weight = grown * WAD / (WAD + grown);
        _makeRoom(weight);
        ++_clients;
        _list(token, amount, weight);
        (address[] memory list, uint256[] memory weights_) = (_tokens(_home()), _weights());
        _checkWeights(list, weights_);
        emit IMeanPool.Listed(token, amount, weights_);
    }

    /// @inheritdoc IScenarioPool
    function delistToken(address token) external onlyScenario {
        Reserve r = _reserveOf(token);
        _checkSold(token, r);
        _reserves[token] = r.delist();
        emit IMeanPool.Delisted(token);
    }

    /// @inheritdoc IScenarioPool
    function listedClients() external view returns (uint256) {
        return _clients;
    }

    /// @inheritdoc IScenarioPool
    function clientBalances(uint256 from, uint256 to) external view returns (uint256[] memory held) {
        address home = _scenario();
        held = new uint256[](to - from);
        for (uint256 i = from; i < to; ++i) {
            held[i - from] = _reserves[TokenAddress.derive(home, i)].balance();
        }
    }

    function _balances() internal view returns (uint256[] memory list) {
        address[] memory listed = _tokens(_home());
        list = new uint256[](listed.length);
        for (uint256 k = 0; k < list.length; ++k) {
            list[k] = _reserves[listed[k]].balance();
        }
    }

    function _weights() internal view returns (uint256[] memory list) {
        address[] memory listed = _tokens(_home());
        list = new uint256[](listed.length);
        for (uint256 k = 0; k < list.length; ++k) {
            list[k] = _reserves[listed[k]].weight();
        }
    }

    /// @dev Takes `weight` of 1 from all weights alike.
    function _makeRoom(uint256 weight) private {
        address[] memory list = _tokens(_home());
        uint256 left = WAD - weight;
        for (uint256 k = 1; k < list.length; ++k) {
            Reserve r = _reserves[list[k]];
            uint256 less = r.weight() * (WAD - weight) / WAD;
            _reserves[list[k]] = r.withWeight(less);
            left -= less;
        }
        _reserves[list[0]] = _reserves[list[0]].withWeight(left);
    }

    function _list(address token, uint256 amount, uint256 weight) private {
        uint256 floor = FixedPointMathLib.max(MIN_TRADE, amount / FLOOR_DIVISOR);
        _reserves[token] = ReserveLib.create(amount, weight, floor);
    }

    /// @dev Bounds of CONTRACTS.md 2.5. ParamsLib keeps an opening within them; a listing makes everything else smaller, so the currency
    /// and any client can fall out, and the new one can be too large for the smallest.
    function _checkWeights(address[] memory list, uint256[] memory weights_) private pure {
        require(weights_[0] >= ParamsLib.MIN_CURRENCY_WEIGHT, ErrorsLib.WeightOutOfRange(list[0], weights_[0]));
        uint256 largest = weights_[0];
        for (uint256 k = 1; k < weights_.length; ++k) {
            largest = FixedPointMathLib.max(largest, weights_[k]);
        }
        for (uint256 k = 1; k < weights_.length; ++k) {
            uint256 weight = weights_[k];
            require(
                weight >= ParamsLib.MIN_CLIENT_WEIGHT && weight * ParamsLib.MAX_WEIGHT_RATIO >= largest,
                ErrorsLib.WeightOutOfRange(list[k], weight)
            );
        }
    }

    function _sum(uint256[] calldata list) private pure returns (uint256 sum) {
        for (uint256 i = 0; i < list.length; ++i) {
            sum += list[i];
        }
    }
}
