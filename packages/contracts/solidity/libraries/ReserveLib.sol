// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

/// @notice What a pool knows of one token, in one word, so that a swap reads and writes one slot per side:
/// balance (112 bits, lowest), weight (64), floor (72), delisted (8).
type Reserve is uint256;

using ReserveLib for Reserve global;

library ReserveLib {
    using SafeCastLib for uint256;

    uint256 private constant WEIGHT_AT = 112;
    uint256 private constant FLOOR_AT = 176;
    uint256 private constant DELISTED_AT = 248;

    /// @notice A token that is traded. @param floor_ balance below which it is not.
    function create(uint256 balance_, uint256 weight_, uint256 floor_) internal pure returns (Reserve) {
        return Reserve.wrap(
            uint256(balance_.toUint112()) | (uint256(weight_.toUint64()) << WEIGHT_AT) | (uint256(floor_.toUint72()) << FLOOR_AT)
        );
    }

    function balance(Reserve r) internal pure returns (uint256) {
        return uint112(Reserve.unwrap(r));
    }

    /// @notice 1e18 = 100 %; 0 for a token that the pool does not hold.
    function weight(Reserve r) internal pure returns (uint256) {
        return uint64(Reserve.unwrap(r) >> WEIGHT_AT);
    }

    function floor(Reserve r) internal pure returns (uint256) {
        return uint72(Reserve.unwrap(r) >> FLOOR_AT);
    }

    function isDelisted(Reserve r) internal pure returns (bool) {
        return Reserve.unwrap(r) >> DELISTED_AT != 0;
    }

    /// @notice Reverts when a balance would pass 2^112: nobody holds that much, but a currency could be minted at will.
    function add(Reserve r, uint256 amount) internal pure returns (Reserve) {
        uint256 others = Reserve.unwrap(r) & ~uint256(type(uint112).max);
        return Reserve.wrap(others | (r.balance() + amount).toUint112());
    }

    /// @notice `amount` is at most the balance.
    function subtract(Reserve r, uint256 amount) internal pure returns (Reserve) {
        return Reserve.wrap(Reserve.unwrap(r) - amount);
    }

    function withWeight(Reserve r, uint256 weight_) internal pure returns (Reserve) {
        uint256 others = Reserve.unwrap(r) & ~(uint256(type(uint64).max) << WEIGHT_AT);
        return Reserve.wrap(others | (uint256(weight_.toUint64()) << WEIGHT_AT));
    }

    function delist(Reserve r) internal pure returns (Reserve) {
        return Reserve.wrap(Reserve.unwrap(r) | (1 << DELISTED_AT));
    }
}
