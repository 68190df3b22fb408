// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IBounties} from "./IBounties.sol";

/// @notice A model that somebody serves.
struct Listing {
    address owner;
    /// @dev Redeemed and not yet shared out; wei.
    uint96 accrued;
    bytes32 model;
    /// @dev Whose next round has a part of the revenue; zero when none.
    address scenario;
    /// @dev The Scenario's part that waits for its next round; wei.
    uint96 pot;
    /// @dev What the owner asks for one use now; wei. Vouchers carry amounts, so that no change touches one that was signed.
    uint96 price;
    uint16 scenarioBps;
    /// @dev The DAO's share as it was when this was listed.
    uint16 daoBps;
    bool open;
}

/// @notice What a buyer signs (EIP-712): all that it owes for a listing in an epoch, so far.
struct Voucher {
    address buyer;
    uint256 listing;
    /// @dev Unix seconds over epochSeconds.
    uint32 epoch;
    /// @dev Uses so far in this epoch.
    uint32 uses;
    /// @dev wei for them; the latest voucher stands for all that came before.
    uint96 amount;
}

/// @notice A buyer's prepaid money.
struct Balance {
    /// @dev wei, that which is being withdrawn included: vouchers are still paid from it.
    uint96 amount;
    uint96 withdrawing;
    /// @dev Unix seconds from which `withdrawing` is paid.
    uint40 payableAt;
}

/// @notice What buyers say of a listing.
struct Feedback {
    uint64 ratings;
    /// @dev Sum of the scores, 1 to 5 each.
    uint64 scores;
    /// @dev Sum of what the raters had paid in the epochs they rated; wei.
    uint128 paid;
    /// @dev Sum of score times paid.
    uint256 weighted;
}

/// @notice What was redeemed of one buyer's vouchers for one listing in one epoch.
struct Redemption {
    uint96 amount;
    uint32 uses;
    uint8 score;
}

/// @title ModelMarket
/// @notice Sells the use of models: a buyer pays in once and signs vouchers; the provider redeems the last of thousands in one
/// transaction. Revenue is shared between the owner, the DAO and the next round of the Scenario that trained the model.
///
/// A provider counts a voucher as money only while the buyer's balance, less what is being withdrawn, covers it: nobody can reserve
/// for one provider what another may redeem first. A withdrawal waits until every voucher that was signed before is too old to redeem.
interface IModelMarket is IBounties {
    event Listed(
        uint256 indexed listing,
        address indexed owner,
        bytes32 indexed model,
        uint96 price,
        address scenario,
        uint16 scenarioBps,
        uint16 daoBps
    );
    event ListingChanged(uint256 indexed listing, uint96 price, bool open);
    event Deposited(address indexed buyer, address indexed from, uint256 amount);
    event WithdrawalAnnounced(address indexed buyer, uint256 amount, uint40 payableAt);
    event Withdrawn(address indexed buyer, address indexed to, uint256 amount);
    event VoucherRedeemed(
        uint256 indexed listing, address indexed buyer, uint32 indexed epoch, uint32 uses, uint96 amount, uint96 paid
    );
    event RevenueShared(uint256 indexed listing, uint256 toOwner, uint256 toDao, uint256 toPot);
    event PotFunded(uint256 indexed listing, address indexed scenario, uint32 round, uint256 amount);
    event PotReturned(uint256 indexed listing, address indexed owner, uint256 amount);
    event Rated(uint256 indexed listing, address indexed buyer, uint32 indexed epoch, uint8 score, uint96 paid, bytes32 content);
    event DaoShareSet(uint16 bps);
    event TreasurySet(address indexed treasury);

    // --- listings
    /// @notice Offers `model` (its digest). What the split says holds for this listing for ever.
    /// @param scenario zero, or a Scenario that counts in this currency. @param scenarioBps of the revenue, in ten-thousandths.
    function list(bytes32 model, uint96 price, address scenario, uint16 scenarioBps) external returns (uint256 listing);

    /// @notice Owner only: another price, or no more sales. What was signed is redeemed all the same.
    function setListing(uint256 listing, uint96 price, bool open) external;

    // --- buyers
    /// @notice Pays `amount` into the balance of `buyer`.
    function deposit(address buyer, uint96 amount) external;

    /// @notice Announces a withdrawal, in place of an earlier one. Vouchers are paid from it until it is made.
    function requestWithdraw(uint96 amount) external returns (uint40 payableAt);

    /// @notice Pays what was announced, or what vouchers left of it, to `to`. Nobody can pause it.
    function withdraw(address to) external returns (uint256 amount);

    // --- vouchers
    /// @notice Anyone: takes from the buyer what the voucher says beyond what was redeemed of its epoch; as much as there is.
    function redeem(Voucher calldata voucher, bytes calldata signature) external returns (uint256 paid);

    /// @notice Anyone: shares out what was redeemed of a listing. Roundings are the owner's.
    function share(uint256 listing) external;

    /// @notice Anyone: pays the Scenario's part into its next round.
    function fundScenario(uint256 listing) external;

    /// @notice Anyone: when the Scenario has no round to come, its part is the owner's.
    function returnPot(uint256 listing) external;

    // --- feedback
    /// @notice A buyer's attestation, once per epoch in which it paid. @param content digest of what it has to say, or zero.
    function rate(uint256 listing, uint32 epoch, uint8 score, bytes32 content) external;

    // --- governance
    /// @notice The DAO's share of listings to come, in ten-thousandths; at most 2,000.
    function setDaoShare(uint16 bps) external;
    /// @notice Who is credited with the DAO's share.
    function setTreasury(address treasury) external;

    // --- views
    function listingOf(uint256 listing) external view returns (Listing memory);
    /// @notice Listings are numbered from 1 to this.
    function listings() external view returns (uint256);
    function balanceOf(address buyer) external view returns (Balance memory);
    /// @notice What vouchers that are signed now can count on: the balance less what is being withdrawn; wei.
    function spendableOf(address buyer) external view returns (uint256);
    function redemptionOf(address buyer, uint256 listing, uint32 epoch) external view returns (Redemption memory);
    function feedbackOf(uint256 listing) external view returns (Feedback memory);
    function voucherDigest(Voucher calldata voucher) external view returns (bytes32);
    function currentEpoch() external view returns (uint32);
    /// @notice Seconds of an epoch, and after its end in which its vouchers are redeemed.
    function epochSeconds() external view returns (uint32);
    function redeemSeconds() external view returns (uint32);
    function daoBps() external view returns (uint16);
    function treasury() external view returns (address);
}
