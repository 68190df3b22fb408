import {
  type ChainAccount,
  type ChainReader,
  exitSingle,
  joinSingle,
  type LiquidityQuote,
  minOutOf,
  quoteExitSingle,
  quoteJoinSingle,
} from '@fednode/contracts'
import type { Deed } from '../../chain/ask-then-act.ts'
import { deadlineAfter } from '../../chain/deadline-after.ts'
import { minedOutcome } from '../../chain/mined-outcome.ts'
import type { Foretold } from '../../chain/try-out.ts'
import type { Outcome } from '../../framework/command.ts'
import { amountText } from '../../framework/number-text.ts'
import { impactLines } from './impact-warning.ts'
import type { Direction, LiquidityOptions } from './liquidity.ts'
import { type Market, tokenOf } from './market.ts'

const DECIMALS = 6
const CURRENCY = 'CUR'
const POOL_SHARES = 'pool shares'

/** One token against pool shares, and the least that is accepted (T57). */
export type SingleOffer = {
  readonly direction: Direction
  readonly name: string
  readonly token: `0x${string}`
  readonly quote: LiquidityQuote
  readonly minimum: bigint
}

/** Which token, how much of what is given, and the tolerance in basis points. */
export type SingleRequest = {
  readonly token: string
  readonly amountWei: bigint
  readonly tolerance: number
}

/**
 * What the pool would give now.
 * @throws {UserError} UNKNOWN_SILO (usage). {ChainError} as quoteJoinSingle and quoteExitSingle.
 */
export async function offerSingle(
  reader: ChainReader,
  { direction, market }: { readonly direction: Direction; readonly market: Market },
  request: SingleRequest,
): Promise<SingleOffer> {
  const { token: name, amountWei, tolerance } = request
  const { pool } = market.pool
  const token = name === CURRENCY ? market.state.params.currency : tokenOf(market, name).token
  if (direction === 'add') {
    const quote = await quoteJoinSingle(reader, { pool, tokenIn: token, amountIn: amountWei })
    return { direction, name, token, quote, minimum: minOutOf(quote.lpShares, tolerance) }
  }
  const quote = await quoteExitSingle(reader, { pool, tokenOut: token, lpIn: amountWei })
  return { direction, name, token, quote, minimum: minOutOf(quote.amount, tolerance) }
}

/** An offer in plain words and as JSON; amounts in wei. */
export function foretellSingle({ direction, name, token, quote, minimum }: SingleOffer): Foretold {
  const { amount, lpShares, priceImpact } = quote
  const tokens = `${amountText(amount, DECIMALS)} ${name}`
  const shares = `${amountText(lpShares, DECIMALS)} ${POOL_SHARES}`
  const [given, received] = direction === 'add' ? [tokens, shares] : [shares, tokens]
  const minimumName = direction === 'add' ? 'minShares' : 'minAmount'
  const lines = [
    `${direction} liquidity in ${name} only`,
    `  you give      ${given}`,
    `  you receive   ${received}, at least ${amountText(minimum, DECIMALS)}`,
    ...impactLines(priceImpact),
  ]
  const data = { direction, name, token, amount, lpShares, [minimumName]: minimum, priceImpact }
  return { data, text: lines.join('\n') }
}

/** The deed that takes such an offer. */
export async function singleDeed(
  reader: ChainReader,
  change: { readonly direction: Direction; readonly market: Market },
  options: LiquidityOptions & { readonly token: string },
): Promise<Omit<Deed, 'question'>> {
  const offer = await offerSingle(reader, change, options)
  const { pool } = change.market.pool
  return {
    foretold: foretellSingle(offer),
    act: (account) => takeSingle(account, offer, { pool, seconds: options.deadline }),
  }
}

async function takeSingle(
  account: ChainAccount,
  { direction, name, token, quote, minimum }: SingleOffer,
  { pool, seconds }: { readonly pool: `0x${string}`; readonly seconds: number },
): Promise<Outcome> {
  const deadline = await deadlineAfter(account, seconds)
  const { amount, lpShares } = quote
  const what = { direction, name, token }
  if (direction === 'add') {
    const join = { pool, tokenIn: token, amountIn: amount, minLp: minimum, deadline }
    const mined = await joinSingle(account, join)
    const got = `${amountText(mined.lpShares, DECIMALS)} ${POOL_SHARES}`
    const text = `got ${got} for ${amountText(amount, DECIMALS)} ${name}`
    return minedOutcome({ data: { ...what, amount, lpShares: mined.lpShares }, text }, mined)
  }
  const exit = { pool, tokenOut: token, lpIn: lpShares, minOut: minimum, deadline }
  const mined = await exitSingle(account, exit)
  const got = `${amountText(mined.amountOut, DECIMALS)} ${name}`
  const text = `got ${got} for ${amountText(lpShares, DECIMALS)} ${POOL_SHARES}`
  return minedOutcome({ data: { ...what, amount: mined.amountOut, lpShares }, text }, mined)
}
