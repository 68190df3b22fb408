// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Curve on which the group signs.
enum Scheme {
    /// @dev drand quicknet's: BLS12-381, signatures on G1, RFC 9380, SHA-256.
    BLS12381,
    /// @dev drand evmnet's: BN254, signatures on G1, SvdW, Keccak-256. For chains without EIP-2537.
    BN254
}

/// @notice A group key and its clock: round r is due at genesis + (r - 1) * period. One slot.
struct GroupKey {
    Scheme scheme;
    /// @dev Seconds between rounds.
    uint16 period;
    /// @dev Unix seconds.
    uint32 genesis;
    /// @dev Unix seconds from which rounds are this key's.
    uint40 activeFrom;
    /// @dev Its code, less one leading byte, is the key as the pairing precompile reads it (Solady's SSTORE2).
    address pointer;
}

/// @notice When and how bonded nodes stand in for a beacon that does not come. Times in seconds, the bond in wei.
struct FallbackParams {
    uint32 delay;
    uint32 commitWindow;
    uint32 revealWindow;
    uint8 minCommits;
    uint96 bond;
}

/// @notice Where the fallback of one round is.
struct Fallback {
    /// @dev Attempts in which nobody revealed.
    uint32 attempt;
    uint8 commits;
    uint8 reveals;
    /// @dev Unix seconds; 0 until as many as it takes have committed.
    uint40 commitEnd;
    uint40 revealEnd;
    /// @dev Bonds of this attempt's commitments that are not revealed, in wei.
    uint96 held;
    /// @dev What the secrets come to so far.
    bytes32 mix;
}

/// @title RandomBeacon
/// @notice Randomness that nobody picks: the signature of a threshold group on a round's number, which anybody may bring. One key is in
/// force at a time; rounds carry their key's number in their upper 16 bits, so that a round always means one key's. CONTRACTS.md 2.8.
///
/// Where no proof comes, bonded nodes decide the round among themselves, by commit and reveal. That is weaker: whoever reveals last may
/// prefer to lose its bond, and gets the choice between two results for it.
interface IRandomBeacon {
    /// @param epoch the key's number. @param key as the pairing precompile reads it.
    event KeySet(
        uint16 indexed epoch, Scheme scheme, uint40 genesis, uint32 period, uint40 activeFrom, address pointer, bytes key
    );
    event RoundProven(uint64 indexed round, bytes32 seed, uint256[4] point);
    event FallbackParamsSet(FallbackParams params);
    event BondDeposited(address indexed node, uint256 amount);
    event BondWithdrawn(address indexed node, address indexed to, uint256 amount);
    event FallbackCommitted(uint64 indexed round, uint32 indexed attempt, address indexed node, bytes32 commitment, uint256 bond);
    event FallbackScheduled(uint64 indexed round, uint32 indexed attempt, uint40 commitEnd, uint40 revealEnd);
    event FallbackRevealed(uint64 indexed round, uint32 indexed attempt, address indexed node, bytes32 secret);
    event FallbackReclaimed(uint64 indexed round, uint32 indexed attempt, address indexed node, uint256 bond);
    event FallbackSettled(uint64 indexed round, uint32 indexed attempt, bytes32 seed, uint256 forfeited);
    event FallbackFailed(uint64 indexed round, uint32 indexed attempt, uint256 forfeited);
    event ForfeitsSwept(address indexed to, uint256 amount);

    // --- proofs
    /// @notice Anybody: brings the group's signature of a round that is due, before bonded nodes reveal for it.
    /// @param point uncompressed: x and y in two words each for BLS12-381, in one word each (and two of zero) for BN254.
    function prove(uint64 round, uint256[4] calldata point) external;

    /// @notice Governance: the key after the present one, in force from `activeFrom` on, at least KEY_NOTICE from now.
    function setKey(Scheme scheme, uint40 genesis, uint32 period, uint40 activeFrom, bytes calldata key) external;

    /// @notice Governance: how bonded nodes stand in; for fallbacks that are not scheduled yet.
    function setFallbackParams(FallbackParams calldata params) external;

    // --- fallback
    /// @notice Adds to the caller's free bond. It counts for rounds that are due later.
    function depositBond(uint256 amount) external;

    /// @notice Pays the caller `amount` of its free bond. Nobody can pause it.
    function withdrawBond(address to, uint256 amount) external;

    /// @notice Bonded nodes: commits to a secret for a round that is `delay` overdue. See fallbackCommitment.
    function commitFallback(uint64 round, bytes32 commitment) external;

    /// @notice The node's secret, between the end of commitments and the end of reveals; frees its bond.
    function revealFallback(uint64 round, bytes32 secret) external;

    /// @notice Anybody, after the end of reveals: the secrets become the seed; without any there is another attempt. Bonds of those who
    /// kept silent are forfeited.
    function settleFallback(uint64 round) external;

    /// @notice Frees the caller's bond where it is not needed any more: a proof has come first, or too few have committed.
    function reclaimFallback(uint64 round) external;

    /// @notice Governance: pays out what silent nodes forfeited.
    function sweepForfeits(address to) external;

    // --- readings
    /// @notice The last round that is due at `timestamp` (Unix seconds).
    function roundAt(uint256 timestamp) external view returns (uint64);

    /// @notice The first round that is due after `timestamp`: what a draw is bound to.
    function roundAfter(uint256 timestamp) external view returns (uint64);

    /// @notice When a round is due (Unix seconds).
    function timeOf(uint64 round) external view returns (uint256);

    /// @notice What the round came to; reverts when it is not known. For a proven round drand's "randomness": sha256 of the signature.
    function seed(uint64 round) external view returns (bytes32);

    function isKnown(uint64 round) external view returns (bool);

    /// @notice Whether the round is due: somebody may know its seed, so that nothing may be bound to it any more.
    function isProvable(uint64 round) external view returns (bool);

    function fallbackCommitment(uint64 round, uint32 attempt, address node, bytes32 secret) external view returns (bytes32);
    function fallbackOf(uint64 round) external view returns (Fallback memory);
    function fallbackParams() external view returns (FallbackParams memory);
    function freeBondOf(address node) external view returns (uint256);
    function forfeits() external view returns (uint256);
    function keyOf(uint16 epoch) external view returns (GroupKey memory);
    function epochs() external view returns (uint256);
}
