import { ONE_TOKEN } from './amounts.ts'

/** One side of a swap in the pool; wei and 1e18 = 100 %. */
export type PoolSide = { readonly balance: bigint; readonly weight: bigint }

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
  return impactOf(
    amountOut * from.balance * to.weight * ONE_TOKEN,
    effectiveIn * to.balance * from.weight,
  )
}

/** LP shares against one token, to be judged. */
export type JudgedLiquidity = {
  readonly side: PoolSide
  readonly amount: bigint
  readonly lpShares: bigint
  readonly lpSupply: bigint
  /** 1e18 = 100 % */
  readonly fee: bigint
}

/**
 * How much fewer LP shares a join in one token gives because of its size, the fee left aside; 1e18 = 100 %, rounded up, at least 0.
 * A very small amount `a` of a token with balance b and weight w is worth supply · w · a / b shares, and of a the fee leaves
 * a · (1 - fee) / (1 - w · fee), because it is taken on what trades for the other tokens (PoolMath.singleFeeUp).
 */
export function joinImpact(join: JudgedLiquidity): bigint {
  const { side, amount, lpShares, lpSupply, fee } = join
  const left = leftByFee(side, fee)
  return impactOf(
    lpShares * side.balance * ONE_TOKEN * left.of,
    lpSupply * side.weight * amount * left.part,
  )
}

/** How much less of one token an exit gives because of its size; else as joinImpact. */
export function exitImpact(exit: JudgedLiquidity): bigint {
  const { side, amount, lpShares, lpSupply, fee } = exit
  const left = leftByFee(side, fee)
  return impactOf(
    amount * lpSupply * side.weight * left.of,
    lpShares * side.balance * ONE_TOKEN * left.part,
  )
}

function leftByFee({ weight }: PoolSide, fee: bigint): { part: bigint; of: bigint } {
  return { part: (ONE_TOKEN - fee) * ONE_TOKEN, of: ONE_TOKEN * ONE_TOKEN - weight * fee }
}

// As one fraction, so that it is rounded once.
function impactOf(actual: bigint, ideal: bigint): bigint {
  if (ideal === 0n) return 0n
  const impact = ONE_TOKEN - (actual * ONE_TOKEN) / ideal
  return impact > 0n ? impact : 0n
}
