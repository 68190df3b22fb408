// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Arithmetic of stake, delegation pools and slashes. CONTRACTS.md 2.6, SEED-SYSTEMS.md 2.3 e.
/// @dev Bounds: amounts < 2^92 (four times the token's cap). A pool that has lost all but 2^-40 of its value starts anew, so shares are
/// < 2^92 * 2^20 * 2^40 = 2^152. No product passes 2^245.
library StakeMath {
    uint256 internal constant BPS = 10_000;

    /// @dev What an empty pool is taken to hold, so that nobody makes a share dear before there are others.
    uint256 private constant VIRTUAL_SHARES = 1e6;
    uint256 private constant VIRTUAL_TOKENS = 1;

    uint256 private constant DUST_SHIFT = 40;

    /// @notice Shares for `amount` that joins a pool.
    function sharesDown(uint256 amount, uint256 tokens, uint256 shares) internal pure returns (uint256) {
        return amount * (shares + VIRTUAL_SHARES) / (tokens + VIRTUAL_TOKENS);
    }

    /// @notice What `part` of the `shares` is worth: never more than `tokens`.
    function tokensDown(uint256 part, uint256 tokens, uint256 shares) internal pure returns (uint256) {
        return part * (tokens + VIRTUAL_TOKENS) / (shares + VIRTUAL_SHARES);
    }

    /// @notice Whether slashes have left so little that new shares would be without number: such a pool starts anew.
    function isDust(uint256 tokens, uint256 shares) internal pure returns (bool) {
        return shares != 0 && (tokens * VIRTUAL_SHARES) << DUST_SHIFT <= shares;
    }

    function partDown(uint256 amount, uint256 bps) internal pure returns (uint256) {
        return amount * bps / BPS;
    }

    function partUp(uint256 amount, uint256 bps) internal pure returns (uint256) {
        return (amount * bps + BPS - 1) / BPS;
    }

    /// @notice Delegators' part of a reward: reward * (1 - commission) * delegated / (own + delegated). The operator gets the rest.
    function delegatorsDown(uint256 reward, uint256 commission, uint256 own, uint256 delegated) internal pure returns (uint256) {
        if (delegated == 0) return 0;
        return reward * (BPS - commission) * delegated / (BPS * (own + delegated));
    }

    /// @notice What counts of a stake: own + factor * min(delegated, ratio * own).
    /// @param factor in bps.
    function weightDown(uint256 own, uint256 delegated, uint256 factor, uint256 ratio) internal pure returns (uint256) {
        uint256 most = own * ratio;
        return own + partDown(delegated < most ? delegated : most, factor);
    }

    /// @notice Part of `amount` that falls on `part` of `whole`; the rest of it, rounded up, falls on the rest.
    function shareDown(uint256 amount, uint256 part, uint256 whole) internal pure returns (uint256) {
        return part == 0 ? 0 : amount * part / whole;
    }
}
