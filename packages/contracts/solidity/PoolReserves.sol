// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {LpShare} from "./LpShare.sol";
import {IFamilyLock} from "./interfaces/IFamilyLock.sol";
import {IMeanPool} from "./interfaces/IMeanPool.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {PoolMath} from "./libraries/PoolMath.sol";
import {TokenAddress} from "./libraries/TokenAddress.sol";

interface IToken {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

/// @notice What a pool trades on: one packed slot per token, and what a swap does with two of them.
abstract contract PoolReserves is LpShare {
    using SafeCastLib for uint256;

    uint256 internal constant WAD = 1e18;
    /// @dev Layout of the immutable arguments, packed: scenario, currency, swap fee.
    uint256 private constant CURRENCY_AT = 20;
    uint256 private constant FEE_AT = 40;

    /// @notice Least wei of either side of a swap.
    uint256 public constant MIN_TRADE = 1e6;
    /// @dev A swap moves at most this part of a balance, in or out.
    uint256 private constant MAX_TRADE_WAD = 0.3e18;
    /// @dev No swap leaves less than this part of a token's seed.
    uint256 private constant FLOOR_DIVISOR = 1e9;

    /// @dev One slot per token.
    struct Reserve {
        uint112 balance;
        uint64 weight;
        /// Balance below which the token is not traded.
        uint80 floor;
    }

    /// @dev The immutable arguments.
    struct Home {
        address scenario;
        address currency;
        uint256 fee;
    }

    /// @dev Both sides of a swap while it is computed.
    struct Trade {
        address tokenIn;
        address tokenOut;
        uint256 balanceIn;
        uint256 weightIn;
        uint256 floorIn;
        uint256 balanceOut;
        uint256 weightOut;
        uint256 floorOut;
        uint256 amountIn;
        uint256 amountOut;
    }

    // --- reserves
    mapping(address token => Reserve) internal _reserves;
    /// @dev Client tokens held; 0 until the pool is open.
    uint256 internal _clients;

    /// @dev Takes the family's lock. The recipient is checked here because every entry point has one.
    function _enter(address to) internal returns (Home memory home) {
        home = _home();
        require(to != address(0) && to != address(this) && to != home.scenario, ErrorsLib.InvalidRecipient(to));
        IFamilyLock(home.scenario).hold();
    }

    function _leave(Home memory home) internal {
        IFamilyLock(home.scenario).giveBack();
    }

    // --- swaps
    function _tradeExactIn(Home memory home, address tokenIn, address tokenOut, uint256 amountIn)
        internal
        view
        returns (Trade memory t)
    {
        t = _tradeOf(tokenIn, tokenOut);
        t.amountIn = amountIn;
        _checkAmount(amountIn, t.balanceIn);
        t.amountOut = PoolMath.outForExactInDown(t.balanceIn, t.weightIn, t.balanceOut, t.weightOut, amountIn, home.fee);
        _checkAmount(t.amountOut, t.balanceOut);
        _checkFloors(t);
    }

    function _tradeExactOut(Home memory home, address tokenIn, address tokenOut, uint256 amountOut)
        internal
        view
        returns (Trade memory t)
    {
        t = _tradeOf(tokenIn, tokenOut);
        t.amountOut = amountOut;
        _checkAmount(amountOut, t.balanceOut);
        t.amountIn = PoolMath.inForExactOutUp(t.balanceIn, t.weightIn, t.balanceOut, t.weightOut, amountOut, home.fee);
        _checkAmount(t.amountIn, t.balanceIn);
        _checkFloors(t);
    }

    function _tradeOf(address tokenIn, address tokenOut) private view returns (Trade memory t) {
        require(tokenIn != tokenOut, ErrorsLib.SameToken(tokenIn));
        (t.tokenIn, t.tokenOut) = (tokenIn, tokenOut);
        (t.balanceIn, t.weightIn, t.floorIn) = _reserveOf(tokenIn);
        (t.balanceOut, t.weightOut, t.floorOut) = _reserveOf(tokenOut);
    }

    /// @dev Effects, event, then the tokens: in before out.
    function _swap(Home memory home, Trade memory t, address to) internal {
        // Nobody holds 2^112 wei of anything here, but a currency could be minted at will.
        _reserves[t.tokenIn] = Reserve((t.balanceIn + t.amountIn).toUint112(), uint64(t.weightIn), uint80(t.floorIn));
        _reserves[t.tokenOut] = Reserve(uint112(t.balanceOut - t.amountOut), uint64(t.weightOut), uint80(t.floorOut));
        emit IMeanPool.Swapped(msg.sender, t.tokenIn, t.tokenOut, t.amountIn, t.amountOut, to);
        _pull(home, t.tokenIn, t.amountIn);
        _push(home, t.tokenOut, to, t.amountOut);
    }

    function _checkAmount(uint256 amount, uint256 balance) private pure {
        require(amount >= MIN_TRADE, ErrorsLib.AmountTooSmall(amount, MIN_TRADE));
        uint256 max = balance * MAX_TRADE_WAD / WAD;
        require(amount <= max, ErrorsLib.AmountAboveLimit(amount, max));
    }

    /// @dev Before the swap on the way in, after it on the way out: a drained pool does not trade until somebody joins.
    function _checkFloors(Trade memory t) private pure {
        require(t.balanceIn >= t.floorIn, ErrorsLib.BalanceBelowFloor(t.tokenIn, t.balanceIn, t.floorIn));
        uint256 left = t.balanceOut - t.amountOut;
        require(left >= t.floorOut, ErrorsLib.BalanceBelowFloor(t.tokenOut, left, t.floorOut));
    }

    // --- tokens
    function _list(address token, uint256 amount, uint256 weight) internal {
        uint256 floor = FixedPointMathLib.max(MIN_TRADE, amount / FLOOR_DIVISOR);
        _reserves[token] = Reserve(amount.toUint112(), weight.toUint64(), floor.toUint80());
    }

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

    function _reserveOf(address token) internal view returns (uint256 balance, uint256 weight, uint256 floor) {
        Reserve storage r = _reserves[token];
        (balance, weight, floor) = (r.balance, r.weight, r.floor);
        if (weight != 0) return (balance, weight, floor);
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

    function _home() internal view returns (Home memory) {
        return Home(address(uint160(_word(0) >> 96)), address(uint160(_word(CURRENCY_AT) >> 96)), _word(FEE_AT) >> 192);
    }
}
