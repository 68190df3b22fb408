import type { RoundRecord } from '@fednode/aggregator'
import { type History, parseAmount, readHistory } from '@fednode/contracts'
import type { Cid, SiloName } from '@fednode/protocol'
import { countWeights, featureShapeOf } from '@fednode/protocol'
import type { Cast } from './cast.ts'
import type { Investor } from './investor.ts'
import type { LocalChain } from './local-chain.ts'
import { LocalError } from './local-error.ts'
import type { Market } from './market.ts'
import type { FederationPlan } from './plan.ts'
import { rewardStreams } from './reward-streams.ts'
import type { Settlement } from './settle.ts'
import type {
  PricePoint,
  ProviderOutcome,
  Receipt,
  RoundReward,
  SiloOutcome,
  UpResult,
} from './up-result.ts'

/** Parts that a share is rounded to. */
const SHARE_UNITS = 10n ** 9n

/** Everything that is known when a run is over. */
export type Finished = {
  readonly plan: FederationPlan
  readonly manifestCid: Cid
  readonly chain: LocalChain
  readonly cast: Cast
  readonly scenario: {
    readonly address: `0x${string}`
    readonly clients: readonly { readonly name: string; readonly token: `0x${string}` }[]
  }
  readonly records: readonly RoundRecord[]
  readonly market: Market | undefined
  readonly investor: Investor | undefined
  readonly settlement: Settlement
  readonly seconds: number
}

/** Puts a run's result together from the aggregator's journal, the chain's events and the trades. */
export async function resultOf(run: Finished): Promise<UpResult> {
  const { plan, chain, cast, scenario, market, settlement } = run
  const { manifest } = plan
  const history = await readHistory(cast.federator.account, { scenario: scenario.address })
  const rewards = history.rewards.map(({ round, index, reward }): RoundReward => {
    // The Scenario's own event about its own client.
    const silo = (scenario.clients[index]?.name ?? '') as SiloName
    return { round, silo, amount: reward }
  })
  const investor = run.investor?.outcome(settlement.investorClaimed)
  const provided = parseAmount(manifest.market.seedCurrency)
  return {
    manifest,
    manifestCid: run.manifestCid,
    chainId: cast.federator.account.chainId,
    orchestrator: chain.orchestrator,
    scenario: scenario.address,
    weights: countWeights(manifest.model, featureShapeOf(manifest.data)),
    rounds: run.records,
    silos: plan.silos.map((silo) => outcomeOf(silo, run, rewards)),
    rewards,
    streams: rewardStreams(
      plan.silos.map(({ name }) => name),
      {
        starts: history.settled.filter(({ voided }) => !voided),
        rewards,
        window: BigInt(manifest.reward.streamSeconds),
      },
    ),
    trades: market?.trades ?? [],
    prices: pricesInOrder(market?.prices ?? [], { from: scenario.clients, to: plan.silos }),
    ...(investor === undefined ? {} : { investor }),
    ...(market === undefined ? {} : { provider: providerOf(settlement, provided) }),
    books: settlement.books,
    receipts: [...chain.receipts, ...tradeReceipts(market), ...roundReceipts(history)],
    seconds: run.seconds,
  }
}

/**
 * Prices of the pool are in the order in which silos happened to register; everything that a run shows is in the plan's order.
 * @returns the same moments; 0 for a silo that is not in `from`.
 */
export function pricesInOrder(
  points: readonly PricePoint[],
  order: {
    readonly from: readonly { readonly name: string }[]
    readonly to: readonly { readonly name: string }[]
  },
): readonly PricePoint[] {
  const indexes = order.to.map(({ name }) => order.from.findIndex((other) => other.name === name))
  return points.map((point) => ({
    ...point,
    prices: indexes.map((index) => point.prices[index] ?? 0n),
  }))
}

function outcomeOf(
  { name, flippedShare, attack }: FederationPlan['silos'][number],
  run: Finished,
  rewards: readonly RoundReward[],
): SiloOutcome {
  const { scenario, records, market, cast } = run
  const index = scenario.clients.findIndex((client) => client.name === name)
  const client = scenario.clients[index]
  const account = cast.silos.get(name)?.address
  if (client === undefined || account === undefined) throw unknownClient(name)
  const own = records.flatMap(({ contributions }) =>
    contributions.filter(({ silo }) => silo === name),
  )
  const rewarded = sumOf(rewards.filter(({ silo }) => silo === name))
  const all = sumOf(rewards)
  const sales = (market?.trades ?? []).filter(({ actor }) => actor === name)
  return {
    name,
    samples: records.at(-1)?.updates.find(({ silo }) => silo === name)?.samples ?? 0,
    flippedShare,
    ...(attack === undefined ? {} : { attack }),
    account,
    token: client.token,
    shapley: own.reduce((sum, { shapley }) => sum + shapley, 0),
    // Rounds are independent: variances add up.
    standardError: Math.hypot(...own.map(({ standardError }) => standardError)),
    share: all === 0n ? 0 : Number((rewarded * SHARE_UNITS) / all) / Number(SHARE_UNITS),
    priceBefore: market?.prices.at(0)?.prices[index] ?? 0n,
    priceAfter: market?.prices.at(-1)?.prices[index] ?? 0n,
    rewarded,
    raised: sales.reduce((sum, { currency }) => sum + currency, 0n),
  }
}

function sumOf(rewards: readonly RoundReward[]): bigint {
  return rewards.reduce((sum, { amount }) => sum + amount, 0n)
}

function providerOf(
  { providerClaimed: claimed, providerStake }: Settlement,
  provided: bigint,
): ProviderOutcome {
  return {
    provided,
    claimed,
    poolShare: providerStake.share,
    holdingValue: providerStake.value,
  }
}

function tradeReceipts(market: Market | undefined): readonly Receipt[] {
  return (market?.trades ?? []).map(({ actor, action, silo, hash, gas }) => ({
    what: `${actor} ${action}s ${silo}`,
    hash,
    gas,
  }))
}

/** The transactions of the rounds, which the aggregator's process sent; their gas stands in the round's own row. */
function roundReceipts(history: History): readonly Receipt[] {
  const funded = history.funded.map(({ round, hash }) => ({ what: `fund round ${round}`, hash }))
  const settled = history.settled.map(({ round, hash, voided }) => ({
    what: `${voided ? 'void' : 'finalize'} round ${round}`,
    hash,
  }))
  const asserted = history.asserted.map(({ round, hash }) => ({
    what: `assert round ${round}`,
    hash,
  }))
  return [...funded, ...asserted, ...settled]
}

function unknownClient(name: string): LocalError {
  return new LocalError(`the chain knows no silo ${name}`, {
    code: 'LOCAL_CHAIN_STATE',
    what: `client ${name}`,
  })
}
