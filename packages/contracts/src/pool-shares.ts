import type { PoolState } from './reads/read-pool.ts'

/**
 * What `lpShares` LP shares cost now, token by token, as the pool computes it: rounded up.
 * @returns wei, in the pool's order (currency first).
 */
export function amountsForShares(pool: PoolState, lpShares: bigint): readonly bigint[] {
  const { lpSupply, tokens } = pool
  return tokens.map(({ balance }) => (balance * lpShares + lpSupply - 1n) / lpSupply)
}

/**
 * What `lpShares` LP shares are worth now, token by token, as the pool computes it: rounded down.
 * @returns wei, in the pool's order (currency first).
 */
export function amountsOfShares(pool: PoolState, lpShares: bigint): readonly bigint[] {
  const { lpSupply, tokens } = pool
  return tokens.map(({ balance }) => (balance * lpShares) / lpSupply)
}
