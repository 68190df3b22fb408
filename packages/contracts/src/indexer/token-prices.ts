import type { Address, Hex } from 'viem'
import { clientPrices } from '../pool-prices.ts'
import type { TimedLog } from './event-store.ts'
import { decodePoolLog } from './fold/apply-log.ts'
import { emptyMarket, type MarketState, type ReserveState } from './fold/market-state.ts'
import { POOL_HANDLERS } from './fold/pool-handlers.ts'

/** What moved a price. */
export type PriceEventKind = 'open' | 'swap' | 'join' | 'exit' | 'list'

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
  /** What came into the pool of this token and of the currency, in wei; negative when it left. Both 0 when others traded. */
  readonly tokenIn: bigint
  readonly currencyIn: bigint
}

const KINDS: Readonly<Record<string, PriceEventKind>> = {
  Opened: 'open',
  Swapped: 'swap',
  Joined: 'join',
  JoinedSingle: 'join',
  Exited: 'exit',
  ExitedSingle: 'exit',
  Listed: 'list',
}

/**
 * Every price that a client token ever had, from the pool's events alone.
 * @param state - of which the clients are needed. @param logs - the pool's, in chain order. @param token - checksummed.
 */
export function tokenPrices(
  state: MarketState,
  logs: Iterable<TimedLog>,
  token: Address,
): TokenPrice[] {
  const scratch: MarketState = { ...emptyMarket(state.terms), clients: state.clients }
  const points: TokenPrice[] = []
  for (const log of logs) {
    const event = decodePoolLog(log)
    const kind = event === undefined ? undefined : KINDS[event.eventName]
    if (event === undefined || kind === undefined) continue
    const before = pairOf(scratch, token)
    const handle = POOL_HANDLERS[event.eventName] as (state: MarketState, args: unknown) => void
    handle(scratch, event.args)
    const after = pairOf(scratch, token)
    const price = priceOf(after)
    const moved = movedBetween(before, after)
    if (price === undefined) continue
    // Two other clients' tokens were swapped, which is no event of this one.
    const moves = moved.tokenIn !== 0n || moved.currencyIn !== 0n
    if (!moves && price === priceOf(before)) continue
    const { block, logIndex, time, transaction } = log
    points.push({ block, logIndex, time, transaction, price, kind, ...moved })
  }
  return points
}

// The price moves with the currency's reserve as well, whoever trades; a listing rounds the weights anew.
type Pair = { readonly currency: ReserveState; readonly client: ReserveState }

function pairOf({ reserves }: MarketState, token: Address): Pair | undefined {
  const [currency] = reserves
  const client = reserves.find((one) => one.token === token)
  if (currency === undefined || client === undefined) return undefined
  return { currency: { ...currency }, client: { ...client } }
}

function priceOf(pair: Pair | undefined): bigint | undefined {
  if (pair === undefined) return undefined
  const { currency, client } = pair
  return clientPrices({
    balances: [currency.balance, client.balance],
    weights: [currency.weight, client.weight],
  })[0]
}

function movedBetween(before: Pair | undefined, after: Pair | undefined) {
  return {
    tokenIn: (after?.client.balance ?? 0n) - (before?.client.balance ?? 0n),
    currencyIn: (after?.currency.balance ?? 0n) - (before?.currency.balance ?? 0n),
  }
}
