import { ONE_TOKEN, parseAmount, type ScenarioParams, scaleShare } from '@fednode/contracts'
import type { ChainManifest, RewardTerms } from '@fednode/protocol'
import { type Address, getAddress, zeroAddress } from 'viem'

/** Rounds may be late on chain: training goes on while the RPC is down. After this many seconds anyone may void a round. */
const SETTLE_GRACE_SECONDS = 86_400

/** Parameters that follow from the manifest alone. */
export type ManifestTerms = Omit<
  ScenarioParams,
  'currency' | 'federatorPeerKey' | 'registrationDeadline' | 'resolver'
>

/**
 * What the contract is told of a manifest. Amounts from decimal text to wei, shares from 0..1 to 1e18.
 * @param facts - `now`: Unix seconds of the chain's head; `resolver`: of its disputes, see prepareResolver.
 */
export function scenarioParams(
  manifest: ChainManifest,
  facts: {
    readonly currency: Address
    readonly peerKey: Uint8Array
    readonly now: bigint
    readonly resolver: Address
  },
): ScenarioParams {
  const { registration } = manifest
  return {
    currency: facts.currency,
    federatorPeerKey: `0x${Buffer.from(facts.peerKey).toString('hex')}`,
    registrationDeadline: facts.now + BigInt(registration.deadlineSeconds),
    resolver: facts.resolver,
    ...manifestTerms(manifest),
  }
}

/** The part of the contract's parameters that a manifest alone decides, and a Scenario is held to. */
export function manifestTerms(manifest: ChainManifest): ManifestTerms {
  const { rounds, reward, market, registration, dispute, guardian } = manifest
  return {
    minClients: rounds.minSilos,
    maxClients: rounds.maxSilos,
    openRegistration: registration.open,
    rounds: rounds.count,
    roundTimeout: rounds.deadlineSeconds + reward.challengeSeconds + SETTLE_GRACE_SECONDS,
    challengeWindow: reward.challengeSeconds,
    streamWindow: reward.streamSeconds,
    clientSupply: parseAmount(market.tokensPerSilo),
    clientBps: market.siloBps,
    poolBps: market.poolBps,
    federatorBps: market.federatorBps,
    seedCurrency: parseAmount(market.seedCurrency),
    currencyWeight: scaleShare(market.currencyWeight),
    swapFee: scaleShare(market.swapFee),
    maxIssuance: market.maxIssuance ?? 1,
    ...scheduleTerms(reward),
    bond: dispute === undefined ? 0n : parseAmount(dispute.bond),
    guardian: guardian === undefined ? zeroAddress : getAddress(guardian),
  }
}

function scheduleTerms({ schedule, perRound }: RewardTerms) {
  if (schedule === undefined) return { firstPot: 0n, potRatio: 0n }
  const potRatio = schedule.kind === 'fixed' ? ONE_TOKEN : scaleShare(schedule.ratio)
  return { firstPot: parseAmount(perRound), potRatio }
}
