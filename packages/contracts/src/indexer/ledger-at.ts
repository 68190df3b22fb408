import { SCALE_BITS } from '../model/stream.ts'
import { elapsedAt } from './fold/accumulators.ts'
import type { MarketState } from './fold/market-state.ts'

/**
 * Where a federation's currency is, in wei (the contract's Ledger):
 * deposited = claimed + returned + pots + streaming + unclaimed + carriedDust. Bonds are held beside it.
 */
export type IndexedLedger = {
  readonly deposited: bigint
  readonly claimed: bigint
  readonly returned: bigint
  readonly pots: bigint
  readonly streaming: bigint
  readonly unclaimed: bigint
  readonly carriedDust: bigint
  readonly bonds: bigint
}

/** Adds up a state's books. @param time - Unix seconds. */
export function ledgerAt(state: MarketState, time: bigint): IndexedLedger {
  const { paid, promised, clients, clock, bonds } = state
  const { deposited, claimed, returned } = paid
  let [earned, unstreamed] = [0n, 0n]
  for (const [index, { base, rate, supply }] of clients.entries()) {
    const elapsed = elapsedAt(clock, index, time)
    earned += (base + rate * elapsed) * supply
    unstreamed += rate * (clock.window - elapsed) * supply
  }
  const streaming = unstreamed >> SCALE_BITS
  const unclaimed = (earned >> SCALE_BITS) - claimed
  return {
    deposited,
    claimed,
    returned,
    pots: deposited - returned - promised.total,
    streaming,
    unclaimed,
    carriedDust: promised.total - claimed - unclaimed - streaming,
    bonds: bonds.held,
  }
}
