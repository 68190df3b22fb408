import path from 'node:path'
import {
  formatAmount,
  parseAddress,
  parseAmount,
  readPortfolio,
  readScenario,
  transferToken,
} from '@fednode/contracts'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { connectToAct } from '../../../chain/connect-as.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { ownAddress } from '../../../chain/own-address.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { trusted } from '../../market/market.ts'
import { type Asset, assetOf, requireHeld } from './asset.ts'
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
    return await askThenAct(account, transferOf({ asset, holder, to, wei, warnings }), {
      options,
      context,
    })
  } finally {
    await account.close()
  }
}

function transferOf(transfer: {
  readonly asset: Asset
  readonly holder: string
  readonly to: `0x${string}`
  readonly wei: bigint
  readonly warnings: readonly string[]
}): Deed {
  const { asset, holder, to, wei: amount, warnings } = transfer
  const { token } = asset
  const what = `${formatAmount(amount)} ${asset.unit}`
  const data = { asset: asset.name, token, from: holder, to, amount }
  return {
    foretold: {
      data,
      text: [`send ${what}`, `  from  ${holder}`, `  to    ${to}`, ...warnings].join('\n'),
    },
    question: 'Send? Nobody can take it back.',
    async act(account) {
      const mined = await transferToken(account, { token, to, amount })
      return minedOutcome({ data, text: `sent ${what} to ${to}` }, mined)
    },
  }
}
