// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {LpShare} from "./LpShare.sol";
import {IFamilyLock} from "./interfaces/IFamilyLock.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {PoolMath} from "./libraries/PoolMath.sol";
import {Reserve} from "./libraries/ReserveLib.sol";
import {TokenAddress} from "./libraries/TokenAddress.sol";

interface IToken {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

/// @notice What a pool holds: one slot per token, how tokens come and go, and the limits that every trade keeps to.
abstract contract PoolReserves is LpShare {
    uint256 internal constant WAD = 1e18;

    /// @notice Least wei that a swap, or a join or exit with one token, moves of a token.
    uint256 public constant MIN_TRADE = 1e6;

    /// @dev The immutable arguments.
    struct Home {
        address scenario;
        address currency;
        uint256 fee;
    }

    // --- reserves
    mapping(address token => Reserve) internal _reserves;
    /// @dev Client tokens held; 0 until the pool is open.
    uint128 internal _clients;
    /// @dev LP shares that the opening made, for what it brought.
    uint128 internal _openingShares;

    /// @dev Takes the family's lock for what a pause stops. Fills `home`: a struct that is returned is cleared first, at each return.
    function _enter(Home memory home, address to) internal {
        _readHome(home, to);
        IFamilyLock(home.scenario).holdForTrade();
    }

    /// @dev Takes the family's lock for what no pause stops.
    function _enterAlways(Home memory home, address to) internal {
        _readHome(home, to);
        IFamilyLock(home.scenario).hold();
    }

    function _leave(Home memory home) internal {
        IFamilyLock(home.scenario).giveBack();
    }

    /// @dev The recipient is checked here because every entry point has one.
    function _readHome(Home memory home, address to) private view {
        (home.scenario, home.currency, home.fee) = _homeArgs();
        require(to != address(0) && to != address(this) && to != home.scenario, ErrorsLib.InvalidRecipient(to));
    }

    // --- limits
    function _checkAmount(uint256 amount, uint256 balance) internal pure {
        require(amount >= MIN_TRADE, ErrorsLib.AmountTooSmall(amount, MIN_TRADE));
        _checkPart(amount, balance);
    }

    function _checkPart(uint256 amount, uint256 whole) internal pure {
        uint256 max = PoolMath.tradeLimitDown(whole);
        require(amount <= max, ErrorsLib.AmountAboveLimit(amount, max));
    }

    /// @dev Before a trade on the way in, after it on the way out: a drained pool does not trade until somebody joins.
    function _checkFloor(address token, Reserve r) internal pure {
        require(r.balance() >= r.floor(), ErrorsLib.BalanceBelowFloor(token, r.balance(), r.floor()));
    }

    function _checkSold(address token, Reserve r) internal pure {
        require(!r.isDelisted(), ErrorsLib.TokenDelisted(token));
    }

    // --- tokens
    /// @dev A currency that delivers less than it was asked for is refused.
    function _pull(Home memory home, address token, uint256 amount) internal {
        if (token != home.currency) {
            IToken(token).transferFrom(msg.sender, address(this), amount);
            return;
        }
        uint256 before = SafeTransferLib.balanceOf(token, address(this));
        SafeTransferLib.safeTransferFrom(token, msg.sender, address(this), amount);
        uint256 received = SafeTransferLib.balanceOf(token, address(this)) - before;
        require(received >= amount, ErrorsLib.UnderReceived(amount, received));
    }

    function _push(Home memory home, address token, address to, uint256 amount) internal {
        if (token == home.currency) SafeTransferLib.safeTransfer(token, to, amount);
        else IToken(token).transfer(to, amount);
    }

    function _reserveOf(address token) internal view returns (Reserve r) {
        r = _reserves[token];
        if (r.weight() != 0) return r;
        require(_clients != 0, ErrorsLib.MarketNotOpen());
        revert ErrorsLib.UnknownToken(token);
    }

    /// @dev Tokens of the pool, for a caller who names `length` limits.
    function _listed(Home memory home, uint256 length) internal view returns (address[] memory list) {
        list = _tokens(home);
        require(list.length != 0, ErrorsLib.MarketNotOpen());
        require(length == list.length, ErrorsLib.LengthMismatch(length, list.length));
    }

    function _tokens(Home memory home) internal view returns (address[] memory list) {
        uint256 clients = _clients;
        if (clients == 0) return list;
        list = new address[](clients + 1);
        list[0] = home.currency;
        for (uint256 i = 0; i < clients; ++i) {
            list[i + 1] = TokenAddress.derive(home.scenario, i);
        }
    }

    function _home() internal view returns (Home memory home) {
        (home.scenario, home.currency, home.fee) = _homeArgs();
    }

    /// @dev Layout of the immutable arguments, packed: scenario (160 bits), currency (160), swap fee (64).
    function _homeArgs() private view returns (address, address, uint256) {
        (uint256 first, uint256 second) = _firstWords();
        return (address(uint160(first >> 96)), address(uint160((first << 64) | (second >> 192))), uint64(second >> 128));
    }
}
