import { type Address, isAddressEqual, type ParseEventLogsReturnType } from 'viem'
import type { meanPoolAbi } from '../generated/mean-pool.ts'
import { changeReserves, clientPrices, type ReserveChange, type Reserves } from '../pool-prices.ts'
import type { LoggedAt, Moment } from './moments.ts'

/** Prices after an event of the pool. */
export type PricePoint = Moment & {
  /** Currency wei per whole token, in client order; those of late clients from their listing on. */
  readonly prices: readonly bigint[]
}

/** A decoded event of the pool. */
export type PoolEvent = ParseEventLogsReturnType<typeof meanPoolAbi, undefined, true>[number]

/**
 * Rebuilds every price that the pool ever had from its events alone.
 * @param events - in chain order. @param tokens - the pool's tokens, currency first.
 */
export function priceHistory(
  events: readonly PoolEvent[],
  tokens: readonly Address[],
  momentOf: (log: LoggedAt) => Moment,
): readonly PricePoint[] {
  let reserves: Reserves = { balances: [], weights: [] }
  const points: PricePoint[] = []
  for (const event of events) {
    const next = reservesAfter(reserves, event, tokens)
    if (next === undefined) continue
    reserves = next
    points.push({ ...momentOf(event), prices: clientPrices(reserves) })
  }
  return points
}

function reservesAfter(
  reserves: Reserves,
  event: PoolEvent,
  tokens: readonly Address[],
): Reserves | undefined {
  switch (event.eventName) {
    case 'Opened':
      return { balances: event.args.balances, weights: event.args.weights }
    case 'Swapped': {
      const { tokenIn, tokenOut, amountIn, amountOut } = event.args
      const moved = [change(tokens, tokenIn, amountIn), change(tokens, tokenOut, -amountOut)]
      return changeReserves(reserves, moved)
    }
    case 'Joined':
      return changeReserves(reserves, all(event.args.amounts, 1n))
    case 'Exited':
      return changeReserves(reserves, all(event.args.amounts, -1n))
    case 'JoinedSingle':
      return changeReserves(reserves, [change(tokens, event.args.token, event.args.amount)])
    case 'ExitedSingle':
      return changeReserves(reserves, [change(tokens, event.args.token, -event.args.amount)])
    case 'Listed': {
      const { amount, weights } = event.args
      return { balances: [...reserves.balances, amount], weights }
    }
    default:
      return undefined
  }
}

function change(tokens: readonly Address[], token: Address, amount: bigint): ReserveChange {
  return { at: tokens.findIndex((one) => isAddressEqual(one, token)), amount }
}

function all(amounts: readonly bigint[], sign: bigint): readonly ReserveChange[] {
  return amounts.map((amount, at) => ({ at, amount: sign * amount }))
}
