import { ONE_TOKEN } from './amounts.ts'

/** One side of a swap in the pool; wei and 1e18 = 100 %. */
type PoolSide = { readonly balance: bigint; readonly weight: bigint }

/** A swap to be judged. */
export type JudgedSwap = {
  readonly in: PoolSide
  readonly out: PoolSide
  readonly amountIn: bigint
  readonly amountOut: bigint
  /** 1e18 = 100 % */
  readonly fee: bigint
}

/**
 * How much worse than at the spot price a swap is because of its size, the fee left aside; 1e18 = 100 %, rounded up, at least 0.
 * At the spot price of a constant mean pool, `in` buys in · (b_out/w_out) / (b_in/w_in).
 */
export function priceImpact(swap: JudgedSwap): bigint {
  const { in: from, out: to, amountIn, amountOut, fee } = swap
  const effectiveIn = amountIn * (ONE_TOKEN - fee)
  // amountOut / ideal, as one fraction so that it is rounded once.
  const numerator = amountOut * from.balance * to.weight * ONE_TOKEN * ONE_TOKEN
  const denominator = effectiveIn * to.balance * from.weight
  if (denominator === 0n) return 0n
  const impact = ONE_TOKEN - numerator / denominator
  return impact > 0n ? impact : 0n
}
