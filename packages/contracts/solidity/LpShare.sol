// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {CloneArgs} from "./CloneArgs.sol";
import {IScenario} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {StreamMath} from "./libraries/StreamMath.sol";

/// @notice LP shares of a pool: an ERC-20 whose holders share what the pool's client tokens earn. The accumulator is brought up to
/// date before any share is minted, burned or moved, so that newcomers get nothing of the past.
abstract contract LpShare is ERC20, CloneArgs {
    using SafeCastLib for uint256;

    /// @dev Supply is never below the 1e6 shares that are locked for ever, so an accumulator stays below 2^154 / 2^19 = 2^135, and with
    /// less than 2^112 shares what an account earns and its correction stay below 2^247.
    struct Dividends {
        /// Earned per share, scaled by 2^64.
        uint160 acc;
        /// Part of the Scenario's poolOwed that `acc` contains.
        uint96 credited;
    }

    struct Purse {
        /// Drawn from the Scenario and not paid to an LP, in wei.
        uint128 held;
        /// What the last division by the supply left, scaled; below the supply.
        uint128 remainder;
    }

    Dividends private _dividends;
    Purse private _purse;
    mapping(address holder => int256) private _corrections;

    function _scenario() internal view returns (address) {
        return address(uint160(_word(0) >> 96));
    }

    /// @dev Takes note that `holder` is paid what it has earned; draws from the Scenario when the purse is short.
    function _settleLp(address holder) internal returns (uint256 amount) {
        uint256 acc = _advance();
        amount = StreamMath.entitledDown(acc, balanceOf(holder), _corrections[holder]);
        if (amount == 0) return 0;
        _corrections[holder] -= int256(amount << StreamMath.SCALE_BITS); // amount <= 2^90
        uint256 held = _purse.held;
        if (held < amount) {
            _dividends.credited = 0;
            held += IScenario(_scenario()).drawPool();
        }
        _purse.held = (held - amount).toUint128();
    }

    function _lpOwed(address holder) internal view returns (uint256) {
        (uint256 acc,,) = _advanced();
        return StreamMath.entitledDown(acc, balanceOf(holder), _corrections[holder]);
    }

    function _dividendsHeld() internal view returns (uint256) {
        return _purse.held;
    }

    /// @dev Refuses the share that would be one too many for the bound above: nobody who holds shares can be kept from leaving by it.
    function _mintShares(address to, uint256 amount) internal {
        (totalSupply() + amount).toUint112();
        _mint(to, amount);
    }

    /// @inheritdoc ERC20
    function transfer(address to, uint256 amount) public override returns (bool) {
        _checkReceiver(to);
        return super.transfer(to, amount);
    }

    /// @inheritdoc ERC20
    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        _checkReceiver(to);
        return super.transferFrom(from, to, amount);
    }

    /// @dev Shares that are sent to nobody would not be burned, but look so to the hook below; the pool's own would earn for nobody.
    function _checkReceiver(address to) private view {
        require(to != address(0) && to != address(this), ErrorsLib.InvalidRecipient(to));
    }

    function _beforeTokenTransfer(address from, address to, uint256 amount) internal override {
        uint256 acc = _advance();
        if (acc == 0 || from == to) return;
        int256 earned = int256(acc * amount); // < 2^247
        if (from != address(0)) _corrections[from] += earned;
        if (to != address(0)) _corrections[to] -= earned;
    }

    function _advance() private returns (uint256 acc) {
        uint256 owed;
        uint256 remainder;
        (acc, owed, remainder) = _advanced();
        if (owed == _dividends.credited) return acc;
        _dividends = Dividends(acc.toUint160(), owed.toUint96());
        _purse.remainder = remainder.toUint128();
    }

    function _advanced() private view returns (uint256 acc, uint256 owed, uint256 remainder) {
        Dividends memory d = _dividends;
        (acc, owed, remainder) = (d.acc, IScenario(_scenario()).poolOwed(), _purse.remainder);
        uint256 supply = totalSupply();
        if (owed == d.credited || supply == 0) return (acc, d.credited, remainder);
        uint256 fresh = ((owed - d.credited) << StreamMath.SCALE_BITS) + remainder;
        uint256 perShare = fresh / supply;
        return (acc + perShare, owed, fresh - perShare * supply);
    }

    /// @dev No standing allowance for Permit2: a holder grants every allowance himself.
    function _givePermit2InfiniteAllowance() internal pure override returns (bool) {
        return false;
    }
}
