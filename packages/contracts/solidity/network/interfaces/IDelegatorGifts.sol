// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Tokens that a host shares with those who delegated to it.
struct Gift {
    address host;
    /// @dev wei of `token` that were not taken yet.
    uint96 left;
    address token;
    /// @dev Unix seconds until which it can be taken.
    uint40 until;
    bytes32 root;
}

/// @title DelegatorGifts
/// @notice A host that earns client tokens may share them with its delegators: it publishes who gets how much, as the root of a tree that
/// anybody can make again from the StakeManager's events, and lets this contract hand out its own tokens. They stay the host's, with what
/// they earn, until they are taken: nothing is held here, so that nothing can be stuck. A gift is as good as the host's allowance.
///
/// A leaf is keccak256(keccak256(abi.encode(chainid, contract, gift, account, amount))), the tree that of OpenZeppelin.
interface IDelegatorGifts {
    event GiftOffered(
        uint256 indexed gift, address indexed host, address indexed token, bytes32 root, uint96 total, uint40 until, bytes32 data
    );
    event GiftTaken(uint256 indexed gift, address indexed account, uint256 amount);

    /// @notice Offers `total` wei of the caller's own `token`, for an hour to a year. @param data digest of what the tree was made of.
    function offer(address token, bytes32 root, uint96 total, uint40 seconds_, bytes32 data) external returns (uint256 gift);

    /// @notice Anyone: hands `account` what its leaf says, once.
    function take(uint256 gift, address account, uint96 amount, bytes32[] calldata proof) external;

    function giftOf(uint256 gift) external view returns (Gift memory);
    function isTaken(uint256 gift, address account) external view returns (bool);
    /// @notice Gifts are numbered from 1 to this.
    function gifts() external view returns (uint256);
}
