import { ModelError } from './model-error.ts'
import { checkSold, createReserve, type Pool, reserveAt } from './pool.ts'
import { WAD } from './solady-pow-wad.ts'

/** ParamsLib: bounds of weights, 1e18 = 100 %. */
const MIN_CURRENCY_WEIGHT = (2n * WAD) / 10n
const MIN_CLIENT_WEIGHT = (25n * WAD) / 10_000n
const MAX_WEIGHT_RATIO = 100n

/** A client that joins an open pool; wei, and issuance weights of it and of client 0. */
export type Listing = {
  readonly amount: bigint
  readonly issuance: bigint
  readonly firstIssuance: bigint
}

/**
 * MeanPool.listToken: the new token gets the weight per issuance of client 0, less in a pool that has grown since its opening; all others
 * shrink by one factor (rounded down; the rest is the currency's), so that prices among them stay. No LP shares are minted.
 * @throws {ModelError} WEIGHT_OUT_OF_BOUNDS
 */
export function listToken(pool: Pool, { amount, issuance, firstIssuance }: Listing): Pool {
  const alike = (reserveAt(pool, 1).weight * issuance) / firstIssuance
  const grown = (alike * pool.openingShares) / pool.lpSupply
  const weight = (grown * WAD) / (WAD + grown)
  const clients = pool.reserves
    .slice(1)
    .map((reserve) => ({ ...reserve, weight: (reserve.weight * (WAD - weight)) / WAD }))
  const listed = [...clients, createReserve(amount, weight)]
  const left = listed.reduce((rest, reserve) => rest - reserve.weight, WAD)
  const next = { ...pool, reserves: [{ ...reserveAt(pool, 0), weight: left }, ...listed] }
  checkWeights(next)
  return next
}

/** MeanPool.delistToken: the pool sells no more of it. @throws {ModelError} TOKEN_NOT_LISTED, TOKEN_WAS_DELISTED */
export function delistToken(pool: Pool, token: number): Pool {
  const reserve = reserveAt(pool, token)
  checkSold(token, reserve)
  return { ...pool, reserves: pool.reserves.with(token, { ...reserve, delisted: true }) }
}

function checkWeights({ reserves }: Pool): void {
  const currency = reserves[0]?.weight ?? 0n
  if (currency < MIN_CURRENCY_WEIGHT) throw outOfBounds(0, currency)
  for (const [token, { weight }] of reserves.entries()) {
    const small = weight < MIN_CLIENT_WEIGHT || currency > weight * MAX_WEIGHT_RATIO
    if (token > 0 && small) throw outOfBounds(token, weight)
  }
}

function outOfBounds(token: number, weight: bigint): ModelError {
  const info = { code: 'WEIGHT_OUT_OF_BOUNDS', token, weight } as const
  return new ModelError(`token ${token} would weigh ${weight}`, info)
}
