import path from 'node:path'
import { openMarket, readScenario, type ScenarioState } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { connectToAct } from '../../../chain/connect-as.ts'
import type { Outcome } from '../../../framework/command.ts'
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
  const account = await connectToAct(options, context)
  try {
    const state = await readScenario(account, trusted(options))
    requirePool(state)
    requireRegistered(state)
    return await askThenAct(account, openingOf(state), { options, context })
  } finally {
    await account.close()
  }
}

function openingOf({ address: scenario, params }: ScenarioState): Deed {
  const { seedCurrency } = params
  const amount = amountText(seedCurrency, 2)
  const share = percentText(shareOf(params.currencyWeight), 2)
  return {
    foretold: {
      data: { scenario, seedCurrency },
      text: `You bring ${amount} CUR and get ${share} of the pool's shares.`,
    },
    question: 'Open the market?',
    async act(account) {
      const { lpShares, hash, gasUsed } = await openMarket(account, { scenario })
      return {
        data: { scenario, seedCurrency, lpShares, hash, gasUsed },
        text: `market open with ${amount} CUR\nNext: fednode market price ${scenario}`,
      }
    },
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
