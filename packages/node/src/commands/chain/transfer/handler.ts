import path from 'node:path'
import {
  type ChainAccount,
  formatAmount,
  parseAddress,
  parseAmount,
  readPortfolio,
  readScenario,
  transferToken,
} from '@fednode/contracts'
import { connectToAct } from '../../../chain/connect-as.ts'
import { ownAddress } from '../../../chain/own-address.ts'
import { requireGasMoney } from '../../../chain/require-gas-money.ts'
import { tryOut } from '../../../chain/try-out.ts'
import type { Outcome } from '../../../framework/command.ts'
import { confirm } from '../../../framework/confirm.ts'
import type { Context } from '../../../framework/context.ts'
import { countText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { trusted } from '../../market/market.ts'
import { assetOf, requireHeld } from './asset.ts'
import { checkRecipient } from './check-recipient.ts'
import type { transferArguments, transferOptions } from './options.ts'

type Args = ArgsOf<typeof transferArguments> & ArgsOf<typeof transferOptions>
type Options = Args & {
  readonly directory: string
  readonly recipient: `0x${string}`
  readonly wei: bigint
}

export function init(args: Args, { cwd }: Context): Options {
  const directory = path.resolve(cwd, args.dir)
  return { ...args, directory, recipient: parseAddress(args.to), wei: parseAmount(args.amount) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { scenario, recipient: to, wei } = options
  const account = await connectToAct(options, context)
  try {
    const state = await readScenario(account, trusted(options))
    const warnings = await checkRecipient(account, { state, to })
    const holder = ownAddress(account)
    const asset = assetOf(await readPortfolio(account, { scenario, holder }), options.asset)
    requireHeld(asset, wei)
    const what = `${formatAmount(wei)} ${asset.unit}`
    const data = { asset: asset.name, token: asset.token, from: holder, to, amount: wei }
    const send = (by: ChainAccount) => transferToken(by, { token: asset.token, to, amount: wei })
    const offer = [`send ${what}`, `  from  ${holder}`, `  to    ${to}`, ...warnings].join('\n')
    if (options.dryRun) return await tryOut(account, send, () => ({ data, text: offer }))
    await requireGasMoney(account, options.dir)
    if (!options.yes) {
      context.stderr.write(`${offer}\n`)
      await confirm(
        context,
        'Send? Nobody can take it back.',
        'Add  --yes  to send it, or  --dry-run  to look.',
      )
    }
    const { hash, gasUsed } = await send(account)
    return {
      data: { ...data, hash, gasUsed },
      text: `sent ${what} to ${to}\n  transaction ${hash}, gas ${countText(gasUsed)}`,
    }
  } finally {
    await account.close()
  }
}
