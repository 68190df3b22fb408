// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Phase} from "../interfaces/IScenario.sol";

/// @notice Every error of the family; a caller that holds one ABI decodes them all.
library ErrorsLib {
    // --- callers
    /// @notice The caller does not own this contract.
    error NotOwner(address caller);
    /// @notice The caller is not the federator of the Scenario.
    error NotFederator(address caller);
    /// @notice The caller is not the Orchestrator that created this contract.
    error NotOrchestrator(address caller);
    /// @notice The caller is not the Scenario of this contract.
    error NotScenario(address caller);
    /// @notice The caller is not the pool of this Scenario.
    error NotPool(address caller);
    /// @notice The caller is not the token of client `index`.
    error NotClientToken(address caller, uint16 index);
    /// @notice The caller is not the guardian of the Scenario.
    error NotGuardian(address caller);
    /// @notice The caller does not decide this Scenario's disputes.
    error NotResolver(address caller);
    /// @notice The caller is neither the federator nor the disputer.
    error NotParty(address caller);
    /// @notice The implementation behind the clones answers to nobody.
    error NotAClone();
    /// @notice The contract was initialized before.
    error AlreadyInitialized();
    /// @notice The Scenario, its pool or one of its tokens is in the middle of another call.
    error Locked();

    /// @notice The guardian paused this until `until` (Unix seconds).
    error Paused(uint64 until);
    /// @notice There is no pause to end.
    error NotPaused();
    /// @notice After a pause comes a rest: the next one can begin at `from` (Unix seconds).
    error PauseResting(uint64 from);

    // --- creation
    /// @notice A parameter of the Scenario lies outside what CONTRACTS.md and IScenario allow.
    error InvalidParam(string field);
    /// @notice The manifest is empty or longer than `max` bytes.
    error ManifestSize(uint256 size, uint256 max);
    /// @notice The endpoint is longer than `max` bytes.
    error EndpointTooLong(uint256 size, uint256 max);
    /// @notice No Scenario has this id.
    error UnknownScenario(uint256 id);

    // --- registration
    /// @notice The federator did not allow this account to register.
    error NotAllowed(address account);
    /// @notice Nobody registers after `deadline` (Unix seconds).
    error RegistrationOver(uint64 deadline);
    /// @notice The Scenario has all the clients it may have.
    error RegistrationFull(uint16 maxClients);
    /// @notice Before the deadline only the federator closes registration.
    error RegistrationRunning(uint64 deadline);
    /// @notice Too few clients to start.
    error TooFewClients(uint16 clients, uint16 minClients);
    /// @notice A name has 1 to 40 characters of a-z, 0-9 and "-".
    error NameInvalid(string name);
    /// @notice Another client has this name.
    error NameTaken(string name);
    /// @notice This account controls a client already.
    error AlreadyRegistered(address controller);
    /// @notice A peer key is not zero.
    error PeerKeyInvalid();
    /// @notice Another client, or the federator, has this peer key.
    error PeerKeyTaken(bytes32 peerKey);
    /// @notice A binding is an ed25519 signature: 64 bytes.
    error BindingLength(uint256 length);
    /// @notice An issuance weight is 1 to `max`.
    error IssuanceOutOfRange(uint256 weight, uint256 max);
    /// @notice No client has this index.
    error UnknownClient(uint16 index);

    // --- rounds
    /// @notice The round machine is in another phase.
    error WrongPhase(Phase phase);
    /// @notice The round machine is at another round.
    error WrongRound(uint32 given, uint32 current);
    /// @notice Nothing to move.
    error AmountZero();
    /// @notice With this deposit the Scenario would have taken more than it can account for.
    error DepositAboveLimit(uint256 total, uint256 max);
    /// @notice The currency delivered less than it was asked for.
    error UnderReceived(uint256 expected, uint256 received);
    /// @notice A shares hash is not zero.
    error SharesHashInvalid();
    /// @notice The challenge window ends at `until` (Unix seconds): that of a result, or for a listing the one since the round's start.
    error ChallengeWindowRunning(uint64 until);
    /// @notice One share per client.
    error SharesLength(uint256 length, uint256 clients);
    /// @notice The shares are not those that were anchored.
    error SharesMismatch(bytes32 given, bytes32 anchored);
    /// @notice A page of at least one client.
    error PageEmpty();
    /// @notice The round is being settled: it can only be finalized.
    error SettlementRunning(uint32 round);
    /// @notice Until `until` (Unix seconds) only the federator voids an open round, and nobody an asserted one.
    error RoundNotTimedOut(uint256 until);
    /// @notice Nothing is unspent.
    error NothingToReturn();

    /// @notice The round holds less than its schedule says.
    error PotBelowSchedule(uint256 pot, uint256 scheduled);

    // --- disputes
    /// @notice This Scenario has no bonds and no resolver.
    error NoDisputes();
    /// @notice Assertions are disputed before `until` (Unix seconds).
    error DisputeTooLate(uint64 until);
    /// @notice Both sides have until `until` (Unix seconds) to give evidence.
    error EvidenceWindowRunning(uint64 until);
    /// @notice The caller has no free bond here.
    error NoBondCredit(address account);
    /// @notice An attester set has 1 to `max` members, each once and none zero, and a threshold of more than half of them.
    error AttestersInvalid(uint256 attesters, uint256 threshold, uint256 max);
    /// @notice This account is no attester.
    error UnknownAttester(address account);
    /// @notice Signers come in rising order, each once.
    error SignersUnsorted(address signer);
    /// @notice Fewer verdicts than it takes.
    error TooFewVerdicts(uint256 verdicts, uint256 threshold);
    /// @notice This is not the signer's signature of the verdict.
    error SignatureInvalid(address signer);
    /// @notice The Scenario has no open dispute of this round.
    error NotInDispute(uint32 round);

    // --- wrapped currency
    /// @notice The wrapped asset has `decimals` decimals; fewer than 18 are needed.
    error DecimalsInvalid(uint256 decimals);
    /// @notice Only multiples of `unit` wei can be unwrapped.
    error NotAMultiple(uint256 amount, uint256 unit);

    // --- claims
    /// @notice The pool draws for its LPs; nobody claims for it token by token.
    error PoolNotClaimable();
    /// @notice Tokens and shares do not go to this address.
    error InvalidRecipient(address to);

    // --- market
    /// @notice This Scenario has no pool.
    error NoMarket();
    /// @notice The pool was opened before.
    error MarketOpen();
    /// @notice The pool was not opened yet.
    error MarketNotOpen();
    /// @notice The pool does not hold this token.
    error UnknownToken(address token);
    /// @notice The token of every client that takes part in the round is in the pool.
    error NothingToList();
    /// @notice The pool sells no more of this token.
    error TokenDelisted(address token);
    /// @notice With the new token this one's weight would leave its bounds.
    error WeightOutOfRange(address token, uint256 weight);
    /// @notice A token is not swapped for itself.
    error SameToken(address token);
    /// @notice The transaction was mined after its deadline (Unix seconds).
    error DeadlinePassed(uint256 deadline);
    /// @notice Trades below `min` wei are refused: rounding would be too large a part of them.
    error AmountTooSmall(uint256 amount, uint256 min);
    /// @notice One swap moves at most 30 % of a balance.
    error AmountAboveLimit(uint256 amount, uint256 max);
    /// @notice The pool does not trade a token below its floor.
    error BalanceBelowFloor(address token, uint256 balance, uint256 floor);
    /// @notice Less comes out than the caller accepts.
    error OutBelowMin(uint256 out, uint256 min);
    /// @notice More goes in than the caller accepts.
    error InAboveMax(uint256 amount, uint256 max);
    /// @notice One limit per token of the pool.
    error LengthMismatch(uint256 length, uint256 expected);

    // --- leadership
    /// @notice Another aggregator leads in `term`, until `until` (Unix seconds).
    error LeaseHeld(uint64 term, uint64 until);
    /// @notice The caller's term is over: `current` is the present one.
    error LeaseLost(uint64 term, uint64 current);
    /// @notice A lease is for `min` to `max` seconds.
    error LeaseDuration(uint32 duration, uint32 min, uint32 max);
    /// @notice Nobody is not a holder.
    error LeaseHolderZero();
}
