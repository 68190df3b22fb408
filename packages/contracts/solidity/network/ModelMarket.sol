// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {EIP712} from "solady/utils/EIP712.sol";

import {IScenario, Phase, ScenarioParams} from "../interfaces/IScenario.sol";
import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {Bounties} from "./Bounties.sol";
import {CurrencyHolder} from "./CurrencyHolder.sol";
import {NetworkManaged} from "./NetworkManaged.sol";
import {Balance, Feedback, IModelMarket, Listing, Redemption, Voucher} from "./interfaces/IModelMarket.sol";
import {ITopModels} from "./interfaces/ITopModels.sol";
import {ModelErrors} from "./libraries/ModelErrors.sol";

/// @title ModelMarket
/// @notice See IModelMarket.
///
/// ROLES: governance sets the DAO's share of later listings and who is credited with it. No role reaches a balance, a bounty or a pot.
/// TRUST: the currency (the network's token). A listing's Scenario is any contract: it is offered exactly its part, and what it does
/// with it harms nobody else.
///
/// INVARIANTS
/// 1. The currency held is at least the sum of balances, credits, pots, what is accrued, and open bounties.
/// 2. What was redeemed of (buyer, listing, epoch) never falls and is never more than a voucher that the buyer signed says.
/// 3. No withdrawal is paid sooner than every voucher that was signed before its announcement has expired.
contract ModelMarket is NetworkManaged, EIP712, Bounties, IModelMarket {
    using FixedPointMathLib for uint256;

    uint256 private constant BPS = 10_000;
    /// @dev Hard bound of the DAO's share: a fifth of a sale.
    uint16 private constant MAX_DAO_BPS = 2_000;
    /// @dev Epoch and redeem window: long enough for a provider to notice and for its transaction to be mined, short enough for a
    /// buyer to have its money back.
    uint32 private constant MIN_SECONDS = 60;
    uint32 private constant MAX_SECONDS = 30 days;
    uint8 private constant MAX_SCORE = 5;
    bytes32 private constant VOUCHER_TYPEHASH =
        keccak256("Voucher(address buyer,uint256 listing,uint32 epoch,uint32 uses,uint96 amount)");

    /// @inheritdoc IModelMarket
    uint32 public immutable epochSeconds;
    /// @inheritdoc IModelMarket
    uint32 public immutable redeemSeconds;
    ITopModels private immutable _topModels;

    // --- listings
    /// @inheritdoc IModelMarket
    uint256 public listings;
    mapping(uint256 listing => Listing) private _listings;
    mapping(uint256 listing => Feedback) private _feedback;

    // --- buyers
    mapping(address buyer => Balance) private _balances;
    mapping(address buyer => mapping(uint256 listing => mapping(uint32 epoch => Redemption))) private _redemptions;

    // --- governance
    /// @inheritdoc IModelMarket
    uint16 public daoBps;
    /// @inheritdoc IModelMarket
    address public treasury;

    constructor(
        address authority,
        address currency_,
        address treasury_,
        address topModels,
        uint32 epochSeconds_,
        uint32 redeemSeconds_
    ) NetworkManaged(authority) CurrencyHolder(currency_) {
        _checkSeconds("epochSeconds", epochSeconds_);
        _checkSeconds("redeemSeconds", redeemSeconds_);
        (epochSeconds, redeemSeconds, _topModels) = (epochSeconds_, redeemSeconds_, ITopModels(topModels));
        _setDaoShare(500); // a twentieth: what FLock's claims and swaps cost, between 1 % and 8 %
        _setTreasury(treasury_);
    }

    // --- listings
    /// @inheritdoc IModelMarket
    function list(bytes32 model, uint96 price, address scenario, uint16 scenarioBps) external returns (uint256 listing) {
        require(model != 0, ModelErrors.DigestZero());
        require(price != 0, ErrorsLib.AmountZero());
        require((scenario == address(0)) == (scenarioBps == 0), ErrorsLib.InvalidParam("scenarioBps"));
        uint256 taken = uint256(scenarioBps) + daoBps;
        require(taken <= BPS, ModelErrors.SplitTooLarge(taken, BPS));
        if (scenario != address(0)) _checkCurrency(scenario);
        listing = ++listings;
        _listings[listing] = Listing(msg.sender, 0, model, scenario, 0, price, scenarioBps, daoBps, true);
        emit Listed(listing, msg.sender, model, price, scenario, scenarioBps, daoBps);
    }

    /// @inheritdoc IModelMarket
    function setListing(uint256 listing, uint96 price, bool open) external {
        Listing storage l = _known(listing);
        require(msg.sender == l.owner, ModelErrors.NotListingOwner(msg.sender, l.owner));
        require(price != 0, ErrorsLib.AmountZero());
        (l.price, l.open) = (price, open);
        emit ListingChanged(listing, price, open);
    }

    // --- buyers
    /// @inheritdoc IModelMarket
    function deposit(address buyer, uint96 amount) external locked {
        require(amount != 0, ErrorsLib.AmountZero());
        _checkRecipient(buyer);
        _balances[buyer].amount += amount;
        emit Deposited(buyer, msg.sender, amount);
        _pull(amount);
    }

    /// @inheritdoc IModelMarket
    function requestWithdraw(uint96 amount) external locked returns (uint40 payableAt) {
        Balance storage b = _balances[msg.sender];
        require(amount != 0, ErrorsLib.AmountZero());
        require(amount <= b.amount, ModelErrors.BalanceTooSmall(amount, b.amount));
        // A voucher of this very second's epoch is redeemed until the epoch's end and the window after it.
        payableAt = uint40(block.timestamp + epochSeconds + redeemSeconds);
        (b.withdrawing, b.payableAt) = (amount, payableAt);
        emit WithdrawalAnnounced(msg.sender, amount, payableAt);
    }

    /// @inheritdoc IModelMarket
    function withdraw(address to) external locked returns (uint256) {
        _checkRecipient(to);
        Balance storage b = _balances[msg.sender];
        require(b.withdrawing != 0, ModelErrors.NoWithdrawal(msg.sender));
        require(block.timestamp >= b.payableAt, ModelErrors.WithdrawalWaiting(b.payableAt));
        uint96 amount = b.withdrawing < b.amount ? b.withdrawing : b.amount;
        (b.amount, b.withdrawing, b.payableAt) = (b.amount - amount, 0, 0);
        emit Withdrawn(msg.sender, to, amount);
        if (amount != 0) _push(to, amount);
        return amount;
    }

    // --- vouchers
    /// @inheritdoc IModelMarket
    function redeem(Voucher calldata v, bytes calldata signature) external locked returns (uint256) {
        Listing storage l = _known(v.listing);
        _checkEpoch(v.epoch);
        bool signed = SignatureChecker.isValidSignatureNowCalldata(v.buyer, voucherDigest(v), signature);
        require(signed, ModelErrors.VoucherSignatureInvalid(v.buyer));
        Redemption storage r = _redemptions[v.buyer][v.listing][v.epoch];
        (uint96 before, uint32 uses) = (r.amount, r.uses);
        require(v.amount > before, ModelErrors.VoucherStale(v.amount, before));
        require(v.uses >= uses, ModelErrors.VoucherUsesFell(v.uses, uses));
        uint96 paid = _charge(v.buyer, v.amount - before);
        (r.amount, r.uses) = (before + paid, v.uses);
        l.accrued += paid;
        emit VoucherRedeemed(v.listing, v.buyer, v.epoch, v.uses, before + paid, paid);
        return paid;
    }

    /// @inheritdoc IModelMarket
    function share(uint256 listing) external locked {
        Listing storage l = _known(listing);
        uint256 amount = l.accrued;
        require(amount != 0, ModelErrors.NothingAccrued(listing));
        uint256 toPot = amount.mulDiv(l.scenarioBps, BPS);
        uint256 dao = amount.mulDiv(l.daoBps, BPS);
        uint256 toDao = dao - dao.mulDiv(_topModels.boostOf(l.model), BPS);
        uint256 toOwner = amount - toPot - toDao;
        l.accrued = 0;
        l.pot += uint96(toPot); // at most `amount`, which is one
        _credit(l.owner, toOwner);
        _credit(treasury, toDao);
        emit RevenueShared(listing, toOwner, toDao, toPot);
    }

    /// @inheritdoc IModelMarket
    function fundScenario(uint256 listing) external locked {
        Listing storage l = _known(listing);
        (uint96 amount, address scenario) = (l.pot, l.scenario);
        require(amount != 0, ModelErrors.NoPot(listing));
        uint32 round = IScenario(scenario).currentRound() + 1;
        l.pot = 0;
        emit PotFunded(listing, scenario, round, amount);
        uint256 before = SafeTransferLib.balanceOf(currency, address(this));
        SafeTransferLib.safeApprove(currency, scenario, amount);
        IScenario(scenario).fundRound(round, amount);
        SafeTransferLib.safeApprove(currency, scenario, 0);
        uint256 left = SafeTransferLib.balanceOf(currency, address(this));
        require(left == before - amount, ModelErrors.PotRefused(left, before - amount));
    }

    /// @inheritdoc IModelMarket
    function returnPot(uint256 listing) external locked {
        Listing storage l = _known(listing);
        uint256 amount = l.pot;
        require(amount != 0, ModelErrors.NoPot(listing));
        require(!_hasNextRound(l.scenario), ModelErrors.ScenarioRunning(l.scenario));
        l.pot = 0;
        _credit(l.owner, amount);
        emit PotReturned(listing, l.owner, amount);
    }

    // --- feedback
    /// @inheritdoc IModelMarket
    function rate(uint256 listing, uint32 epoch, uint8 score, bytes32 content) external {
        require(score != 0 && score <= MAX_SCORE, ModelErrors.ScoreOutOfRange(score));
        Redemption storage r = _redemptions[msg.sender][listing][epoch];
        uint96 paid = r.amount;
        require(paid != 0, ModelErrors.NotABuyer(msg.sender, listing, epoch));
        require(r.score == 0, ModelErrors.AlreadyRated(msg.sender, listing, epoch));
        r.score = score;
        Feedback storage f = _feedback[listing];
        (f.ratings, f.scores) = (f.ratings + 1, f.scores + score);
        f.paid += paid;
        f.weighted += uint256(paid) * score;
        emit Rated(listing, msg.sender, epoch, score, paid, content);
    }

    // --- governance
    /// @inheritdoc IModelMarket
    function setDaoShare(uint16 bps) external restricted {
        _setDaoShare(bps);
    }

    /// @inheritdoc IModelMarket
    function setTreasury(address treasury_) external restricted {
        _setTreasury(treasury_);
    }

    // --- views
    /// @inheritdoc IModelMarket
    function listingOf(uint256 listing) external view returns (Listing memory) {
        return _listings[listing];
    }

    /// @inheritdoc IModelMarket
    function balanceOf(address buyer) external view returns (Balance memory) {
        return _balances[buyer];
    }

    /// @inheritdoc IModelMarket
    function spendableOf(address buyer) external view returns (uint256) {
        Balance storage b = _balances[buyer];
        return b.amount > b.withdrawing ? b.amount - b.withdrawing : 0;
    }

    /// @inheritdoc IModelMarket
    function redemptionOf(address buyer, uint256 listing, uint32 epoch) external view returns (Redemption memory) {
        return _redemptions[buyer][listing][epoch];
    }

    /// @inheritdoc IModelMarket
    function feedbackOf(uint256 listing) external view returns (Feedback memory) {
        return _feedback[listing];
    }

    /// @inheritdoc IModelMarket
    function voucherDigest(Voucher calldata v) public view returns (bytes32) {
        return _hashTypedData(keccak256(abi.encode(VOUCHER_TYPEHASH, v.buyer, v.listing, v.epoch, v.uses, v.amount)));
    }

    /// @inheritdoc IModelMarket
    function currentEpoch() external view returns (uint32) {
        return uint32(block.timestamp / epochSeconds);
    }

    function _known(uint256 listing) private view returns (Listing storage l) {
        l = _listings[listing];
        require(l.owner != address(0), ModelErrors.UnknownListing(listing));
    }

    /// @dev Takes `due` from a buyer's balance, or as much as there is.
    function _charge(address buyer, uint96 due) private returns (uint96 paid) {
        Balance storage b = _balances[buyer];
        uint96 held = b.amount;
        require(held != 0, ModelErrors.BuyerBroke(buyer));
        paid = due < held ? due : held;
        b.amount = held - paid;
    }

    function _checkEpoch(uint32 epoch) private view {
        uint256 from = uint256(epoch) * epochSeconds;
        uint256 until = from + epochSeconds + redeemSeconds;
        require(block.timestamp >= from, ModelErrors.VoucherTooEarly(epoch, from));
        require(block.timestamp < until, ModelErrors.VoucherExpired(epoch, until));
    }

    function _checkCurrency(address scenario) private view {
        address theirs = IScenario(scenario).params().currency;
        require(theirs == currency, ModelErrors.ForeignCurrency(theirs));
    }

    /// @dev False for a contract that does not answer: a pot must not wait for it for ever. One that too few clients registered for is
    /// closed before its first round.
    function _hasNextRound(address scenario) private view returns (bool) {
        try IScenario(scenario).phase() returns (Phase phase) {
            return phase != Phase.Closed && _isBeforeLast(scenario);
        } catch {
            return false;
        }
    }

    function _isBeforeLast(address scenario) private view returns (bool) {
        try IScenario(scenario).currentRound() returns (uint32 round) {
            try IScenario(scenario).params() returns (ScenarioParams memory p) {
                return round < p.rounds;
            } catch {
                return false;
            }
        } catch {
            return false;
        }
    }

    function _setDaoShare(uint16 bps) private {
        require(bps <= MAX_DAO_BPS, ModelErrors.ParamOutOfRange("daoShare", bps, 0, MAX_DAO_BPS));
        daoBps = bps;
        emit DaoShareSet(bps);
    }

    function _setTreasury(address treasury_) private {
        _checkRecipient(treasury_);
        treasury = treasury_;
        emit TreasurySet(treasury_);
    }

    function _checkSeconds(string memory name, uint32 value) private pure {
        bool valid = value >= MIN_SECONDS && value <= MAX_SECONDS;
        require(valid, ModelErrors.ParamOutOfRange(name, value, MIN_SECONDS, MAX_SECONDS));
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("fednode ModelMarket", "1");
    }
}
