import { type Pool, reserveAt } from './pool.ts'
import { WAD } from './solady-pow-wad.ts'

/**
 * MeanPool.spotPrice: currency wei per whole token, without fee, rounded down: (b_currency / w_currency) / (b_token / w_token).
 * @throws {ModelError} TOKEN_NOT_LISTED
 */
export function spotPrice(pool: Pool, token: number): bigint {
  const currency = reserveAt(pool, 0)
  const { balance, weight } = reserveAt(pool, token)
  return (currency.balance * weight * WAD) / (balance * currency.weight)
}
