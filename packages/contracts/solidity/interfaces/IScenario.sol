// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a federation is on chain; fixed at creation.
struct ScenarioParams {
    /// Reward currency and numeraire of the pool: an 18-decimals ERC-20 without fees on transfer.
    address currency;
    /// Ed25519 public key of the aggregator's libp2p peer.
    bytes32 federatorPeerKey;
    /// Clients needed before registration can close, at least 1.
    uint16 minClients;
    /// Most clients: at most 100 with a pool (it has at most 101 tokens), 1,000 without.
    uint16 maxClients;
    /// True: anyone may register up to maxClients. False: only accounts that the federator allowed.
    bool openRegistration;
    /// Unix seconds after which nobody registers and anyone may close registration.
    uint64 registrationDeadline;
    /// Rounds of the federation, at least 1.
    uint32 rounds;
    /// Seconds from the start of a round (registration closed, or the round before settled) after which anyone may void it; at least 1,
    /// and challengeWindow.
    uint32 roundTimeout;
    /// Seconds between assertRound and finalize.
    uint32 challengeWindow;
    /// Seconds over which a round's pot streams to holders, 60 to 30 days.
    uint32 streamWindow;
    /// Tokens of a client of issuance weight 1, in wei, at least 1e18; never changes after registration.
    uint128 clientSupply;
    /// Split of clientSupply in basis points: to the client, to the pool as its seed, to the federator. Sums to 10,000.
    uint16 clientBps;
    uint16 poolBps;
    uint16 federatorBps;
    /// Currency in wei that opens the pool; 0 means no pool (then poolBps must be 0).
    uint128 seedCurrency;
    /// Pool weight of the currency, 1e18 = 100 %; 0.2e18 to 0.8e18. Clients share the rest by their issuance weights.
    uint64 currencyWeight;
    /// Swap fee, 1e18 = 100 %; 0.0005e18 to 0.1e18.
    uint64 swapFee;
    /// Largest issuance weight that the federator may give a client; 1 means that all clients get the same number of tokens.
    uint8 maxIssuance;
    /// Reward schedule: what round 1 must hold before it can be asserted, in wei; 0 means that pots are free.
    uint128 firstPot;
    /// Pot of a round over that of the round before, 1e18 = 1: 1e18 for a fixed schedule, 0.5e18 to below 1e18 for a geometric one;
    /// 0 when pots are free.
    uint64 potRatio;
    /// What the federator stakes on every assertion, in currency wei, and who disputes it stakes as well; 0 means that nobody can
    /// dispute (then there is no resolver).
    uint96 bond;
    /// Contract that decides disputes.
    address resolver;
    /// Account that may pause the market and new rounds for a bounded time; zero means nobody.
    address guardian;
}

/// @notice State of the round machine. Rounds count from 1.
enum Phase {
    /// Clients register.
    Registering,
    /// Round `currentRound` is being trained; it may be funded and asserted.
    Open,
    /// The shares of `currentRound` are anchored; after the challenge window anyone finalizes.
    Asserted,
    /// The anchored shares are in dispute; the resolver decides, or after its time anyone voids the round.
    Disputed,
    /// All rounds are settled or the federation ended early.
    Closed
}

/// @notice One registered client.
struct Client {
    address controller;
    address token;
    bytes32 peerKey;
    string name;
}

/// @notice An assertion and its dispute. All zero between assertions.
struct Assertion {
    /// keccak256(abi.encode(chainid, scenario, round, shares)).
    bytes32 sharesHash;
    /// Staked by the federator, in currency wei.
    uint96 bond;
    /// Who disputes; zero when nobody does.
    address disputer;
    uint96 disputeBond;
    /// Unix seconds from which the resolver may decide.
    uint40 resolvableAt;
    /// Assertions of this round that were struck down before; with the round it names the assertion.
    uint8 attempt;
}

/// @notice Where the currency is, in wei. To the wei, at any time:
/// deposited = claimed + returned + pots + streaming + unclaimed + carriedDust. Bonds are held beside it.
struct Ledger {
    uint256 deposited;
    /// Paid to holders, and to the pool for its LPs.
    uint256 claimed;
    /// Given back by close.
    uint256 returned;
    /// Escrowed for rounds that are not settled, with what earlier rounds carried over.
    uint256 pots;
    /// Still to be streamed to holders.
    uint256 streaming;
    /// Earned by all holders together, the pool included, and not paid. It exceeds the sum of `owed` and `poolOwed` by less than one
    /// wei per holder and token: fractions of a wei that the holder gets once they make a whole one.
    uint256 unclaimed;
    /// Fractions of rates that are not enough to be carried to a pot, and the fractions of the two above: 0 to 2 wei.
    uint256 carriedDust;
    /// Staked or to be withdrawn by those who staked: not a part of `deposited`.
    uint256 bonds;
}

