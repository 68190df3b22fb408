// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICredits} from "./ICredits.sol";

/// @notice A tree of what everybody has earned so far.
struct RewardRoot {
    bytes32 root;
    /// @dev Sum of all leaves; wei.
    uint96 total;
    /// @dev Grows with every root that was submitted; in every leaf.
    uint32 epoch;
    /// @dev Unix seconds from which it may be activated.
    uint40 activeFrom;
    /// @dev Digest of the data that the tree was made of.
    bytes32 data;
}

/// @title MerkleRewards
/// @notice Pays rewards that are computed off the chain. Leaves are cumulative: a claim pays the difference to what was paid before, so
/// that each root supersedes the one before and none is paid twice. A new root waits, so that anybody can compute it again: with a bond
/// anyone makes it wait as long again, and the guardian revokes it.
///
/// A leaf is keccak256(keccak256(abi.encode(chainid, contract, epoch, account, amount))), the tree that of OpenZeppelin.
interface IMerkleRewards is ICredits {
    event Funded(address indexed from, uint256 amount);
    event RootSubmitted(uint32 indexed epoch, bytes32 root, uint96 total, bytes32 data, uint40 activeFrom);
    event RootChallenged(uint32 indexed epoch, address indexed challenger, uint96 bond, bytes32 evidence, uint40 activeFrom);
    event RootRevoked(uint32 indexed epoch, address indexed challenger, uint96 bond);
    event RootActivated(uint32 indexed epoch, bytes32 root, uint96 total, uint96 bond);
    /// @param paid with the fee.
    event Claimed(address indexed account, uint256 paid);
    /// @notice `fee` of what was claimed is the treasury's.
    event ClaimFeeTaken(address indexed account, uint256 fee);
    event DelaySet(uint32 delay);
    event ChallengeBondSet(uint96 bond);
    event ClaimFeeSet(uint16 bps);
    event TreasurySet(address indexed treasury);

    /// @notice Adds `amount` to what roots may give away.
    function fund(uint256 amount) external;

    /// @notice Updater only: a root that gives no less than the present one and no more than was funded. One waits at a time.
    function submitRoot(bytes32 root, uint96 total, bytes32 data) external;

    /// @notice Anyone, once per root and before it may be activated: bonds currency and lets it wait as long again. The bond is back
    /// when the guardian revokes the root, and joins the funds when it does not.
    function challenge(bytes32 evidence) external;

    /// @notice Guardian only: the waiting root never counts.
    function revokeRoot() external;

    /// @notice Anyone, after its delay: the waiting root counts.
    function activateRoot() external;

    /// @notice Anyone: pays `account` what its leaf says beyond what it was paid. @param amount so far, as in the leaf.
    function claim(address account, uint256 amount, bytes32[] calldata proof) external returns (uint256 paid);

    /// @notice Governance: seconds that a root waits, an hour to 30 days.
    function setDelay(uint32 delay) external;
    /// @notice Governance: 1 to 100,000 tokens.
    function setChallengeBond(uint96 bond) external;
    /// @notice Governance: of claims, in ten-thousandths; at most 100.
    function setClaimFee(uint16 bps) external;
    /// @notice Governance: who is credited with the fee.
    function setTreasury(address treasury) external;

    function activeRoot() external view returns (RewardRoot memory);
    /// @notice The root that waits; its epoch is zero when none does.
    function pendingRoot() external view returns (RewardRoot memory);
    /// @notice Who challenged the root that waits, and with what bond.
    function challengeOf() external view returns (address challenger, uint96 bond);
    function paidTo(address account) external view returns (uint256);
    /// @notice wei that roots may give away, ever; wei that were.
    function totals() external view returns (uint256 funded, uint256 paid);
    function delay() external view returns (uint32);
    function challengeBond() external view returns (uint96);
    function claimFeeBps() external view returns (uint16);
    function treasury() external view returns (address);
}
