// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BountyState} from "../interfaces/IBounties.sol";

/// @notice Errors of the model market, its bounties, and the list of top models.
library ModelErrors {
    // --- listings
    /// @notice A digest is not zero.
    error DigestZero();
    /// @notice No listing has this number.
    error UnknownListing(uint256 listing);
    /// @notice The caller does not own this listing.
    error NotListingOwner(address caller, address owner);
    /// @notice The shares of Scenario and DAO together take more than `max` ten-thousandths.
    error SplitTooLarge(uint256 bps, uint256 max);
    /// @notice The Scenario counts in `scenarioCurrency`, which is not paid here.
    error ForeignCurrency(address scenarioCurrency);
    /// @notice A parameter of the governance lies outside of its hard bounds.
    error ParamOutOfRange(string param, uint256 value, uint256 min, uint256 max);

    // --- vouchers
    /// @notice Vouchers of an epoch are redeemed from its start until `until` (Unix seconds).
    error VoucherExpired(uint32 epoch, uint256 until);
    /// @notice The epoch begins at `from` (Unix seconds).
    error VoucherTooEarly(uint32 epoch, uint256 from);
    /// @notice As much or more was redeemed before.
    error VoucherStale(uint256 amount, uint256 redeemed);
    /// @notice A later voucher counts at least as many uses.
    error VoucherUsesFell(uint256 uses, uint256 redeemed);
    /// @notice The buyer did not sign this voucher for this chain, contract, listing and epoch.
    error VoucherSignatureInvalid(address buyer);
    /// @notice The buyer's balance is empty.
    error BuyerBroke(address buyer);
    /// @notice Nothing was redeemed of this listing and not shared out.
    error NothingAccrued(uint256 listing);
    /// @notice No revenue waits for the Scenario of this listing.
    error NoPot(uint256 listing);
    /// @notice The Scenario did not take exactly what it was offered: `left` wei are here, `expected` should be.
    error PotRefused(uint256 left, uint256 expected);
    /// @notice The Scenario still has a round to come.
    error ScenarioRunning(address scenario);

    // --- balances
    /// @notice The balance has `free` wei that are not being withdrawn.
    error BalanceTooSmall(uint256 amount, uint256 free);
    /// @notice The withdrawal is paid from `from` (Unix seconds) on.
    error WithdrawalWaiting(uint256 from);
    /// @notice No withdrawal was announced.
    error NoWithdrawal(address buyer);

    // --- feedback
    /// @notice A score is 1 to 5.
    error ScoreOutOfRange(uint256 score);
    /// @notice Only who paid for the model in this epoch rates it.
    error NotABuyer(address account, uint256 listing, uint32 epoch);
    /// @notice One rating per epoch.
    error AlreadyRated(address account, uint256 listing, uint32 epoch);

    // --- bounties
    /// @notice No bounty, or no proposal, has this number.
    error UnknownBounty(uint256 bounty);
    /// @notice The bounty has no proposal of this number.
    error UnknownBountyProposal(uint256 bounty, uint16 index);
    /// @notice The bounty was awarded or refunded.
    error BountyEnded(uint256 bounty, BountyState state);
    /// @notice Proposals were taken, or the sponsor could decide, until `until` (Unix seconds).
    error BountyTooLate(uint256 bounty, uint256 until);
    /// @notice The escrow goes back from `from` (Unix seconds) on.
    error BountyTooEarly(uint256 bounty, uint256 from);
    /// @notice The bounty has all the proposals that it may have.
    error BountyFull(uint256 bounty, uint256 max);
    /// @notice The caller is not the sponsor of the bounty.
    error NotSponsor(address caller, address sponsor);

    // --- top models
    /// @notice A list has at most `max` models.
    error TopListTooLong(uint256 length, uint256 max);
    /// @notice A model stands twice in the list.
    error TopModelTwice(bytes32 model);
}