/// @title Scenario
/// @notice One federation: registration, client tokens, reward escrow, rounds, and the stream ledger that pays holders.
/// Holders' claims, and the pool's share for LPs, follow CONTRACTS.md 2.4: per-token streamed accumulators, and two
/// aggregate numbers for everything the pool holds.
interface IScenario {
    event Allowed(address indexed account, bool allowed);
    event IssuanceSet(address indexed account, uint8 weight);
    event EndpointSet(string endpoint);
    /// `binding` is the ed25519 signature of the peer key over the account (see docs/PROTOCOL.md); peers check it, the EVM cannot.
    event Registered(
        uint16 indexed index, address indexed controller, address token, bytes32 peerKey, string name, bytes binding
    );
    event RegistrationClosed(uint16 clients);
    event MarketOpened(address indexed provider, uint256 currencyAmount, uint256 lpShares);
    event RoundFunded(uint32 indexed round, address indexed funder, uint256 amount);
    event RoundAsserted(
        uint32 indexed round, bytes32 sharesHash, bytes32 evidenceRoot, bytes32 modelDigest, uint64 finalizableAt, uint256 bond
    );
    /// `evidence` is a digest of what the disputer computed; nothing is final before `resolvableAt` (Unix seconds).
    event RoundDisputed(uint32 indexed round, address indexed disputer, uint256 bond, bytes32 evidence, uint64 resolvableAt);
    /// One side of a dispute points at more evidence.
    event EvidenceGiven(uint32 indexed round, address indexed party, bytes32 evidence);
    /// `upheld`: the assertion stands. `award` of the loser's bond is the winner's, `toPot` of it joins the round's pot and counts as
    /// deposited.
    event DisputeResolved(uint32 indexed round, bool upheld, address indexed winner, uint256 award, uint256 toPot);
    /// `amount` is what `account` may withdraw, or stake again, beyond what it could before.
    event BondCredited(address indexed account, uint256 amount);
    /// `amount` of the credit became a stake again.
    event BondStaked(address indexed account, uint256 amount);
    event BondWithdrawn(address indexed account, uint256 amount);
    /// Streams of the clients from index `from` on. Rates are per second and token wei, scaled by 2^64, from `start` for
    /// `streamWindow` seconds. `start` is 0 in a page that does not finish the round: those streams start with the last page.
    event StreamsUpdated(uint32 indexed round, uint16 from, uint256[] rewards, uint256[] rates, uint64 start);
    event RoundFinalized(uint32 indexed round, uint256 pot, uint256 carried);
    event RoundVoided(uint32 indexed round, uint256 carried);
    event Claimed(uint16 indexed index, address indexed holder, address to, uint256 amount);
    event PoolClaimed(uint256 amount);
    event ReceiverSet(address indexed holder, address receiver);
    event Closed(uint256 returned);
    /// Until `until` (Unix seconds); the time of the block when the guardian ends a pause early.
    event Paused(uint64 until);

    // --- registration
    /// @notice Federator only: who may register when registration is not open.
    function setAllowed(address[] calldata accounts, bool allowed) external;
    /// @notice Federator only, before they register: how many times `clientSupply` these accounts get, 1 to maxIssuance.
    function setIssuance(address[] calldata accounts, uint8 weight) external;
    /// @notice Federator only: where the aggregator listens.
    function setEndpoint(string calldata endpoint) external;
    /// @notice Registers msg.sender as the controller of a new client and gives it its token. While a round is open only accounts that
    /// the federator allowed may, and they take part from the next round on.
    /// @param name [a-z0-9-]{1,40}, unique in the Scenario. @param peerKey ed25519 public key, unique.
    /// @param binding 64-byte ed25519 signature binding the peer key to msg.sender.
    function register(string calldata name, bytes32 peerKey, bytes calldata binding)
        external
        returns (uint16 index, address token);
    /// @notice Federator with at least minClients, or anyone after the deadline (with fewer than minClients it closes the Scenario).
    function closeRegistration() external;
    /// @notice Anyone may bring exactly `seedCurrency` after registration closed and so open the pool. LP shares are split by the
    /// pool's weights: the currency's part to msg.sender, each client's part to its controller.
    function openMarket() external returns (uint256 lpShares);
    /// @notice Federator only, while a round is open: brings the next client that registered late into the open pool, with the tokens that
    /// wait for it and the opening's weight per issuance. All other weights shrink by the same factor; no LP shares are minted.
    /// The client takes part in the round, and `challengeWindow` has passed since the round's start: LPs had that long to leave.
    function listClient() external returns (uint16 index);
    /// @notice Federator only, while no round is being settled: the pool sells no more of this client's tokens. It still takes them,
    /// and leaving in proportion goes on as before. Cannot be undone.
    function delistClient(uint16 index) external;

    // --- pause
    /// @notice Guardian only: no swaps, joins, single-token exits, registrations, funding and assertions for PAUSE seconds. Claims,
    /// proportional exits, disputes, finalizing and voiding go on. The next pause can begin PAUSE_REST seconds after the end of this one.
    function pause() external;
    /// @notice Guardian only: ends the pause.
    function unpause() external;

