import path from 'node:path'
import { claim, claimLp, type Portfolio, readPortfolio, readScenario } from '@fednode/contracts'
import { connectAs } from '../../../chain/connect-as.ts'
import { ownAddress } from '../../../chain/own-address.ts'
import { requireGasMoney } from '../../../chain/require-gas-money.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { trusted } from '../../market/market.ts'
import type { claimArguments, claimOptions } from './options.ts'

type Args = ArgsOf<typeof claimArguments> & ArgsOf<typeof claimOptions>
type Options = Args & { readonly directory: string }

export function init(args: Args, { cwd }: Context): Options {
  return { ...args, directory: path.resolve(cwd, args.dir) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { scenario, dir, dryRun } = options
  const account = await connectAs(options, context)
  try {
    const holder = options.holder ?? ownAddress(account)
    await readScenario(account, trusted(options))
    const portfolio = await readPortfolio(account, { scenario, holder })
    if (dryRun) return foretell(portfolio)
    await requireGasMoney(account, dir)
    const tokens = await claim(account, { scenario, holder })
    const { lp } = portfolio
    const shares =
      lp === null || lp.owed === 0n ? null : await claimLp(account, { pool: lp.pool, holder })
    const fromTokens = tokens?.paid ?? 0n
    const fromPool = shares?.paid ?? 0n
    const gasUsed = (tokens?.gasUsed ?? 0n) + (shares?.gasUsed ?? 0n)
    const hashes = [tokens, shares].flatMap((mined) => (mined === null ? [] : [mined.hash]))
    return {
      data: { holder, fromTokens, fromPool, paid: fromTokens + fromPool, gasUsed, hashes },
      text: describeClaim({ holder, fromTokens, fromPool, hashes }),
    }
  } finally {
    await account.close()
  }
}

function foretell({ holder, tokens, lp }: Portfolio): Outcome {
  const fromTokens = tokens.reduce((sum, { owed }) => sum + owed, 0n)
  const fromPool = lp?.owed ?? 0n
  return {
    data: { holder, fromTokens, fromPool, paid: fromTokens + fromPool, dryRun: true },
    text: `${holder} would be paid ${amountText(fromTokens + fromPool, 6)} CUR now`,
  }
}

function describeClaim(claimed: {
  readonly holder: string
  readonly fromTokens: bigint
  readonly fromPool: bigint
  readonly hashes: readonly string[]
}): string {
  const { holder, fromTokens, fromPool, hashes } = claimed
  if (hashes.length === 0) return `${holder} has nothing to claim now`
  return [
    `paid ${amountText(fromTokens + fromPool, 6)} CUR to ${holder}`,
    `  for client tokens  ${amountText(fromTokens, 6)}`,
    `  for pool shares    ${amountText(fromPool, 6)}`,
    ...hashes.map((hash) => `  transaction ${hash}`),
  ].join('\n')
}
