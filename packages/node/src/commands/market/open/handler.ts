import path from 'node:path'
import { type ChainAccount, openMarket, readScenario, type ScenarioState } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { connectToAct } from '../../../chain/connect-as.ts'
import { requireGasMoney } from '../../../chain/require-gas-money.ts'
import { tryOut } from '../../../chain/try-out.ts'
import type { Outcome } from '../../../framework/command.ts'
import { confirm } from '../../../framework/confirm.ts'
import type { Context } from '../../../framework/context.ts'
import { amountText, percentText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { requirePool, trusted } from '../market.ts'
import { shareOf } from '../share-of.ts'
import type { openArguments, openOptions } from './options.ts'

type Args = ArgsOf<typeof openArguments> & ArgsOf<typeof openOptions>
type Options = Args & { readonly directory: string }

export function init(args: Args, { cwd }: Context): Options {
  return { ...args, directory: path.resolve(cwd, args.dir) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { scenario, dir, yes } = options
  const account = await connectToAct(options, context)
  try {
    const state = await readScenario(account, trusted(options))
    requirePool(state)
    requireRegistered(state)
    const { params } = state
    const amount = amountText(params.seedCurrency, 2)
    const share = percentText(shareOf(params.currencyWeight), 2)
    const offer = `You bring ${amount} CUR and get ${share} of the pool's shares.`
    const open = (by: ChainAccount) => openMarket(by, { scenario })
    if (options.dryRun) {
      return await tryOut(account, open, ({ lpShares }) => ({
        data: { scenario, seedCurrency: params.seedCurrency, lpShares },
        text: offer,
      }))
    }
    await requireGasMoney(account, dir)
    if (!yes) {
      context.stderr.write(`${offer}\n`)
      await confirm(context, 'Open the market?', 'Add  --yes  to open it.')
    }
    const { lpShares, hash, gasUsed } = await open(account)
    return {
      data: { scenario, seedCurrency: params.seedCurrency, lpShares, hash, gasUsed },
      text: `market open with ${amount} CUR\nNext: fednode market price ${scenario}`,
    }
  } finally {
    await account.close()
  }
}

/** The pool holds every silo's token, so nobody may come later. */
function requireRegistered({ phase, clients, params, address }: ScenarioState): void {
  if (phase !== 'registering') return
  throw new UserError(
    'refused',
    `silos still register (${clients.length} of at most ${params.maxClients}): the market opens when registration is closed`,
    {
      code: 'REGISTRATION_RUNNING',
      hint: `The aggregator closes it; see  fednode chain status ${address}`,
    },
  )
}
