import {
  type Address,
  type Hex,
  type ParseEventLogsReturnType,
  parseEventLogs,
  zeroAddress,
} from 'viem'
import { ask } from '../ask.ts'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import type { ChainReader, SwapResult } from '../types.ts'
import { readBlockNumber } from './block.ts'
import { byMoment, type LoggedAt, type Moment, readMoments } from './moments.ts'
import { type PoolEvent, type PricePoint, priceHistory } from './price-history.ts'
import { readLogs } from './read-logs.ts'

/** A swap in the pool; wei. */
export type SwapEvent = Moment &
  SwapResult & {
    readonly trader: Address
    readonly tokenIn: Address
    readonly tokenOut: Address
    readonly to: Address
  }

/** What the federator vouched for in a round. */
export type AssertedEvent = Moment & {
  readonly round: number
  readonly evidenceRoot: Hex
  readonly modelDigest: Hex
}

/** A round's end; wei. */
export type SettledEvent = Moment & {
  readonly round: number
  readonly voided: boolean
  readonly pot: bigint
  readonly carried: bigint
}

/** What a client's token got of a round's pot, before it streams; wei. */
export type RewardEvent = Moment & {
  readonly round: number
  readonly index: number
  readonly reward: bigint
}

/** A payment to a holder; `index` is null when it was paid for LP shares. */
export type ClaimEvent = Moment & {
  readonly index: number | null
  readonly holder: Address
  readonly amount: bigint
}

/** Money that came in for a round; wei. */
export type FundedEvent = Moment & {
  readonly round: number
  readonly funder: Address
  readonly amount: bigint
}

/** What happened in a federation's market and escrow, each list in chain order. */
export type History = {
  readonly swaps: readonly SwapEvent[]
  readonly prices: readonly PricePoint[]
  readonly funded: readonly FundedEvent[]
  readonly asserted: readonly AssertedEvent[]
  readonly settled: readonly SettledEvent[]
  readonly rewards: readonly RewardEvent[]
  readonly claims: readonly ClaimEvent[]
}

type ScenarioEvent = ParseEventLogsReturnType<typeof scenarioAbi, undefined, true>[number]

/**
 * The history of a federation from its events, for charts of prices and rewards.
 * @param args - `fromBlock`: block at or before the creation; 0 when left out.
 * @throws {ChainError} as readLogs.
 */
export async function readHistory(
  reader: ChainReader,
  args: { readonly scenario: Address; readonly fromBlock?: bigint },
): Promise<History> {
  const { scenario, fromBlock = 0n } = args
  const range = { from: fromBlock, to: await readBlockNumber(reader) }
  const pool = await ask(
    reader.public.readContract({ address: scenario, abi: scenarioAbi, functionName: 'pool' }),
  )
  const rounds: ScenarioEvent[] = parseEventLogs({
    abi: scenarioAbi,
    logs: await readLogs(reader, scenario, range),
  })
  const market: PoolEvent[] =
    pool === zeroAddress
      ? []
      : parseEventLogs({ abi: meanPoolAbi, logs: await readLogs(reader, pool, range) })
  const tokens = market.length === 0 ? [] : await readTokens(reader, pool)
  const momentOf = await readMoments(reader, [...rounds, ...market])
  return {
    swaps: market.flatMap((event) => swapOf(event, momentOf)),
    prices: priceHistory(market, tokens, momentOf),
    funded: rounds.flatMap((event) => fundedOf(event, momentOf)),
    asserted: rounds.flatMap((event) => assertedOf(event, momentOf)),
    settled: rounds.flatMap((event) => settledOf(event, momentOf)),
    rewards: rounds.flatMap((event) => rewardOf(event, momentOf)),
    claims: claimsOf([...rounds, ...market], momentOf),
  }
}

type MomentOf = (log: LoggedAt) => Moment

function readTokens(reader: ChainReader, pool: Address): Promise<readonly Address[]> {
  const call = { address: pool, abi: meanPoolAbi, functionName: 'tokens' } as const
  return ask(reader.public.readContract(call))
}

function swapOf(event: PoolEvent, momentOf: MomentOf): SwapEvent[] {
  return event.eventName === 'Swapped' ? [{ ...momentOf(event), ...event.args }] : []
}

function fundedOf(event: ScenarioEvent, momentOf: MomentOf): FundedEvent[] {
  return event.eventName === 'RoundFunded' ? [{ ...momentOf(event), ...event.args }] : []
}

function assertedOf(event: ScenarioEvent, momentOf: MomentOf): AssertedEvent[] {
  if (event.eventName !== 'RoundAsserted') return []
  const { round, evidenceRoot, modelDigest } = event.args
  return [{ ...momentOf(event), round, evidenceRoot, modelDigest }]
}

function settledOf(event: ScenarioEvent, momentOf: MomentOf): SettledEvent[] {
  if (event.eventName === 'RoundFinalized') {
    return [{ ...momentOf(event), ...event.args, voided: false }]
  }
  if (event.eventName !== 'RoundVoided') return []
  const { round, carried } = event.args
  return [{ ...momentOf(event), round, carried, pot: carried, voided: true }]
}

function rewardOf(event: ScenarioEvent, momentOf: MomentOf): RewardEvent[] {
  if (event.eventName !== 'StreamsUpdated') return []
  const { round, from, rewards } = event.args
  const moment = momentOf(event)
  return rewards.map((reward, at) => ({ ...moment, round, index: from + at, reward }))
}

function claimsOf(
  events: readonly (ScenarioEvent | PoolEvent)[],
  momentOf: MomentOf,
): ClaimEvent[] {
  return [...events].sort(byMoment).flatMap((event) => claimOf(event, momentOf))
}

function claimOf(event: ScenarioEvent | PoolEvent, momentOf: MomentOf): ClaimEvent[] {
  if (event.eventName === 'Claimed') {
    const { index, holder, amount } = event.args
    return [{ ...momentOf(event), index, holder, amount }]
  }
  if (event.eventName !== 'LpClaimed') return []
  const { holder, amount } = event.args
  return [{ ...momentOf(event), index: null, holder, amount }]
}
