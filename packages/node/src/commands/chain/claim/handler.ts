import path from 'node:path'
import {
  type ChainAccount,
  claim,
  claimLp,
  type Portfolio,
  readPortfolio,
  readScenario,
  withdrawBond,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
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
  const { scenario, bond } = options
  const account = await connectToAct(options, context)
  try {
    await readScenario(account, trusted(options))
    const holder = options.holder ?? ownAddress(account)
    if (bond) requireOwn(account, holder)
    const claimAll = (by: ChainAccount) => claimFor(by, { scenario, holder, bond })
    if (options.dryRun) {
      // The amount is of now: a trial's blocks lie in the future, where streams have paid more.
      const owed = foretell(await readPortfolio(account, { scenario, holder }), bond)
      return await tryOut(account, claimAll, () => owed)
    }
    await requireGasMoney(account, options.dir)
    const claimed = await claimAll(account)
    return { data: claimed, text: describeClaim(claimed) }
  } finally {
    await account.close()
  }
}

/** What is owed or was paid, in wei. */
type Payment = {
  readonly holder: string
  readonly fromTokens: bigint
  readonly fromPool: bigint
  readonly fromBonds: bigint
  readonly paid: bigint
}

/** One hash for each transaction that was needed. */
type Claimed = Payment & { readonly gasUsed: bigint; readonly hashes: readonly string[] }

type Claim = {
  readonly scenario: `0x${string}`
  readonly holder: `0x${string}`
  readonly bond: boolean
}

async function claimFor(
  account: ChainAccount,
  { scenario, holder, bond }: Claim,
): Promise<Claimed> {
  const { lp } = await readPortfolio(account, { scenario, holder })
  const tokens = await claim(account, { scenario, holder })
  const shares =
    lp === null || lp.owed === 0n ? null : await claimLp(account, { pool: lp.pool, holder })
  const bonds = bond ? await withdrawBond(account, { scenario }) : null
  const mined = [tokens, shares, bonds].flatMap((one) => one ?? [])
  return {
    ...totalled({
      holder,
      fromTokens: tokens?.paid ?? 0n,
      fromPool: shares?.paid ?? 0n,
      fromBonds: bonds?.amount ?? 0n,
    }),
    gasUsed: mined.reduce((sum, { gasUsed }) => sum + gasUsed, 0n),
    hashes: mined.map(({ hash }) => hash),
  }
}

function totalled(parts: Omit<Payment, 'paid'>): Payment {
  return { ...parts, paid: parts.fromTokens + parts.fromPool + parts.fromBonds }
}

function foretell({ holder, tokens, lp, bondCredit }: Portfolio, bond: boolean): Foretold {
  const fromTokens = tokens.reduce((sum, { owed }) => sum + owed, 0n)
  const fromBonds = bond ? bondCredit : 0n
  const data = totalled({ holder, fromTokens, fromPool: lp?.owed ?? 0n, fromBonds })
  return { data, text: `${holder} would be paid ${amountText(data.paid, 6)} CUR now` }
}

function requireOwn(account: ChainAccount, holder: string): void {
  if (holder === ownAddress(account)) return
  throw new UserError('usage', '--bond pays whoever staked, who must ask for it himself', {
    code: 'BAD_OPTION',
    hint: 'Leave out --holder, or --bond.',
  })
}

function describeClaim(claimed: Claimed): string {
  const { holder, fromTokens, fromPool, fromBonds, paid, hashes } = claimed
  if (hashes.length === 0) return `${holder} has nothing to claim now`
  return [
    `paid ${amountText(paid, 6)} CUR to ${holder}`,
    `  for client tokens  ${amountText(fromTokens, 6)}`,
    `  for pool shares    ${amountText(fromPool, 6)}`,
    ...(fromBonds === 0n ? [] : [`  bonds back         ${amountText(fromBonds, 6)}`]),
    ...hashes.map((hash) => `  transaction ${hash}`),
  ].join('\n')
}
