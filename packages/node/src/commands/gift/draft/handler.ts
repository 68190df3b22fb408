import path from 'node:path'
import { formatAmount, parseAmount, readDelegators } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { openNetwork } from '../../../chain/open-network.ts'
import { accountsText } from '../../../claims/accounts-text.ts'
import { splitTotal } from '../../../claims/split-total.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { csvText } from '../../../framework/csv-text.ts'
import { exactAmountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { writeResult } from '../../../model/write-result.ts'
import { withReader } from '../../market/market.ts'
import { placeOf } from '../../stake/stake-place.ts'
import type { draftArguments, draftOptions } from './options.ts'

type Args = ArgsOf<typeof draftArguments> & ArgsOf<typeof draftOptions>
type Options = Args & { readonly file: string; readonly wei: bigint }

export function init(args: Args, { cwd }: Context): Options {
  return { ...args, file: path.resolve(cwd, args.out), wei: parseAmount(args.total) }
}

/** @throws {UserError} refused NO_DELEGATORS; usage CANNOT_WRITE. */
export async function run(options: Options): Promise<Outcome> {
  const { file, operator, wei } = options
  return withReader(options, async (reader) => {
    const network = await openNetwork(reader, options)
    const place = placeOf(network, { ...options, locked: false }, operator)
    const found = await readDelegators(reader, { ...place, fromBlock: network.since })
    const weights = found.map(({ delegator, tokens }) => ({ account: delegator, weight: tokens }))
    const lines = splitTotal(wei, weights)
    if (lines.length === 0) throw noDelegators(place.words)
    const rows = lines.map(({ account, amount }) => [account.toLowerCase(), formatAmount(amount)])
    await writeResult(file, new TextEncoder().encode(csvText(['account', 'amount'], rows)))
    const total = lines.reduce((sum, { amount }) => sum + amount, 0n)
    const { role, task } = place.position
    const host = { operator: operator.toLowerCase(), role, task, position: place.words }
    return {
      data: { ...host, accounts: lines.length, total, file },
      text: `${exactAmountText(total)} tokens for ${accountsText(lines.length)} that delegated to ${place.words}, in ${file}\nNext: fednode gift offer ${options.out} --token 0xTOKEN --days 30`,
    }
  })
}

function noDelegators(words: string): UserError {
  return new UserError('refused', `nobody has an active delegation to ${words}`, {
    code: 'NO_DELEGATORS',
    hint: 'A delegation counts from a day after it came, once  fednode stake delegate  without AMOUNT has activated it.',
  })
}
