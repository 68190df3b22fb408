import path from 'node:path'
import { parseAmount } from '@fednode/contracts'
import { askThenAct } from '../../chain/ask-then-act.ts'
import { connectToAct } from '../../chain/connect-as.ts'
import type { Outcome } from '../../framework/command.ts'
import type { Context } from '../../framework/context.ts'
import type { ArgsOf } from '../../framework/option.ts'
import type { addLiquidityArguments, liquidityOptions } from '../../options/liquidity.ts'
import { readMarket } from './market.ts'
import { namingTokens } from './name-tokens.ts'
import { proportionalDeed } from './proportional-liquidity.ts'
import { singleDeed } from './single-liquidity.ts'

/** Arguments and options of `market add-liquidity` and `market remove-liquidity`. */
export type LiquidityArgs = ArgsOf<typeof addLiquidityArguments> & ArgsOf<typeof liquidityOptions>
/** add: tokens in, pool shares out. remove: the other way round. */
export type Direction = 'add' | 'remove'
/** A change of liquidity whose amount and directory are checked. */
export type LiquidityOptions = LiquidityArgs & {
  readonly directory: string
  readonly amountWei: bigint
}

/** Checks the amount and resolves the directory. */
export function liquidityInit(args: LiquidityArgs, { cwd }: Context): LiquidityOptions {
  const directory = path.resolve(cwd, args.dir)
  return { ...args, directory, amountWei: parseAmount(args.amount) }
}

/** Shows what goes in and what comes out, asks, and does it at that price or not much worse (T57). */
export async function changeLiquidity(
  direction: Direction,
  options: LiquidityOptions,
  context: Context,
): Promise<Outcome> {
  const account = await connectToAct(options, context)
  try {
    const market = await readMarket(account, options)
    return await namingTokens(market, async () => {
      const { token } = options
      const deed =
        token === undefined
          ? proportionalDeed({ direction, market }, options)
          : await singleDeed(account, { direction, market }, { ...options, token })
      const question = direction === 'add' ? 'Add liquidity?' : 'Remove liquidity?'
      return askThenAct(account, { ...deed, question }, { options, context })
    })
  } finally {
    await account.close()
  }
}
