import { LOCKED_SHARES } from './lp-dividends.ts'
import { createReserve, type Pool } from './pool.ts'
import { WAD } from './solady-pow-wad.ts'

/** What opens a pool; wei, and 1e18 = 100 %. */
export type PoolOpening = {
  readonly fee: bigint
  readonly currencyAmount: bigint
  readonly currencyWeight: bigint
  /** Clients in index order: what they put in, and their issuance weights. */
  readonly tokenAmounts: readonly bigint[]
  readonly issuance: readonly bigint[]
}

/** An open pool, and who got its LP shares: the opener, and the clients' controllers in index order; LOCKED_SHARES are nobody's. */
export type OpenedPool = {
  readonly pool: Pool
  readonly openerShares: bigint
  readonly clientShares: readonly bigint[]
}

/** MeanPool.open: clients share what the currency leaves of the weight by their issuance; what divisions leave is the currency's. */
export function openPool(opening: PoolOpening): OpenedPool {
  const { currencyAmount, currencyWeight, tokenAmounts, issuance } = opening
  const issued = sum(issuance)
  const weights = issuance.map((each) => ((WAD - currencyWeight) * each) / issued)
  const lpSupply = (currencyAmount * WAD) / currencyWeight
  const clientShares = weights.map((weight) => (lpSupply * weight) / WAD)
  const reserves = [
    createReserve(currencyAmount, WAD - sum(weights)),
    ...tokenAmounts.map((amount, i) => createReserve(amount, weights[i] ?? 0n)),
  ]
  return {
    pool: { fee: opening.fee, openingShares: lpSupply, lpSupply, reserves },
    openerShares: lpSupply - sum(clientShares) - LOCKED_SHARES,
    clientShares,
  }
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n)
}
