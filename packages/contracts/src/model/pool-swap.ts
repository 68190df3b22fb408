import { ModelError } from './model-error.ts'
import {
  changeBalances,
  checkFloor,
  checkSold,
  checkTrade,
  type Pool,
  type Reserve,
  reserveAt,
} from './pool.ts'
import { inForExactOut, outForExactIn, type Sides } from './swap-math.ts'

/** A swap that was computed; wei, and tokens by their place in the pool. */
export type Swap = {
  readonly tokenIn: number
  readonly tokenOut: number
  readonly amountIn: bigint
  readonly amountOut: bigint
}

/**
 * MeanPool.swapExactIn, to the wei.
 * @throws {ModelError} as the contract reverts: TOKEN_TWICE, TOKEN_NOT_LISTED, TOKEN_WAS_DELISTED, TRADE_TOO_SMALL, TRADE_ABOVE_LIMIT,
 * BELOW_FLOOR.
 */
export function swapExactIn(
  pool: Pool,
  order: Omit<Swap, 'amountOut'>,
): { readonly pool: Pool; readonly swap: Swap } {
  const sides = sidesOf(pool, order)
  checkTrade(order.amountIn, sides.in.balance)
  const amountOut = outForExactIn(sides, order.amountIn)
  checkTrade(amountOut, sides.out.balance)
  return settle(pool, sides, { ...order, amountOut })
}

/** MeanPool.swapExactOut, to the wei. @throws {ModelError} like swapExactIn. */
export function swapExactOut(
  pool: Pool,
  order: Omit<Swap, 'amountIn'>,
): { readonly pool: Pool; readonly swap: Swap } {
  const sides = sidesOf(pool, order)
  checkTrade(order.amountOut, sides.out.balance)
  const amountIn = inForExactOut(sides, order.amountOut)
  checkTrade(amountIn, sides.in.balance)
  return settle(pool, sides, { ...order, amountIn })
}

type PoolSides = Sides & { readonly in: Reserve; readonly out: Reserve }

function sidesOf(pool: Pool, pair: Pick<Swap, 'tokenIn' | 'tokenOut'>): PoolSides {
  const { tokenIn, tokenOut } = pair
  if (tokenIn === tokenOut) {
    throw new ModelError('both tokens are the same', { code: 'TOKEN_TWICE', token: tokenIn })
  }
  const sides = { in: reserveAt(pool, tokenIn), out: reserveAt(pool, tokenOut), fee: pool.fee }
  checkSold(tokenOut, sides.out)
  return sides
}

function settle(pool: Pool, sides: PoolSides, swap: Swap): { pool: Pool; swap: Swap } {
  const { tokenIn, tokenOut, amountIn, amountOut } = swap
  checkFloor(tokenIn, sides.in.balance, sides.in.floor)
  checkFloor(tokenOut, sides.out.balance - amountOut, sides.out.floor)
  const changes = new Map([
    [tokenIn, amountIn],
    [tokenOut, -amountOut],
  ])
  return { pool: changeBalances(pool, changes), swap }
}
