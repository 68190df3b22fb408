export { acquireLease, type LeaseRequest } from './actions/acquire-lease.ts'
export { advanceTime } from './actions/advance-time.ts'
export { assertRound, type RoundAssertion } from './actions/assert-round.ts'
export { claim, type RewardClaim } from './actions/claim.ts'
export { claimLp } from './actions/claim-lp.ts'
export { closeRegistration } from './actions/close-registration.ts'
export { closeScenario } from './actions/close-scenario.ts'
export { createScenario, type NewScenario } from './actions/create-scenario.ts'
export { delistClient } from './actions/delist-client.ts'
export { type AttesterSet, deployAttesterResolver } from './actions/deploy-attester-resolver.ts'
export { deployLease } from './actions/deploy-lease.ts'
export { deployLocalCurrency } from './actions/deploy-local-currency.ts'
export { deployOrchestrator } from './actions/deploy-orchestrator.ts'
export { deployWrappedCurrency } from './actions/deploy-wrapped-currency.ts'
export { dispute, type Evidence } from './actions/dispute.ts'
export { exitProportional, type ProportionalExit } from './actions/exit-proportional.ts'
export { exitSingle, type SingleExit } from './actions/exit-single.ts'
export {
  type FinalizedRound,
  finalizeRound,
  type RoundFinalization,
} from './actions/finalize-round.ts'
export { fundRound } from './actions/fund-round.ts'
export { giveEvidence } from './actions/give-evidence.ts'
export { joinProportional, type ProportionalJoin } from './actions/join-proportional.ts'
export { joinSingle, type SingleJoin } from './actions/join-single.ts'
export { listClient } from './actions/list-client.ts'
export { mintLocalCurrency } from './actions/mint-local-currency.ts'
export { openMarket } from './actions/open-market.ts'
export { pause } from './actions/pause.ts'
export { type Registration, register } from './actions/register.ts'
export { releaseLease } from './actions/release-lease.ts'
export { renewLease } from './actions/renew-lease.ts'
export { setAllowed } from './actions/set-allowed.ts'
export { setBalance } from './actions/set-balance.ts'
export { setEndpoint } from './actions/set-endpoint.ts'
export { type Issuance, setIssuance } from './actions/set-issuance.ts'
export { setReceiver } from './actions/set-receiver.ts'
export { settleDispute, type Verdict } from './actions/settle-dispute.ts'
export { type SignedDecision, signVerdict } from './actions/sign-verdict.ts'
export { type SwapExactIn, swapExactIn } from './actions/swap-exact-in.ts'
export { type SwapExactOut, swapExactOut } from './actions/swap-exact-out.ts'
export { transferToken } from './actions/transfer-token.ts'
export { unpause } from './actions/unpause.ts'
export { unwrap } from './actions/unwrap.ts'
export { voidRound } from './actions/void-round.ts'
export { withdrawBond } from './actions/withdraw-bond.ts'
export { wrap } from './actions/wrap.ts'
export { parseAddress } from './address.ts'
export { formatAmount, ONE_TOKEN, parseAmount, scaleShare } from './amounts.ts'
export { type Anvil, type AnvilOptions, startAnvil } from './anvil.ts'
export { anvilPath } from './anvil-path.ts'
export { ask } from './ask.ts'
export { ChainError, type ChainErrorDetails } from './chain-error.ts'
export { connectAccount, connectChain } from './connect.ts'
export { connectRpcSigner, type RpcSignerOptions } from './connect-rpc-signer.ts'
export { isDevAccount, LOCAL_CHAIN_ID } from './dev-accounts.ts'
export { type Approval, type DryRun, type DryTransaction, dryRun } from './dry-run.ts'
export { createIndexer, type Indexer, type IndexerOptions } from './indexer/create-indexer.ts'
export type { SyncReport } from './indexer/create-sync.ts'
export type { IndexedBlock } from './indexer/event-store.ts'
export { IndexError, type IndexErrorCode } from './indexer/index-error.ts'
export type { IndexedLedger } from './indexer/ledger-at.ts'
export type { MarketTerms } from './indexer/market-terms.ts'
export type { IndexedClient, IndexedReserve, MarketView } from './indexer/market-view.ts'
export type { PriceEventKind } from './indexer/price-events.ts'
export type { TokenPrice } from './indexer/token-prices.ts'
export type { ViewTime } from './indexer/view-at.ts'
export { type Schedule, scheduledPot } from './model/schedule.ts'
export type { ConnectOptions } from './open-chain.ts'
export { amountsForShares, amountsOfShares } from './pool-shares.ts'
export { readBlockTime } from './reads/block.ts'
export { compareAssertions } from './reads/compare-nodes.ts'
export type { Moment } from './reads/moments.ts'
export type { PricePoint } from './reads/price-history.ts'
export type { LiquidityQuote, SwapPair, SwapQuote } from './reads/quote.ts'
export { quoteExactIn } from './reads/quote-exact-in.ts'
export { quoteExactOut } from './reads/quote-exact-out.ts'
export { quoteExitSingle } from './reads/quote-exit-single.ts'
export { quoteJoinSingle } from './reads/quote-join-single.ts'
export { readActivations } from './reads/read-activations.ts'
export { readAllowed } from './reads/read-allowed.ts'
export { type AnchoredRound, readAssertion } from './reads/read-assertion.ts'
export { readAssertions } from './reads/read-assertions.ts'
export { readAttesters } from './reads/read-attesters.ts'
export { type Books, readBooks } from './reads/read-books.ts'
export { type BlockRef, readBlockHash, readHead } from './reads/read-head.ts'
export {
  type AssertedEvent,
  type ClaimEvent,
  type FundedEvent,
  type History,
  type RewardEvent,
  readHistory,
  type SettledEvent,
  type SwapEvent,
} from './reads/read-history.ts'
export { type Lease, readLease } from './reads/read-lease.ts'
export { readManifestBytes } from './reads/read-manifest-bytes.ts'
export { type PoolState, type PoolToken, readPool } from './reads/read-pool.ts'
export { type Portfolio, readPortfolio, type TokenHolding } from './reads/read-portfolio.ts'
export { readPot } from './reads/read-pot.ts'
export { type RegisteredClient, readRegistrations } from './reads/read-registrations.ts'
export { readScenario } from './reads/read-scenario.ts'
export { checkScenario, type ScenarioIdentity } from './reads/scenario-identity.ts'
export {
  createRegistry,
  type IgnoredClient,
  type Member,
  type Registry,
  type RegistryOptions,
} from './registry.ts'
export type { Decision, Resolution } from './resolution.ts'
export { commitmentOf, RANDOMNESS_BYTES, roundSeed } from './round-randomness.ts'
export { parseRpcUrl, shownRpcUrl } from './rpc-url.ts'
export { sharesHash } from './shares.ts'
export { maxInOf, minOutOf } from './slippage.ts'
export type {
  ChainAccount,
  ChainReader,
  Mined,
  RoundShares,
  ScenarioAssertion,
  ScenarioClient,
  ScenarioParams,
  ScenarioPhase,
  ScenarioState,
  SwapResult,
  TransactionCall,
  Turns,
  Wallet,
} from './types.ts'
