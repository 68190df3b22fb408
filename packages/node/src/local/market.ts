import {
  type ChainAccount,
  type Mined,
  maxInOf,
  minOutOf,
  openMarket,
  quoteExactIn,
  quoteExactOut,
  readPool,
  type ScenarioState,
  type SwapResult,
  swapExactIn,
  swapExactOut,
} from '@fednode/contracts'
import type { Round, SiloName } from '@fednode/protocol'
import type { Address } from 'viem'
import { LocalError } from './local-error.ts'
import type { PricePoint, Trade } from './up-result.ts'

/** How far a price may move between quote and trade: nobody else trades on this chain, so hardly at all. */
const TOLERANCE_BPS = 50
const DEADLINE_SECONDS = 3_600n

type Swapped = Mined & SwapResult

type Order = {
  readonly actor: string
  readonly account: ChainAccount
  readonly action: Trade['action']
  readonly silo: SiloName
  /** Tokens to buy or to sell, in wei; the pool moves at most 30 % of what it holds in one trade. */
  readonly tokens: bigint
  readonly afterRound: Round
}

/** The market of one run: makes trades and keeps every price that was seen. */
export type Market = {
  readonly trades: readonly Trade[]
  readonly prices: readonly PricePoint[]
  /** Currency wei per whole token of `silo` when last looked at; 0 before the opening. */
  priceOf(silo: SiloName): bigint
  /** The provider brings the seed currency. */
  open(provider: ChainAccount): Promise<Mined>
  look(label: string): Promise<void>
  trade(label: string, order: Order): Promise<Trade>
}

/** @param scenario - read after registration closed, so that every token is known. */
export function createMarket(
  scenario: Pick<ScenarioState, 'address' | 'pool' | 'clients' | 'params'>,
  reader: ChainAccount,
): Market {
  const { pool, params } = scenario
  const trades: Trade[] = []
  const prices: PricePoint[] = []
  const look = async (label: string, trade?: Trade): Promise<void> => {
    const { tokens } = await readPool(reader, { pool })
    const seen = tokens.slice(1).map(({ price }) => price)
    prices.push(trade === undefined ? { label, prices: seen } : { label, prices: seen, trade })
  }
  return {
    trades,
    prices,
    look,
    priceOf: (silo) => {
      const index = scenario.clients.findIndex(({ name }) => name === silo)
      return prices.at(-1)?.prices[index] ?? 0n
    },
    open: async (provider) => {
      const opened = await openMarket(provider, { scenario: scenario.address })
      await look('open')
      return opened
    },
    trade: async (label, order) => {
      const token = tokenOf(scenario, order.silo)
      const trade = await swap(order, { pool, token, currency: params.currency })
      trades.push(trade)
      await look(label, trade)
      return trade
    },
  }
}

type Pair = { readonly pool: Address; readonly token: Address; readonly currency: Address }

/** Both ways the number of tokens is exact, and the currency what the pool asks or gives. */
async function swap(order: Order, pair: Pair): Promise<Trade> {
  const { account, action, actor, silo, afterRound } = order
  const { timestamp } = await account.public.getBlock({ blockTag: 'pending' })
  const deadline = timestamp + DEADLINE_SECONDS
  const done = { actor, action, silo, afterRound }
  if (action === 'buy') {
    const { amountIn, amountOut, hash, gasUsed: gas } = await buy(order, pair, deadline)
    return { ...done, tokens: amountOut, currency: amountIn, hash, gas }
  }
  const { amountIn, amountOut, hash, gasUsed: gas } = await sell(order, pair, deadline)
  return { ...done, tokens: amountIn, currency: amountOut, hash, gas }
}

async function buy({ account, tokens }: Order, at: Pair, deadline: bigint): Promise<Swapped> {
  const swap = { pool: at.pool, tokenIn: at.currency, tokenOut: at.token, amountOut: tokens }
  const { amountIn } = await quoteExactOut(account, swap)
  return swapExactOut(account, { ...swap, maxIn: maxInOf(amountIn, TOLERANCE_BPS), deadline })
}

async function sell({ account, tokens }: Order, at: Pair, deadline: bigint): Promise<Swapped> {
  const swap = { pool: at.pool, tokenIn: at.token, tokenOut: at.currency, amountIn: tokens }
  const { amountOut } = await quoteExactIn(account, swap)
  return swapExactIn(account, { ...swap, minOut: minOutOf(amountOut, TOLERANCE_BPS), deadline })
}

function tokenOf(scenario: Pick<ScenarioState, 'clients'>, silo: SiloName): Address {
  const client = scenario.clients.find(({ name }) => name === silo)
  if (client !== undefined) return client.token
  throw new LocalError(`the chain knows no silo ${silo}`, {
    code: 'LOCAL_CHAIN_STATE',
    what: `client ${silo}`,
  })
}
