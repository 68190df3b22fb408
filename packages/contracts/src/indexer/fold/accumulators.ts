import { SCALE_BITS } from '../../model/stream.ts'
import type { Holding, MarketState, StreamClock } from './market-state.ts'

/** Seconds that the stream of client `index` has run at `time`. */
export function elapsedAt(clock: StreamClock, index: number, time: bigint): bigint {
  if (clock.settling) return index < clock.cursor ? 0n : clock.stopped
  if (clock.start === 0n) return 0n
  const past = time - clock.start
  if (past >= clock.window) return clock.window
  return past
}

/** Earned per wei of a client's token until `time`, scaled. */
export function accumulatorAt(state: MarketState, index: number, time: bigint): bigint {
  const client = state.clients[index]
  if (client === undefined) return 0n
  return client.base + client.rate * elapsedAt(state.clock, index, time)
}

/** Whole wei that a holding may claim at an accumulator. */
export function entitled(acc: bigint, { balance, correction }: Holding): bigint {
  return (acc * balance + correction) >> SCALE_BITS
}

/** All that the pool's client tokens ever earned, drawn or not, in whole wei. */
export function poolEarnedAt({ clock, poolStream }: MarketState, time: bigint): bigint {
  // While a round is settled, A holds all of the past and B belongs to streams that have not started, like client 0's.
  return (poolStream.base + poolStream.rate * elapsedAt(clock, 0, time)) >> SCALE_BITS
}

/** The LP accumulator brought up to `time`. */
export function lpAccumulatorAt(
  state: MarketState,
  time: bigint,
): { readonly acc: bigint; readonly credited: bigint; readonly remainder: bigint } {
  const { supply, acc, credited, remainder } = state.lp
  const earned = poolEarnedAt(state, time)
  // Like the contract, which waits for new income: burned shares can make the remainder larger than the supply.
  if (supply === 0n || earned === credited) return { acc, credited, remainder }
  const fresh = ((earned - credited) << SCALE_BITS) + remainder
  return { acc: acc + fresh / supply, credited: earned, remainder: fresh % supply }
}
