import {
  type ChainAccount,
  type ChainReader,
  minOutOf,
  parseAmount,
  quoteExactIn,
  type SwapQuote,
  swapExactIn,
} from '@fednode/contracts'
import { askThenAct } from '../../chain/ask-then-act.ts'
import { connectToAct } from '../../chain/connect-as.ts'
import { deadlineAfter } from '../../chain/deadline-after.ts'
import { minedOutcome } from '../../chain/mined-outcome.ts'
import type { Outcome } from '../../framework/command.ts'
import type { Context } from '../../framework/context.ts'
import { amountText } from '../../framework/number-text.ts'
import type { ArgsOf } from '../../framework/option.ts'
import type { tradeArguments, tradeOptions } from '../../options/trade.ts'
import { impactLines } from './impact-warning.ts'
import { type ListedToken, type Market, readMarket, tokenOf } from './market.ts'
import { namingTokens } from './name-tokens.ts'

/** Arguments and options of `market buy`, `market sell` and `market quote`. */
export type TradeArgs = ArgsOf<typeof tradeArguments> & ArgsOf<typeof tradeOptions>
/** buy: currency in, the silo's token out. sell: the other way round. */
export type Side = 'buy' | 'sell'
/** A trade whose amount and directory are checked. */
export type TradeOptions = TradeArgs & { readonly directory: string; readonly amountIn: bigint }

/** A quote with what it protects against. */
export type Offer = {
  readonly side: Side
  readonly market: Market
  readonly listed: ListedToken
  readonly quote: SwapQuote
  readonly minOut: bigint
}

/** Quotes, shows, asks, and swaps at the quoted price or not much worse (T57). */
export async function trade(side: Side, options: TradeOptions, context: Context): Promise<Outcome> {
  const account = await connectToAct(options, context)
  try {
    const market = await readMarket(account, options)
    return await namingTokens(market, async () => {
      const offer = await makeOffer(account, { side, market }, options)
      const deed = {
        foretold: { data: offerData(offer), text: describeOffer(offer) },
        question: side === 'buy' ? 'Buy?' : 'Sell?',
        act: (by: ChainAccount) => execute(by, offer, options),
      }
      return askThenAct(account, deed, { options, context })
    })
  } finally {
    await account.close()
  }
}

/** What the pool would give now. */
export async function makeOffer(
  reader: ChainReader,
  { side, market }: Pick<Offer, 'side' | 'market'>,
  options: Pick<TradeOptions, 'silo' | 'amountIn' | 'tolerance'>,
): Promise<Offer> {
  const listed = tokenOf(market, options.silo)
  const quote = await quoteExactIn(reader, {
    ...pairOf(side, market, listed),
    amountIn: options.amountIn,
  })
  return { side, market, listed, quote, minOut: minOutOf(quote.amountOut, options.tolerance) }
}

/** A quote in plain words, with a warning when the trade itself moves the price a lot. */
export function describeOffer({ side, listed, quote, minOut }: Offer): string {
  const [paid, received] = side === 'buy' ? ['CUR', listed.name] : [listed.name, 'CUR']
  const lines = [
    `${side} ${listed.name}`,
    `  you pay       ${amountText(quote.amountIn, 6)} ${paid}`,
    `  you receive   ${amountText(quote.amountOut, 6)} ${received}, at least ${amountText(minOut, 6)}`,
    `  fee           ${amountText(quote.feeIn, 6)} ${paid}`,
    ...impactLines(quote.priceImpact),
  ]
  return lines.join('\n')
}

/** A quote as JSON; amounts in wei. */
export function offerData({ side, listed, quote, minOut }: Offer): object {
  const { amountIn, amountOut, feeIn, priceImpact } = quote
  return {
    side,
    silo: listed.name,
    token: listed.token,
    amountIn,
    amountOut,
    minOut,
    feeIn,
    priceImpact,
  }
}

/** Checks the amount and resolves the directory. */
export function tradeInit(args: TradeArgs, directory: string): TradeOptions {
  return { ...args, directory, amountIn: parseAmount(args.amount) }
}

async function execute(
  account: ChainAccount,
  offer: Offer,
  options: TradeOptions,
): Promise<Outcome> {
  const { side, market, listed, minOut } = offer
  const { amountIn } = options
  const deadline = await deadlineAfter(account, options.deadline)
  const pair = pairOf(side, market, listed)
  const mined = await swapExactIn(account, { ...pair, amountIn, minOut, deadline })
  const { amountOut } = mined
  const text =
    side === 'buy'
      ? `bought ${amountText(amountOut, 6)} ${listed.name} for ${amountText(amountIn, 6)} CUR`
      : `sold ${amountText(amountIn, 6)} ${listed.name} for ${amountText(amountOut, 6)} CUR`
  const data = { side, silo: listed.name, token: listed.token, amountIn, amountOut }
  return minedOutcome({ data, text }, mined)
}

function pairOf(side: Side, { state, pool }: Market, listed: ListedToken) {
  const { currency } = state.params
  return side === 'buy'
    ? { pool: pool.pool, tokenIn: currency, tokenOut: listed.token }
    : { pool: pool.pool, tokenIn: listed.token, tokenOut: currency }
}
