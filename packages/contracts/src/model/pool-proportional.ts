import { changeBalances, type Pool } from './pool.ts'
import { divUp } from './rounding.ts'

/** A pool after a step, and what moved per token: into the pool on a join, out of it on an exit; wei, currency first. */
export type Moved = { readonly pool: Pool; readonly amounts: readonly bigint[] }

/** MeanPool.joinProportional: every amount rounded up. @param lpOut - wei of LP shares, above 0. */
export function joinProportional(pool: Pool, lpOut: bigint): Moved {
  const amounts = pool.reserves.map(({ balance }) => divUp(balance * lpOut, pool.lpSupply))
  const next = changeBalances(pool, new Map(amounts.entries()))
  return { pool: { ...next, lpSupply: pool.lpSupply + lpOut }, amounts }
}

/** MeanPool.exitProportional: every amount rounded down. @param lpIn - wei of LP shares, above 0. */
export function exitProportional(pool: Pool, lpIn: bigint): Moved {
  const amounts = pool.reserves.map(({ balance }) => (balance * lpIn) / pool.lpSupply)
  const next = changeBalances(pool, new Map([...amounts.entries()].map(([at, out]) => [at, -out])))
  return { pool: { ...next, lpSupply: pool.lpSupply - lpIn }, amounts }
}
