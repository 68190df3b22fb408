// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {NetworkManaged} from "./NetworkManaged.sol";
import {NetworkToken} from "./NetworkToken.sol";
import {IEmissionController, Recipient} from "./interfaces/IEmission.sol";
import {EmissionErrors} from "./libraries/EmissionErrors.sol";
import {EmissionMath} from "./libraries/EmissionMath.sol";

/// @title EmissionController
/// @notice See IEmissionController. It deploys the NetworkToken, and is its only minter.
///
/// ROLES: governance says who the recipients are. How much is minted, and when, nobody can change.
///
/// INVARIANTS
/// 1. What was ever minted here is emissionUntil(daysEmitted), and daysEmitted is never above the number of days that are over.
/// 2. The token held is at least what is booked for recipients.
contract EmissionController is NetworkManaged, IEmissionController {
    uint256 private constant MAX_RECIPIENTS = 8;
    uint256 private constant MAX_START_DELAY = 365 days;

    /// @inheritdoc IEmissionController
    address public immutable token;
    /// @inheritdoc IEmissionController
    uint40 public immutable start;

    /// @inheritdoc IEmissionController
    uint256 public daysEmitted;
    /// @inheritdoc IEmissionController
    mapping(address recipient => uint256 amount) public emittedTo;
    mapping(address recipient => uint256 amount) private _collectedBy;
    Recipient[] private _recipients;

    /// @param start_ when day 0 begins: now, or up to a year from now. @param holder of the `initialSupply`.
    /// @param recipients_ see `setRecipients`.
    constructor(address authority_, uint40 start_, address holder, uint256 initialSupply, Recipient[] memory recipients_)
        NetworkManaged(authority_)
    {
        uint256 latest = block.timestamp + MAX_START_DELAY;
        bool inRange = start_ >= block.timestamp && start_ <= latest;
        require(inRange, EmissionErrors.StartOutOfRange(start_, block.timestamp, latest));
        start = start_;
        token = address(new NetworkToken(holder, initialSupply));
        _setRecipients(recipients_);
    }

    /// @inheritdoc IEmissionController
    function emitDays(uint256 max) external returns (uint256 minted) {
        minted = _emit(max);
        if (minted != 0) NetworkToken(token).mint(address(this), minted);
    }

    /// @inheritdoc IEmissionController
    function collect(address recipient) external returns (uint256 amount) {
        amount = bookedFor(recipient);
        if (amount == 0) return 0;
        _collectedBy[recipient] += amount;
        emit Collected(recipient, amount);
        SafeTransferLib.safeTransfer(token, recipient, amount);
    }

    /// @inheritdoc IEmissionController
    function setRecipients(Recipient[] calldata recipients_) external restricted {
        uint256 minted = _emit(type(uint256).max);
        _setRecipients(recipients_);
        if (minted != 0) NetworkToken(token).mint(address(this), minted);
    }

    /// @inheritdoc IEmissionController
    function bookedFor(address recipient) public view returns (uint256) {
        return emittedTo[recipient] - _collectedBy[recipient];
    }

    /// @inheritdoc IEmissionController
    function emissionOn(uint256 day) external pure returns (uint256) {
        return EmissionMath.emissionOn(day);
    }

    /// @inheritdoc IEmissionController
    function emissionUntil(uint256 days_) external pure returns (uint256) {
        return EmissionMath.emissionUntil(days_);
    }

    /// @inheritdoc IEmissionController
    function recipients() external view returns (Recipient[] memory) {
        return _recipients;
    }

    /// @dev Books days that are over; the caller mints what they sum to.
    function _emit(uint256 max) private returns (uint256 minted) {
        uint256 from = daysEmitted;
        uint256 due = _daysOver() - from;
        if (due > max) due = max;
        if (due == 0) return 0;
        daysEmitted = from + due;
        minted = EmissionMath.emissionUntil(from + due) - EmissionMath.emissionUntil(from);
        emit DaysEmitted(from, due, minted, _book(minted));
    }

    function _book(uint256 minted) private returns (uint256[] memory amounts) {
        uint256 count = _recipients.length;
        amounts = new uint256[](count);
        uint256 left = minted;
        for (uint256 i = 0; i < count; ++i) {
            Recipient memory r = _recipients[i];
            amounts[i] = i + 1 == count ? left : minted * r.bps / EmissionMath.BPS;
            left -= amounts[i];
            emittedTo[r.to] += amounts[i];
        }
    }

    function _setRecipients(Recipient[] memory recipients_) private {
        uint256 count = recipients_.length;
        require(count != 0 && count <= MAX_RECIPIENTS, EmissionErrors.RecipientCount(count, MAX_RECIPIENTS));
        delete _recipients;
        uint256 sum = 0;
        for (uint256 i = 0; i < count; ++i) {
            _checkRecipient(recipients_, i);
            sum += recipients_[i].bps;
            _recipients.push(recipients_[i]);
        }
        require(sum == EmissionMath.BPS, EmissionErrors.RecipientParts(sum));
        emit RecipientsSet(recipients_);
    }

    function _checkRecipient(Recipient[] memory recipients_, uint256 i) private view {
        address to = recipients_[i].to;
        require(to != address(0) && to != address(this) && to != token, ErrorsLib.InvalidRecipient(to));
        require(recipients_[i].bps != 0, EmissionErrors.RecipientParts(0));
        for (uint256 k = 0; k < i; ++k) {
            require(recipients_[k].to != to, EmissionErrors.RecipientTwice(to));
        }
    }

    /// @dev Days of the schedule that are over; what comes after it emits nothing and is not counted.
    function _daysOver() private view returns (uint256 days_) {
        if (block.timestamp < start) return 0;
        days_ = (block.timestamp - start) / 1 days;
        uint256 last = EmissionMath.MONTHS * EmissionMath.MONTH_DAYS;
        if (days_ > last) days_ = last;
    }
}
