import type { Address, Hex } from 'viem'
import { clientPrices } from '../pool-prices.ts'
import { emptyMarket, type MarketState, type ReserveState } from './fold/market-state.ts'
import type { PriceEvent, PriceEventKind } from './price-events.ts'

/** A token's price after an event of the pool. */
export type TokenPrice = {
  readonly block: number
  readonly logIndex: number
  /** Unix seconds. */
  readonly time: number
  readonly transaction: Hex
  /** Currency wei per whole token, without fee. */
  readonly price: bigint
  readonly kind: PriceEventKind
  /** What came into the pool of this token, in wei; negative when it left, 0 when it was others that were traded. */
  readonly tokenIn: bigint
  /** What came into the pool of the currency, in wei; negative when it left. */
  readonly currencyIn: bigint
}

/**
 * Every price that a client token ever had, from the pool's events alone.
 * @param state - of which the clients are needed. @param events - in chain order. @param token - checksummed.
 */
export function tokenPrices(
  state: MarketState,
  events: readonly PriceEvent[],
  token: Address,
): TokenPrice[] {
  const scratch: MarketState = { ...emptyMarket(state.terms), clients: state.clients }
  const points: TokenPrice[] = []
  let before: Pair | undefined
  for (const { apply, ...moment } of events) {
    apply(scratch)
    const after = pairOf(scratch, token)
    const point = after === undefined ? undefined : pointOf(before, after)
    if (point !== undefined) points.push({ ...moment, ...point })
    before = after
  }
  return points
}

type Pair = { readonly currency: ReserveState; readonly client: ReserveState }

function pairOf({ reserves }: MarketState, token: Address): Pair | undefined {
  const [currency] = reserves
  const client = reserves.find((one) => one.token === token)
  if (currency === undefined || client === undefined) return undefined
  return { currency: { ...currency }, client: { ...client } }
}

// The price moves with the currency's reserve as well, whoever trades, and a listing rounds the weights anew; a swap of two other
// clients' tokens is no event of this one.
function pointOf(before: Pair | undefined, after: Pair) {
  const price = priceOf(after)
  const tokenIn = after.client.balance - (before?.client.balance ?? 0n)
  const currencyIn = after.currency.balance - (before?.currency.balance ?? 0n)
  const idle = tokenIn === 0n && currencyIn === 0n
  if (idle && before !== undefined && price === priceOf(before)) return undefined
  return { price, tokenIn, currencyIn }
}

function priceOf({ currency, client }: Pair): bigint {
  const balances = [currency.balance, client.balance]
  const [price = 0n] = clientPrices({ balances, weights: [currency.weight, client.weight] })
  return price
}
