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
export { activateDelegation } from './actions/network/activate-delegation.ts'
export { activateRewardRoot } from './actions/network/activate-reward-root.ts'
export { advanceAlliance } from './actions/network/advance-alliance.ts'
export { awardBounty } from './actions/network/award-bounty.ts'
export { bondBeacon } from './actions/network/bond-beacon.ts'
export { cancelDelegation } from './actions/network/cancel-delegation.ts'
export { cancelProposal } from './actions/network/cancel-proposal.ts'
export { castVote, VOTES } from './actions/network/cast-vote.ts'
export { challengeRewardRoot } from './actions/network/challenge-reward-root.ts'
export { claimAlliance } from './actions/network/claim-alliance.ts'
export { claimArena } from './actions/network/claim-arena.ts'
export { claimLocked } from './actions/network/claim-locked.ts'
export { claimMerkleReward } from './actions/network/claim-merkle-reward.ts'
export { claimStake } from './actions/network/claim-stake.ts'
export { closeTask } from './actions/network/close-task.ts'
export { collectAllianceEmission } from './actions/network/collect-alliance-emission.ts'
export { collectEmission } from './actions/network/collect-emission.ts'
export { collectTaskEmission } from './actions/network/collect-task-emission.ts'
export { commitAllianceVote } from './actions/network/commit-alliance-vote.ts'
export { commitFallback } from './actions/network/commit-fallback.ts'
export { commitScores } from './actions/network/commit-scores.ts'
export { contributeAlliance } from './actions/network/contribute-alliance.ts'
export { countRound } from './actions/network/count-round.ts'
export { type AllianceTerms, createAlliance } from './actions/network/create-alliance.ts'
export { createTask, type TaskTerms } from './actions/network/create-task.ts'
export { delegate, type NewDelegation } from './actions/network/delegate.ts'
export { delegateVotes } from './actions/network/delegate-votes.ts'
export {
  deployNetwork,
  type NetworkContracts,
  type NetworkTerms,
} from './actions/network/deploy-network.ts'
export { depositBalance } from './actions/network/deposit-balance.ts'
export { distributeEmission, type TaskShare } from './actions/network/distribute-emission.ts'
export { drawRound } from './actions/network/draw-round.ts'
export { emitDays } from './actions/network/emit-days.ts'
export { endScamVote } from './actions/network/end-scam-vote.ts'
export { executeProposal } from './actions/network/execute-proposal.ts'
export { freezeRound } from './actions/network/freeze-round.ts'
export { fundAlliance } from './actions/network/fund-alliance.ts'
export { fundRewards } from './actions/network/fund-rewards.ts'
export { fundScenario } from './actions/network/fund-scenario.ts'
export { fundTask } from './actions/network/fund-task.ts'
export { joinAlliance } from './actions/network/join-alliance.ts'
export { joinTask } from './actions/network/join-task.ts'
export { listModel, type NewListing } from './actions/network/list-model.ts'
export { listTaskCall } from './actions/network/list-task-call.ts'
export { lockStake } from './actions/network/lock-stake.ts'
export { type NewGift, offerGift } from './actions/network/offer-gift.ts'
export { type NewBounty, openBounty } from './actions/network/open-bounty.ts'
export { propose } from './actions/network/propose.ts'
export { proposeForBounty } from './actions/network/propose-for-bounty.ts'
export { proveBeacon } from './actions/network/prove-beacon.ts'
export { punishValidator } from './actions/network/punish-validator.ts'
export { queueProposal } from './actions/network/queue-proposal.ts'
export { rateModel } from './actions/network/rate-model.ts'
export { reclaimFallback } from './actions/network/reclaim-fallback.ts'
export { redeemLock } from './actions/network/redeem-lock.ts'
export { redeemVoucher } from './actions/network/redeem-voucher.ts'
export { refundAlliance } from './actions/network/refund-alliance.ts'
export { refundBounty } from './actions/network/refund-bounty.ts'
export { releaseMember } from './actions/network/release-member.ts'
export { requestWithdraw } from './actions/network/request-withdraw.ts'
export { resignAlliance } from './actions/network/resign-alliance.ts'
export { returnPot } from './actions/network/return-pot.ts'
export { returnProposalStake } from './actions/network/return-proposal-stake.ts'
export { revealAllianceVote } from './actions/network/reveal-alliance-vote.ts'
export { revealFallback } from './actions/network/reveal-fallback.ts'
export { revealScores } from './actions/network/reveal-scores.ts'
export { revokeRewardRoot } from './actions/network/revoke-reward-root.ts'
export { rewardProposal } from './actions/network/reward-proposal.ts'
export type { NetworkCall } from './actions/network/send-call.ts'
export { setCommission } from './actions/network/set-commission.ts'
export { setListing } from './actions/network/set-listing.ts'
export { settleFallback } from './actions/network/settle-fallback.ts'
export { shareRevenue } from './actions/network/share-revenue.ts'
export { type NewStake, stake } from './actions/network/stake.ts'
export { submitModel } from './actions/network/submit-model.ts'
export { submitRewardRoot } from './actions/network/submit-reward-root.ts'
export { sweepStake } from './actions/network/sweep-stake.ts'
export { takeGift } from './actions/network/take-gift.ts'
export { unbondBeacon } from './actions/network/unbond-beacon.ts'
export { undelegate } from './actions/network/undelegate.ts'
export { unstake } from './actions/network/unstake.ts'
export { voidTaskRound } from './actions/network/void-task-round.ts'
export { withdrawBalance } from './actions/network/withdraw-balance.ts'
export { withdrawCredit } from './actions/network/withdraw-credit.ts'
export { type StakeIn, withdrawStake } from './actions/network/withdraw-stake.ts'
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
export {
  ALLIANCE_PHASES,
  ALLIANCE_VERDICTS,
  type AlliancePhase,
  type AllianceVerdict,
} from './alliance-phase.ts'
export { type AllianceBallot, allianceCommitment } from './alliance-vote.ts'
export { formatAmount, ONE_TOKEN, parseAmount, scaleShare } from './amounts.ts'
export { type Anvil, type AnvilOptions, startAnvil } from './anvil.ts'
export { anvilPath } from './anvil-path.ts'
export { ask } from './ask.ts'
export type { BeaconPoint, GroupSigner, Proof } from './beacon/beacon-types.ts'
export {
  createBls12381Signer,
  randomBls12381Key,
  readBls12381Key,
  readBls12381Signature,
  verifiesBls12381,
} from './beacon/bls12381-beacon.ts'
export { createBn254Signer, readBn254Signature } from './beacon/bn254-beacon.ts'
export { ChainError, type ChainErrorDetails } from './chain-error.ts'
export { type ClaimLine, type ClaimPlace, type ClaimTree, claimTree } from './claim-tree.ts'
export { connectAccount, connectChain } from './connect.ts'
export { connectRpcSigner, type RpcSignerOptions } from './connect-rpc-signer.ts'
export { isDevAccount, LOCAL_CHAIN_ID } from './dev-accounts.ts'
export { type Approval, type DryRun, type DryTransaction, dryRun } from './dry-run.ts'
export { callsThatChange } from './governed/calls-that-change.ts'
export { type DescribedCall, describeCall } from './governed/describe-call.ts'
export { encodeCall } from './governed/encode-call.ts'
export type {
  GovernedParameter,
  ParameterChange,
  ParameterUnit,
} from './governed/governed-parameter.ts'
export { readGovernedParameters } from './governed/read-governed-parameters.ts'
export { tryCalls } from './governed/try-calls.ts'
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
export { type Docket, type Judgement, judgeRound, seatCounts } from './model/network/alliance.ts'
export { type AssignmentDraw, drawAssignments } from './model/network/assignment.ts'
export {
  consensusScore,
  type WeightedScore,
} from './model/network/score-voting.ts'
export { type DrawTerms, drawByWeight, drawSeed } from './model/network/sortition.ts'
export { type Schedule, scheduledPot } from './model/schedule.ts'
export type { ConnectOptions } from './open-chain.ts'
export { createPacedLook } from './paced-look.ts'
export { amountsForShares, amountsOfShares } from './pool-shares.ts'
export { type Proposal, proposalId } from './proposal.ts'
export { type Provider, providerSigner, signProvider } from './provider.ts'
export { readBlockTime, readChainTime } from './reads/block.ts'
export { compareAssertions } from './reads/compare-nodes.ts'
export type { Moment } from './reads/moments.ts'
export { type AllianceState, readAlliance } from './reads/network/read-alliance.ts'
export { readAllianceCount } from './reads/network/read-alliance-count.ts'
export { type AllianceEntry, readAllianceLedger } from './reads/network/read-alliance-ledger.ts'
export { readAllianceMoney } from './reads/network/read-alliance-money.ts'
export { type AlliancePeer, readAlliancePeers } from './reads/network/read-alliance-peers.ts'
export { type AllianceRound, readAllianceRound } from './reads/network/read-alliance-round.ts'
export { readAllianceStrikes } from './reads/network/read-alliance-strikes.ts'
export { type BeaconRound, readBeaconRound } from './reads/network/read-beacon-round.ts'
export { readBeaconRoundAt } from './reads/network/read-beacon-round-at.ts'
export { type BountyView, readBounties } from './reads/network/read-bounties.ts'
export {
  type BuyerBalance,
  readBuyer,
  readMarketEpoch,
  readRedemption,
} from './reads/network/read-buyer.ts'
export { readCredit } from './reads/network/read-credit.ts'
export { type DelegationState, readDelegation } from './reads/network/read-delegation.ts'
export { type Delegator, readDelegators } from './reads/network/read-delegators.ts'
export { readEarned } from './reads/network/read-earned.ts'
export { type EmissionState, readEmission } from './reads/network/read-emission.ts'
export { type Gift, readGiftCount, readGifts, readGiftTaken } from './reads/network/read-gifts.ts'
export { type ModelListing, readListing, readListings } from './reads/network/read-listing.ts'
export { readLock, type StakeLock } from './reads/network/read-lock.ts'
export { type Network, readNetwork } from './reads/network/read-network.ts'
export { readNextRound } from './reads/network/read-next-round.ts'
export { type PositionState, readPosition, type StakePool } from './reads/network/read-position.ts'
export { readPositionsOf } from './reads/network/read-positions-of.ts'
export { PROPOSAL_STATES, type ProposalView, readProposal } from './reads/network/read-proposal.ts'
export { type MadeProposal, readProposals } from './reads/network/read-proposals.ts'
export { type ArenaPurse, readPurse } from './reads/network/read-purse.ts'
export { type RewardRoot, readRewardRoots } from './reads/network/read-reward-roots.ts'
export {
  type Rewards,
  readNextEpoch,
  readRewardPaid,
  readRewards,
} from './reads/network/read-rewards.ts'
export { readSeat, type TaskSeat } from './reads/network/read-seat.ts'
export { readSlashes, type Slash } from './reads/network/read-slashes.ts'
export {
  readStakeParameters,
  type StakeParameter,
  type StakeParameterName,
} from './reads/network/read-stake-parameters.ts'
export { readTask, TASK_PHASES, type Task } from './reads/network/read-task.ts'
export { readTaskCount } from './reads/network/read-task-count.ts'
export { readTaskEmission, type TaskEmissionState } from './reads/network/read-task-emission.ts'
export { readTaskMember, type TaskMember } from './reads/network/read-task-member.ts'
export { readTaskPeers, type TaskPeer } from './reads/network/read-task-peers.ts'
export { readTaskRounds, type TaskRound } from './reads/network/read-task-rounds.ts'
export { readThaws, type Thaw } from './reads/network/read-thaws.ts'
export { readVotes, type Votes } from './reads/network/read-votes.ts'
export { readVoucherWorth } from './reads/network/read-voucher-worth.ts'
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
export { readTokenTerms, type TokenTerms } from './reads/read-token-terms.ts'
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
export { NO_SCORE, type ScoreCommitment, scoreCommitment } from './score-commitment.ts'
export { sharesHash } from './shares.ts'
export { maxInOf, minOutOf } from './slippage.ts'
export {
  positionKey,
  roleFrom,
  type StakeAsset,
  type StakePosition,
  type StakeRole,
  taskIdOf,
} from './stake-position.ts'
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
export { signVoucher, type Voucher, type VoucherPlace, voucherDigest } from './voucher.ts'
export { voucherSigner } from './voucher-signer.ts'
