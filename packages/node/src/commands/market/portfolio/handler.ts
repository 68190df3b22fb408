import path from 'node:path'
import { type Portfolio, readPortfolio, readScenario } from '@fednode/contracts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import { addressOf } from '../../../identity/account-source.ts'
import { trusted, withReader } from '../market.ts'
import type { portfolioArguments, portfolioOptions } from './options.ts'

type Args = ArgsOf<typeof portfolioArguments> & ArgsOf<typeof portfolioOptions>
type Options = Args & { readonly directory: string }

export function init(args: Args, { cwd }: Context): Options {
  return { ...args, directory: path.resolve(cwd, args.dir) }
}

export async function run(options: Options, { cwd }: Context): Promise<Outcome> {
  const holder = options.holder ?? (await addressOf(options, cwd))
  return withReader(options, async (reader) => {
    const { scenario } = options
    // Refuses what is no Scenario with a clear line before anything is read from it.
    await readScenario(reader, trusted(options))
    const portfolio = await readPortfolio(reader, { scenario, holder })
    return { data: portfolio, text: describePortfolio(portfolio, scenario) }
  })
}

/** Balances in whole tokens, and the command that claims. */
export function describePortfolio(portfolio: Portfolio, scenario: string): string {
  const { holder, currency, tokens, lp, bondCredit } = portfolio
  const rows = [
    ['CUR', amountText(currency.balance, 6), ''],
    ...tokens.map(({ name, balance, owed }) => [name, amountText(balance, 6), amountText(owed, 6)]),
    ...(bondCredit === 0n ? [] : [['free bonds', '', amountText(bondCredit, 6)]]),
    ...(lp === null ? [] : [['pool shares', amountText(lp.balance, 6), amountText(lp.owed, 6)]]),
  ]
  const table = textTable(['', 'held', 'claimable CUR'], rows, { textColumns: [0] })
  const bond = bondCredit === 0n ? '' : ' --bond'
  return `${holder}\n${table}\nNext: fednode chain claim ${scenario}${bond}`
}
