import { powUp } from './pow-margin.ts'
import { divUp } from './rounding.ts'
import { WAD } from './solady-pow-wad.ts'

/** One token of a pool: wei, and 1e18 = 100 %. */
export type Side = { readonly balance: bigint; readonly weight: bigint }

/** The two tokens of a swap and the pool's fee, 1e18 = 100 %. */
export type Sides = { readonly in: Side; readonly out: Side; readonly fee: bigint }

/**
 * PoolMath.outForExactInDown: what `amountIn` buys, to the wei as on chain.
 * out = b_out (1 - (b_in / (b_in + in (1 - fee))) ^ (w_in / w_out)), rounded down.
 * @throws {ModelError} POW_OVERFLOW outside the pool's limits.
 */
export function outForExactIn(sides: Sides, amountIn: bigint): bigint {
  const { in: from, out: to, fee } = sides
  const net = amountIn - divUp(amountIn * fee, WAD)
  // Base up: one wei more in the pool than there is.
  const base = divUp((from.balance + 1n) * WAD, from.balance + net)
  if (base >= WAD) return 0n
  const power = powUp(base, (from.weight * WAD) / to.weight)
  return power >= WAD ? 0n : (to.balance * (WAD - power)) / WAD
}

/**
 * PoolMath.inForExactOutUp: what `amountOut` costs, to the wei as on chain.
 * in = b_in ((b_out / (b_out - out)) ^ (w_out / w_in) - 1) / (1 - fee), rounded up.
 * @param amountOut - below the balance.
 * @throws {ModelError} POW_OVERFLOW outside the pool's limits.
 */
export function inForExactOut(sides: Sides, amountOut: bigint): bigint {
  const { in: from, out: to, fee } = sides
  const base = divUp(to.balance * WAD, to.balance - amountOut)
  const power = powUp(base, divUp(to.weight * WAD, from.weight))
  const net = divUp(from.balance * (power - WAD), WAD)
  return divUp(net * WAD, WAD - fee)
}
