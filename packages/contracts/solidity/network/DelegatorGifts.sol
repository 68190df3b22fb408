// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MerkleProofLib} from "solady/utils/MerkleProofLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {Gift, IDelegatorGifts} from "./interfaces/IDelegatorGifts.sol";
import {RewardErrors} from "./libraries/RewardErrors.sol";

/// @title DelegatorGifts
/// @notice See IDelegatorGifts.
///
/// ROLES: none. It holds nothing, and moves a host's tokens only by that host's own gift and allowance.
/// TRUST: a token is any contract; what it does when it is called touches its own gifts only, whose books are closed before.
///
/// INVARIANTS
/// 1. A gift hands out at most its total, and to each account at most once.
contract DelegatorGifts is IDelegatorGifts {
    uint256 private constant MIN_TIME = 1 hours;
    uint256 private constant MAX_TIME = 365 days;

    /// @inheritdoc IDelegatorGifts
    uint256 public gifts;
    mapping(uint256 gift => Gift) private _gifts;
    /// @inheritdoc IDelegatorGifts
    mapping(uint256 gift => mapping(address account => bool)) public isTaken;

    /// @inheritdoc IDelegatorGifts
    function offer(address token, bytes32 root, uint96 total, uint40 seconds_, bytes32 data) external returns (uint256 gift) {
        require(token.code.length != 0, ErrorsLib.InvalidParam("token"));
        require(root != 0 && data != 0, RewardErrors.RootZero());
        require(total != 0, ErrorsLib.AmountZero());
        bool timely = seconds_ >= MIN_TIME && seconds_ <= MAX_TIME;
        require(timely, RewardErrors.RewardParamOutOfRange("seconds", seconds_, MIN_TIME, MAX_TIME));
        gift = ++gifts;
        uint40 until = uint40(block.timestamp) + seconds_;
        _gifts[gift] = Gift(msg.sender, total, token, until, root);
        emit GiftOffered(gift, msg.sender, token, root, total, until, data);
    }

    /// @inheritdoc IDelegatorGifts
    function take(uint256 gift, address account, uint96 amount, bytes32[] calldata proof) external {
        Gift storage g = _gifts[gift];
        require(block.timestamp < g.until, RewardErrors.GiftOver(gift, g.until));
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(block.chainid, address(this), gift, account, amount))));
        require(MerkleProofLib.verifyCalldata(proof, g.root, leaf), RewardErrors.GiftLeafUnknown(gift, account, amount));
        require(!isTaken[gift][account], RewardErrors.GiftTakenBefore(gift, account));
        require(amount <= g.left, RewardErrors.RootOverspent(amount, g.left));
        isTaken[gift][account] = true;
        g.left -= amount;
        emit GiftTaken(gift, account, amount);
        SafeTransferLib.safeTransferFrom(g.token, g.host, account, amount);
    }

    /// @inheritdoc IDelegatorGifts
    function giftOf(uint256 gift) external view returns (Gift memory) {
        return _gifts[gift];
    }
}
