// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EfficientHashLib} from "solady/utils/EfficientHashLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {Credits} from "./Credits.sol";
import {CurrencyHolder} from "./CurrencyHolder.sol";
import {NetworkManaged} from "./NetworkManaged.sol";
import {IMerkleRewards, RewardRoot} from "./interfaces/IMerkleRewards.sol";
import {ClaimMath} from "./libraries/ClaimMath.sol";
import {RewardErrors} from "./libraries/RewardErrors.sol";

/// @title MerkleRewards
/// @notice See IMerkleRewards.
///
/// ROLES: the updater submits roots, the guardian revokes waiting ones, governance sets parameters. No role moves money: what was funded
/// leaves by claims only.
/// TRUST: the updater for what the leaves say; a root that lies must be seen in its delay. Whatever it says, claims end at its total.
///
/// INVARIANTS
/// 1. Paid <= the active root's total <= funded; the currency held is at least funded - paid, the open bond, and credits.
/// 2. An account is paid at most the highest amount of its leaves in roots that were active.
contract MerkleRewards is NetworkManaged, Credits, IMerkleRewards {
    using SafeCastLib for uint256;

    uint256 private constant MIN_DELAY = 1 hours;
    uint256 private constant MAX_DELAY = 30 days;
    uint256 private constant MIN_BOND = 1e18;
    uint256 private constant MAX_BOND = 100_000e18;
    /// @dev CONTRACTS.md 9: a claim fee of at most 1 %.
    uint256 private constant MAX_FEE = 100;

    struct Challenge {
        address challenger;
        uint96 bond;
    }

    /// @dev All that a claim reads and writes besides the root, in one slot.
    struct Book {
        /// What the active root may still give.
        uint96 left;
        /// Of the active root.
        uint96 total;
        uint32 feeBps;
        uint32 epoch;
    }

    /// @dev A struct, so that its place is computed once in a claim.
    struct Receipt {
        /// In all.
        uint256 paid;
    }

    // --- roots
    bytes32 private _root;
    bytes32 private _data;
    Book private _book;
    /// @dev Waits when its epoch is above the active one's and it was not revoked; kept afterwards, which makes the next one cheaper.
    RewardRoot private _pending;
    Challenge private _challenge;
    uint32 private _revokedEpoch;
    uint40 private _activeFrom;

    // --- money
    uint96 private _funded;
    mapping(address account => Receipt) private _receipts;

    // --- governance
    /// @inheritdoc IMerkleRewards
    uint32 public delay;
    /// @inheritdoc IMerkleRewards
    uint96 public challengeBond;
    /// @inheritdoc IMerkleRewards
    address public treasury;

    constructor(address authority, address currency_, address treasury_) NetworkManaged(authority) CurrencyHolder(currency_) {
        _setDelay(1 days); // time zones: everybody who computes roots again is awake once
        _setBond(1_000e18); // a third of a node's stake: dear enough to be meant
        _setFee(0);
        _setTreasury(treasury_);
    }

    /// @inheritdoc IMerkleRewards
    function fund(uint256 amount) external locked {
        require(amount != 0, ErrorsLib.AmountZero());
        _funded = (_funded + amount).toUint96();
        emit Funded(msg.sender, amount);
        _pull(amount);
    }

    // --- roots
    /// @inheritdoc IMerkleRewards
    function submitRoot(bytes32 root, uint96 total, bytes32 data) external locked restricted {
        require(root != 0 && data != 0, RewardErrors.RootZero());
        require(!_waits(), RewardErrors.RootPending(_pending.epoch));
        bool payable_ = total >= _book.total && total <= _funded;
        require(payable_, RewardErrors.RootTotal(total, _book.total, _funded));
        uint32 epoch = _pending.epoch + 1;
        uint40 activeFrom = uint40(block.timestamp) + delay;
        _pending = RewardRoot(root, total, epoch, activeFrom, data);
        emit RootSubmitted(epoch, root, total, data, activeFrom);
    }

    /// @inheritdoc IMerkleRewards
    function challenge(bytes32 evidence) external locked {
        RewardRoot storage p = _waiting();
        (uint32 epoch, uint40 from) = (p.epoch, p.activeFrom);
        require(block.timestamp < from, RewardErrors.ChallengeTooLate(epoch, from));
        require(_challenge.challenger == address(0), RewardErrors.AlreadyChallenged(epoch));
        uint96 bond = challengeBond;
        from += delay;
        p.activeFrom = from;
        _challenge = Challenge(msg.sender, bond);
        emit RootChallenged(epoch, msg.sender, bond, evidence, from);
        _pull(bond);
    }

    /// @inheritdoc IMerkleRewards
    function revokeRoot() external locked restricted {
        uint32 epoch = _waiting().epoch;
        Challenge memory c = _challenge;
        _revokedEpoch = epoch;
        delete _challenge;
        _credit(c.challenger, c.bond);
        emit RootRevoked(epoch, c.challenger, c.bond);
    }

    /// @inheritdoc IMerkleRewards
    function activateRoot() external locked {
        RewardRoot memory p = _waiting();
        require(block.timestamp >= p.activeFrom, RewardErrors.RootWaiting(p.epoch, p.activeFrom));
        uint96 bond = _challenge.bond;
        (_root, _data, _activeFrom) = (p.root, p.data, p.activeFrom);
        // No root gives less than the one before, and one waits at a time.
        _book.left += p.total - _book.total;
        (_book.total, _book.epoch) = (p.total, p.epoch);
        if (bond != 0) {
            delete _challenge;
            _funded += bond;
        }
        emit RootActivated(p.epoch, p.root, p.total, bond);
    }

    // --- claims
    /// @inheritdoc IMerkleRewards
    function claim(address account, uint256 amount, bytes32[] calldata proof) external returns (uint256 paid) {
        (uint256 left, uint32 epoch, uint256 feeBps) = (_book.left, _book.epoch, _book.feeBps);
        bool known = ClaimMath.rootOf(_leafOf(epoch, account, amount), proof) == _root;
        require(known, RewardErrors.LeafUnknown(account, amount, epoch));
        Receipt storage receipt = _receipts[account];
        uint256 before = receipt.paid;
        require(amount > before, RewardErrors.NothingToClaim(account, before));
        paid = ClaimMath.rest(amount, before);
        require(paid <= left, RewardErrors.RootOverspent(paid, left));
        _book.left = uint96(ClaimMath.rest(left, paid));
        receipt.paid = amount;
        uint256 fee = ClaimMath.feeDown(paid, feeBps);
        emit Claimed(account, paid);
        if (fee != 0) _takeFee(account, fee);
        _push(account, ClaimMath.rest(paid, fee));
    }

    function _takeFee(address account, uint256 fee) private {
        emit ClaimFeeTaken(account, fee);
        _credit(treasury, fee);
    }

    /// @inheritdoc IMerkleRewards
    function paidTo(address account) external view returns (uint256) {
        return _receipts[account].paid;
    }

    /// @dev keccak256(keccak256(abi.encode(chainid, contract, epoch, account, amount))); no leaf of no root is zero.
    function _leafOf(uint256 epoch, address account, uint256 amount) private view returns (bytes32) {
        bytes32 inner = EfficientHashLib.hash(
            bytes32(block.chainid),
            bytes32(uint256(uint160(address(this)))),
            bytes32(epoch),
            bytes32(uint256(uint160(account))),
            bytes32(amount)
        );
        return EfficientHashLib.hash(inner);
    }

    // --- governance
    /// @inheritdoc IMerkleRewards
    function setDelay(uint32 delay_) external restricted {
        _setDelay(delay_);
    }

    /// @inheritdoc IMerkleRewards
    function setChallengeBond(uint96 bond) external restricted {
        _setBond(bond);
    }

    /// @inheritdoc IMerkleRewards
    function setClaimFee(uint16 bps) external restricted {
        _setFee(bps);
    }

    /// @inheritdoc IMerkleRewards
    function setTreasury(address treasury_) external restricted {
        _setTreasury(treasury_);
    }

    // --- views
    /// @inheritdoc IMerkleRewards
    function activeRoot() external view returns (RewardRoot memory) {
        return RewardRoot(_root, _book.total, _book.epoch, _activeFrom, _data);
    }

    /// @inheritdoc IMerkleRewards
    function pendingRoot() external view returns (RewardRoot memory none) {
        return _waits() ? _pending : none;
    }

    /// @inheritdoc IMerkleRewards
    function challengeOf() external view returns (address challenger, uint96 bond) {
        return (_challenge.challenger, _challenge.bond);
    }

    /// @inheritdoc IMerkleRewards
    function claimFeeBps() external view returns (uint16) {
        return uint16(_book.feeBps);
    }

    /// @inheritdoc IMerkleRewards
    function totals() external view returns (uint256 funded, uint256 paid) {
        return (_funded, _book.total - _book.left);
    }

    function _waits() private view returns (bool) {
        uint32 epoch = _pending.epoch;
        return epoch > _book.epoch && epoch > _revokedEpoch;
    }

    function _waiting() private view returns (RewardRoot storage) {
        require(_waits(), RewardErrors.NoRootPending());
        return _pending;
    }

    function _setDelay(uint32 delay_) private {
        _checkBounds("delay", delay_, MIN_DELAY, MAX_DELAY);
        delay = delay_;
        emit DelaySet(delay_);
    }

    function _setBond(uint96 bond) private {
        _checkBounds("challengeBond", bond, MIN_BOND, MAX_BOND);
        challengeBond = bond;
        emit ChallengeBondSet(bond);
    }

    function _setFee(uint16 bps) private {
        _checkBounds("claimFee", bps, 0, MAX_FEE);
        _book.feeBps = bps;
        emit ClaimFeeSet(bps);
    }

    function _setTreasury(address treasury_) private {
        _checkRecipient(treasury_);
        treasury = treasury_;
        emit TreasurySet(treasury_);
    }

    function _checkBounds(string memory param, uint256 value, uint256 min, uint256 max) private pure {
        require(value >= min && value <= max, RewardErrors.RewardParamOutOfRange(param, value, min, max));
    }
}
