import { parseAmount, type ScenarioParams } from '@fednode/contracts'
import type { Manifest } from '@fednode/protocol'
import { zeroAddress } from 'viem'

/** Scale of weights and fees on chain: 1e18 is 100 %. */
const ONE = 10n ** 18n
/** Decimals of a share that survive the way to the chain; a double has 15. */
const SHARE_DECIMALS = 9
/** Rounds may be late on chain: training goes on while the RPC is down. After this many seconds anyone may void a round. */
const SETTLE_GRACE_SECONDS = 86_400

/**
 * What the contract is told of a manifest. Amounts from decimal text to wei, shares from 0..1 to 1e18.
 * @param facts - `now`: Unix seconds of the chain's head.
 */
export function scenarioParams(
  manifest: Manifest,
  facts: {
    readonly currency: `0x${string}`
    readonly peerKey: Uint8Array
    readonly now: bigint
  },
): ScenarioParams {
  const { rounds, reward, market, registration } = manifest
  return {
    currency: facts.currency,
    federatorPeerKey: `0x${Buffer.from(facts.peerKey).toString('hex')}`,
    minClients: rounds.minSilos,
    maxClients: rounds.maxSilos,
    openRegistration: registration.open,
    registrationDeadline: facts.now + BigInt(registration.deadlineSeconds),
    rounds: rounds.count,
    roundTimeout: rounds.deadlineSeconds + reward.challengeSeconds + SETTLE_GRACE_SECONDS,
    challengeWindow: reward.challengeSeconds,
    streamWindow: reward.streamSeconds,
    clientSupply: parseAmount(market.tokensPerSilo),
    clientBps: market.siloBps,
    poolBps: market.poolBps,
    federatorBps: market.federatorBps,
    seedCurrency: parseAmount(market.seedCurrency),
    currencyWeight: shareToWei(market.currencyWeight),
    swapFee: shareToWei(market.swapFee),
    maxIssuance: 1,
    firstPot: 0n,
    potRatio: 0n,
    bond: 0n,
    resolver: zeroAddress,
    guardian: zeroAddress,
  }
}

function shareToWei(share: number): bigint {
  return (BigInt(Math.round(share * 10 ** SHARE_DECIMALS)) * ONE) / 10n ** BigInt(SHARE_DECIMALS)
}
