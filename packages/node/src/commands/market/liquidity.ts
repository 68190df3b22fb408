import {
  amountsForShares,
  amountsOfShares,
  type ChainAccount,
  exitProportional,
  joinProportional,
  maxInOf,
  minOutOf,
  parseAmount,
  readBlockTime,
} from '@fednode/contracts'
import { connectAs } from '../../chain/connect-as.ts'
import { cleanText } from '../../framework/clean-line.ts'
import type { Outcome } from '../../framework/command.ts'
import { confirm } from '../../framework/confirm.ts'
import type { Context } from '../../framework/context.ts'
import { amountText } from '../../framework/number-text.ts'
import type { ArgsOf } from '../../framework/option.ts'
import { textTable } from '../../framework/text-table.ts'
import type { liquidityArguments, liquidityOptions } from '../../options/liquidity.ts'
import { type Market, readMarket } from './market.ts'

const DECIMALS = 6

/** Arguments and options of `market add-liquidity` and `market remove-liquidity`. */
export type LiquidityArgs = ArgsOf<typeof liquidityArguments> & ArgsOf<typeof liquidityOptions>
/** add: tokens in, pool shares out. remove: the other way round. */
export type Direction = 'add' | 'remove'
/** A change of liquidity whose amount and directory are checked. */
export type LiquidityOptions = LiquidityArgs & {
  readonly directory: string
  readonly lpShares: bigint
}

type Offer = {
  readonly direction: Direction
  readonly market: Market
  readonly lpShares: bigint
  /** wei, currency first. */
  readonly amounts: readonly bigint[]
}

/** Checks the amount and resolves the directory. */
export function liquidityInit(args: LiquidityArgs, directory: string): LiquidityOptions {
  return { ...args, directory, lpShares: parseAmount(args.shares) }
}

/** Shows what goes in or comes out of every token, asks, and does it at that price or not much worse (T57). */
export async function changeLiquidity(
  direction: Direction,
  options: LiquidityOptions,
  context: Context,
): Promise<Outcome> {
  const account = await connectAs(options, context)
  try {
    const market = await readMarket(account, options)
    const { lpShares } = options
    const amountsOf = direction === 'add' ? amountsForShares : amountsOfShares
    const offer = { direction, market, lpShares, amounts: amountsOf(market.pool, lpShares) }
    if (options.dryRun) return { data: dataOf(offer), text: describe(offer) }
    if (!options.yes) {
      context.stderr.write(`${cleanText(describe(offer))}\n`)
      const question = direction === 'add' ? 'Add liquidity?' : 'Remove liquidity?'
      await confirm(context, question, 'Add  --yes  to do it, or  --dry-run  to look.')
    }
    return await execute(account, offer, options)
  } finally {
    await account.close()
  }
}

async function execute(
  account: ChainAccount,
  offer: Offer,
  { tolerance, deadline: seconds }: LiquidityOptions,
): Promise<Outcome> {
  const { direction, market, lpShares, amounts } = offer
  const { pool } = market.pool
  const deadline = (await readBlockTime(account)) + BigInt(seconds)
  const mined =
    direction === 'add'
      ? await joinProportional(account, {
          pool,
          lpOut: lpShares,
          maxIn: amounts.map((amount) => maxInOf(amount, tolerance)),
          deadline,
        })
      : await exitProportional(account, {
          pool,
          lpIn: lpShares,
          minOut: amounts.map((amount) => minOutOf(amount, tolerance)),
          deadline,
        })
  const { hash, gasUsed } = mined
  const done = { ...offer, amounts: mined.amounts }
  const gas = Number(gasUsed).toLocaleString('en-US')
  return {
    data: { ...dataOf(done), hash, gasUsed },
    text: `${describe(done)}\n  transaction ${hash}, gas ${gas}`,
  }
}

function dataOf({ direction, market, lpShares, amounts }: Offer): Record<string, unknown> {
  const tokens = namesOf(market).map((name, at) => ({ name, amount: amounts[at] ?? 0n }))
  return { direction, lpShares, tokens }
}

function describe({ direction, market, lpShares, amounts }: Offer): string {
  const title = `${direction} liquidity: ${amountText(lpShares, DECIMALS)} pool shares for`
  const rows = namesOf(market).map((name, at) => [
    `  ${name}`,
    amountText(amounts[at] ?? 0n, DECIMALS),
  ])
  return [title, textTable(['  token', 'amount'], rows, { textColumns: [0] })].join('\n')
}

/** In the pool's order: the currency, then the silos. */
function namesOf({ state }: Market): readonly string[] {
  return ['CUR', ...state.clients.map(({ name }) => name)]
}
