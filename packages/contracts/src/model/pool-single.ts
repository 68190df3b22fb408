import { ModelError } from './model-error.ts'
import {
  changeBalances,
  checkFloor,
  checkPart,
  checkSold,
  checkTrade,
  type Pool,
  type Reserve,
  reserveAt,
} from './pool.ts'
import { outForShares, type SingleSide, sharesForSingleIn } from './single-math.ts'

/** A pool after a single-token join or exit; wei. */
export type Single = { readonly pool: Pool; readonly amount: bigint; readonly shares: bigint }

/**
 * MeanPool.joinSingle, to the wei.
 * @throws {ModelError} as the contract reverts: TOKEN_NOT_LISTED, TOKEN_WAS_DELISTED, TRADE_TOO_SMALL, TRADE_ABOVE_LIMIT, BELOW_FLOOR,
 * NO_SHARES.
 */
export function joinSingle(pool: Pool, tokenIn: number, amountIn: bigint): Single {
  const token = soldAt(pool, tokenIn)
  checkTrade(amountIn, token.balance)
  checkFloor(tokenIn, token.balance, token.floor)
  const shares = sharesForSingleIn(sideOf(pool, token), amountIn)
  if (shares === 0n) {
    const info = { code: 'NO_SHARES', token: tokenIn } as const
    throw new ModelError(`${amountIn} wei are not worth an LP share`, info)
  }
  const next = changeBalances(pool, new Map([[tokenIn, amountIn]]))
  return { pool: { ...next, lpSupply: pool.lpSupply + shares }, amount: amountIn, shares }
}

/** MeanPool.exitSingle, to the wei. @throws {ModelError} like joinSingle, but for NO_SHARES. */
export function exitSingle(pool: Pool, tokenOut: number, shares: bigint): Single {
  const token = soldAt(pool, tokenOut)
  checkPart(shares, pool.lpSupply)
  const amount = outForShares(sideOf(pool, token), shares)
  checkTrade(amount, token.balance)
  checkFloor(tokenOut, token.balance - amount, token.floor)
  const next = changeBalances(pool, new Map([[tokenOut, -amount]]))
  return { pool: { ...next, lpSupply: pool.lpSupply - shares }, amount, shares }
}

function soldAt(pool: Pool, token: number): Reserve {
  const reserve = reserveAt(pool, token)
  checkSold(token, reserve)
  return reserve
}

function sideOf(pool: Pool, token: Reserve): SingleSide {
  return { supply: pool.lpSupply, token, fee: pool.fee }
}
