import path from 'node:path'
import {
  type ChainAccount,
  claim,
  claimLp,
  type Portfolio,
  readPortfolio,
  readScenario,
} from '@fednode/contracts'
import { connectToAct } from '../../../chain/connect-as.ts'
import { ownAddress } from '../../../chain/own-address.ts'
import { requireGasMoney } from '../../../chain/require-gas-money.ts'
import { type Foretold, tryOut } from '../../../chain/try-out.ts'
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
  const account = await connectToAct(options, context)
  try {
    await readScenario(account, trusted(options))
    const holder = options.holder ?? ownAddress(account)
    const claimAll = (by: ChainAccount) => claimFor(by, options.scenario, holder)
    if (options.dryRun) {
      // The amount is of now: a trial's blocks lie in the future, where streams have paid more.
      const owed = foretell(await readPortfolio(account, { scenario: options.scenario, holder }))
      return await tryOut(account, claimAll, () => owed)
    }
    await requireGasMoney(account, options.dir)
    const claimed = await claimAll(account)
    return { data: claimed, text: describeClaim(claimed) }
  } finally {
    await account.close()
  }
}

/** What was paid, in wei; one hash for each transaction that was needed. */
type Claimed = {
  readonly holder: string
  readonly fromTokens: bigint
  readonly fromPool: bigint
  readonly paid: bigint
  readonly gasUsed: bigint
  readonly hashes: readonly string[]
}

async function claimFor(
  account: ChainAccount,
  scenario: `0x${string}`,
  holder: `0x${string}`,
): Promise<Claimed> {
  const { lp } = await readPortfolio(account, { scenario, holder })
  const tokens = await claim(account, { scenario, holder })
  const shares =
    lp === null || lp.owed === 0n ? null : await claimLp(account, { pool: lp.pool, holder })
  const fromTokens = tokens?.paid ?? 0n
  const fromPool = shares?.paid ?? 0n
  return {
    holder,
    fromTokens,
    fromPool,
    paid: fromTokens + fromPool,
    gasUsed: (tokens?.gasUsed ?? 0n) + (shares?.gasUsed ?? 0n),
    hashes: [tokens, shares].flatMap((mined) => (mined === null ? [] : [mined.hash])),
  }
}

function foretell({ holder, tokens, lp }: Portfolio): Foretold {
  const fromTokens = tokens.reduce((sum, { owed }) => sum + owed, 0n)
  const fromPool = lp?.owed ?? 0n
  const paid = fromTokens + fromPool
  return {
    data: { holder, fromTokens, fromPool, paid },
    text: `${holder} would be paid ${amountText(paid, 6)} CUR now`,
  }
}

function describeClaim({ holder, fromTokens, fromPool, paid, hashes }: Claimed): string {
  if (hashes.length === 0) return `${holder} has nothing to claim now`
  return [
    `paid ${amountText(paid, 6)} CUR to ${holder}`,
    `  for client tokens  ${amountText(fromTokens, 6)}`,
    `  for pool shares    ${amountText(fromPool, 6)}`,
    ...hashes.map((hash) => `  transaction ${hash}`),
  ].join('\n')
}
