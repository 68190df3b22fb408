import {
  amountsForShares,
  amountsOfShares,
  type ChainAccount,
  exitProportional,
  joinProportional,
  maxInOf,
  minOutOf,
} from '@fednode/contracts'
import type { Deed } from '../../chain/ask-then-act.ts'
import { deadlineAfter } from '../../chain/deadline-after.ts'
import { minedOutcome } from '../../chain/mined-outcome.ts'
import type { Outcome } from '../../framework/command.ts'
import { amountText } from '../../framework/number-text.ts'
import { textTable } from '../../framework/text-table.ts'
import type { Direction, LiquidityOptions } from './liquidity.ts'
import { listedTokens, type Market } from './market.ts'

const DECIMALS = 6

/** Pool shares against all tokens in the pool's proportions; wei, the currency first. */
type Offer = {
  readonly direction: Direction
  readonly pool: `0x${string}`
  readonly names: readonly string[]
  readonly lpShares: bigint
  readonly amounts: readonly bigint[]
  /** The most that is given, or the least that is accepted, of each (T57). */
  readonly limits: readonly bigint[]
}

/** The deed that moves liquidity in all tokens at once. */
export function proportionalDeed(
  { direction, market }: { readonly direction: Direction; readonly market: Market },
  { amountWei: lpShares, tolerance, deadline }: LiquidityOptions,
): Omit<Deed, 'question'> {
  const [amountsOf, limitOf] =
    direction === 'add' ? [amountsForShares, maxInOf] : [amountsOfShares, minOutOf]
  const amounts = amountsOf(market.pool, lpShares)
  const offer: Offer = {
    direction,
    pool: market.pool.pool,
    names: ['CUR', ...listedTokens(market).map(({ name }) => name)],
    lpShares,
    amounts,
    limits: amounts.map((amount) => limitOf(amount, tolerance)),
  }
  return {
    foretold: { data: dataOf(offer), text: describe(offer) },
    act: (account) => take(account, offer, deadline),
  }
}

async function take(account: ChainAccount, offer: Offer, seconds: number): Promise<Outcome> {
  const { direction, pool, lpShares, limits } = offer
  const deadline = await deadlineAfter(account, seconds)
  const mined =
    direction === 'add'
      ? await joinProportional(account, { pool, lpOut: lpShares, maxIn: limits, deadline })
      : await exitProportional(account, { pool, lpIn: lpShares, minOut: limits, deadline })
  const tokens = offer.names.map((name, at) => ({ name, amount: mined.amounts[at] ?? 0n }))
  const word = direction === 'add' ? 'got' : 'gave'
  const moved = tokens.map(({ name, amount }) => `  ${amountText(amount, DECIMALS)} ${name}`)
  const text = [`${word} ${amountText(lpShares, DECIMALS)} pool shares for`, ...moved].join('\n')
  return minedOutcome({ data: { direction, lpShares, tokens }, text }, mined)
}

function dataOf({ direction, names, lpShares, amounts, limits }: Offer) {
  const limitName = direction === 'add' ? 'atMost' : 'atLeast'
  const tokens = names.map((name, at) => ({
    name,
    amount: amounts[at] ?? 0n,
    [limitName]: limits[at] ?? 0n,
  }))
  return { direction, lpShares, tokens }
}

function describe({ direction, names, lpShares, amounts, limits }: Offer): string {
  const title = `${direction} liquidity: ${amountText(lpShares, DECIMALS)} pool shares for`
  const rows = names.map((name, at) => [
    `  ${name}`,
    amountText(amounts[at] ?? 0n, DECIMALS),
    amountText(limits[at] ?? 0n, DECIMALS),
  ])
  const limit = direction === 'add' ? 'at most' : 'at least'
  return [title, textTable(['  token', 'amount', limit], rows, { textColumns: [0] })].join('\n')
}
