import { type Address, zeroAddress } from 'viem'
import { lpAccumulatorAt } from './accumulators.ts'
import { giveTokens, holdingOf, takeTokens } from './holdings.ts'
import type { MarketState } from './market-state.ts'

/** A Transfer event of the pool's LP shares in a block of that time (Unix seconds). */
export type LpTransfer = {
  readonly from: Address
  readonly to: Address
  readonly amount: bigint
  readonly time: bigint
}

/** Mints, burns or moves LP shares, after their accumulator was brought up to date. */
export function applyLpTransfer(state: MarketState, transfer: LpTransfer): void {
  const { from, to, amount, time } = transfer
  const { lp } = state
  Object.assign(lp, lpAccumulatorAt(state, time))
  if (from === zeroAddress) lp.supply += amount
  else takeTokens(holdingOf(lp.holdings, from), amount, lp.acc)
  if (to === zeroAddress) lp.supply -= amount
  else giveTokens(holdingOf(lp.holdings, to), amount, lp.acc)
}