    // --- rounds
    /// @notice Adds to the pot of `round` (the current one while Open, or a later one). Anyone may fund.
    function fundRound(uint32 round, uint128 amount) external;
    /// @notice Federator only. `sharesHash` = keccak256(abi.encode(chainid, scenario, round, shares)); one share per client that was
    /// registered when the round began. Stakes `assertionBond()`: first from the caller's credit, the rest is pulled. The round must hold
    /// its scheduled pot.
    function assertRound(uint32 round, bytes32 sharesHash, bytes32 evidenceRoot, bytes32 modelDigest) external;
    /// @notice Anyone, after the challenge window: passes the anchored vector, one share per client in index order.
    /// May be continued in several calls; `maxClients` bounds one call. Returns the next client to do, 0 when the round is done.
    /// An all-zero vector voids the round.
    function finalize(uint32 round, uint32[] calldata shares, uint16 maxClients) external returns (uint16 cursor);
    /// @notice The federator at any time while Open, anyone after roundTimeout: the pot is carried to the next round. An asserted
    /// round that nobody can finalize is voided by anyone, roundTimeout after its challenge window; a disputed one that nobody decides,
    /// roundTimeout after `resolvableAt`. Bonds go back to those who staked them. While the guardian's last pause lasts, the timeout of an
    /// open round does not run; it gains PAUSE seconds at most.
    function voidRound(uint32 round) external;
    /// @notice Returns what is unspent to the federator once all rounds are settled (pays no holder less).
    function close() external;

    // --- disputes
    /// @notice Anyone, within the challenge window, once per assertion: freezes this round until the resolver decides. Stakes
    /// `disputeBond()` like assertRound does. @param evidence digest of what the caller computed.
    function dispute(uint32 round, bytes32 evidence) external;
    /// @notice Either side of the dispute.
    function giveEvidence(uint32 round, bytes32 evidence) external;
    /// @notice Resolver only, from `resolvableAt` on. The loser's bond goes half to the winner and half to the round's pot. Upheld, the
    /// round can be finalized at once; struck down, it is open again and the next assertion costs twice the bond.
    function resolve(uint32 round, bool upheld) external;
    /// @notice Pays the caller what of its bonds is free.
    function withdrawBond() external returns (uint256 amount);

    // --- claims
    /// @notice Currency in wei that `holder` has earned with tokens of `index` and not claimed. For the pool: its part of poolOwed,
    /// ever, drawn or not. For the Scenario itself (tokens that wait for the market): owed to the client's controller.
    function owed(uint16 index, address holder) external view returns (uint256);
    /// @notice Pays what `holder` is owed for the tokens of `indexes` to it, or to its receiver. Anyone may call.
    function claim(uint16[] calldata indexes, address holder) external returns (uint256 paid);
    function setReceiver(address receiver) external;
    /// @notice Account that is paid when `holder` claims.
    function receiverOf(address holder) external view returns (address);
    /// @notice Own tokens only, before balances move: books what the pool gains or gives and returns the accumulator at which the
    /// token corrects both accounts. Only the pool, or the Scenario, sends tokens to the pool.
    function onTokenMove(address operator, address from, uint256 amount, address to, uint16 index) external returns (uint256 acc);
    /// @notice What the pool's holdings have earned and the pool has not drawn.
    function poolOwed() external view returns (uint256);
    /// @notice Pool only: draws poolOwed to the pool for its LPs.
    function drawPool() external returns (uint256 amount);

    // --- views
    function params() external view returns (ScenarioParams memory);
    function orchestrator() external view returns (address);
    function federator() external view returns (address);
    function pool() external view returns (address);
    function manifestDigest() external view returns (bytes32);
    function endpoint() external view returns (string memory);
    function phase() external view returns (Phase);
    function currentRound() external view returns (uint32);
    function roundStartedAt() external view returns (uint64);
    function finalizableAt() external view returns (uint64);
    function isAllowed(address account) external view returns (bool);
    function clientCount() external view returns (uint16);
    /// @notice Clients that take part in the current round: the length of its vector of shares.
    function activeClients() external view returns (uint16);
    function clientAt(uint16 index) external view returns (Client memory);
    /// @notice What a round must hold before it can be asserted; 0 when pots are free.
    function scheduledPot(uint32 round) external view returns (uint256);
    function assertion() external view returns (Assertion memory);
    /// @notice What the next assertion, or the dispute of the present one, costs in bonds.
    function assertionBond() external view returns (uint256);
    function disputeBond() external view returns (uint256);
    /// @notice What `account` may withdraw or stake again.
    function bondCredit(address account) external view returns (uint256);
    /// @notice Unix seconds until which the market and new rounds are paused; in the past when they are not.
    function pausedUntil() external view returns (uint64);
    /// @notice Pot of a round that is not settled yet (the carried remainder belongs to the current round).
    function potOf(uint32 round) external view returns (uint256);
    /// @notice Currency in wei: everything ever deposited, everything paid out to holders and LPs, and returned by close.
    function totals() external view returns (uint256 deposited, uint256 claimed, uint256 returned);
    /// @notice Where all currency is, in wei; see Ledger.
    function ledger() external view returns (Ledger memory);
    /// @notice Unix seconds when the running stream ends; 0 before the first one and while a round is being settled in pages.
    function streamEndsAt() external view returns (uint64);
}
