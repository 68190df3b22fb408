import { SCALE_BITS } from '../../model/stream.ts'
import { inconsistent } from '../index-error.ts'
import { elapsedAt } from './accumulators.ts'
import type { ClientLedger, MarketState } from './market-state.ts'

/** A StreamsUpdated event: one page of a round's settlement. */
export type StreamsPage = {
  readonly from: number
  readonly rewards: readonly bigint[]
  readonly rates: readonly bigint[]
  /** 0 in every page but the last. */
  readonly start: bigint
}

/** Gives the clients of a page their new streams; the clock stands from the first page to the last. */
export function applyStreams(state: MarketState, page: StreamsPage, time: bigint): void {
  const { clock } = state
  stopClock(state, time)
  if (page.from !== clock.cursor || page.rates.length !== page.rewards.length) {
    throw inconsistent(`a page starts with client ${page.from}, not with client ${clock.cursor}`)
  }
  let remainders = 0n
  for (const [at, reward] of page.rewards.entries()) {
    const renewal = { index: page.from + at, reward, rate: page.rates[at] ?? 0n }
    remainders += renew(state, renewal)
  }
  book(state, page.rewards, remainders)
  clock.cursor = page.from + page.rewards.length
  if (page.start !== 0n) startClock(state, page.start)
}

// Turns the pool's A + B * elapsed into A alone.
function stopClock({ clock, poolStream, terms }: MarketState, time: bigint): void {
  if (clock.settling) return
  const elapsed = elapsedAt(clock, 0, time)
  poolStream.base += poolStream.rate * elapsed
  poolStream.rate = 0n
  clock.window = BigInt(terms.streamWindow)
  clock.stopped = elapsed
  clock.settling = true
}

function startClock({ clock }: MarketState, start: bigint): void {
  clock.start = start
  clock.stopped = 0n
  clock.cursor = 0
  clock.settling = false
}

type Renewal = { readonly index: number; readonly reward: bigint; readonly rate: bigint }

/** @returns what the division by supply and window left, scaled. */
function renew(state: MarketState, { index, reward, rate }: Renewal): bigint {
  const client = state.clients[index]
  if (client === undefined) throw inconsistent(`a stream of client ${index}, who is not registered`)
  const { clock, poolStream } = state
  const unstreamed = client.rate * (clock.window - clock.stopped) * client.supply
  const whole = clock.window * client.supply
  const remainder = (reward << SCALE_BITS) + unstreamed - rate * whole
  if (remainder < 0n || remainder >= whole) {
    throw inconsistent(`client ${index} streams at ${rate}, which its reward of ${reward} is not`)
  }
  client.base += client.rate * clock.stopped
  client.rate = rate
  poolStream.rate += rate * heldByPool(state, client)
  return remainder
}

function heldByPool({ terms }: MarketState, { holdings }: ClientLedger): bigint {
  return terms.pool === null ? 0n : (holdings.get(terms.pool)?.balance ?? 0n)
}

// Whole wei that remainders make up go back to the next round's pot.
function book(
  { promised, machine }: MarketState,
  rewards: readonly bigint[],
  remainders: bigint,
): void {
  const rewarded = rewards.reduce((sum, reward) => sum + reward, 0n)
  const dust = promised.dust + remainders
  const carried = dust >> SCALE_BITS
  promised.total += rewarded - carried
  promised.dust = dust - (carried << SCALE_BITS)
  machine.settled.rewarded += rewarded
  machine.settled.carried += carried
}
