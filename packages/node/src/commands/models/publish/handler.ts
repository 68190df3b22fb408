import path from 'node:path'
import { listModel, type NewListing, parseAmount } from '@fednode/contracts'
import { digestOfCid, UserError } from '@fednode/protocol'
import { zeroAddress } from 'viem'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { findModel, type ModelChoice } from '../../../model/find-model.ts'
import { modelChoice } from '../../../model/model-choice.ts'
import type { publishArguments, publishOptions } from './options.ts'

type Args = ArgsOf<typeof publishArguments> & ArgsOf<typeof publishOptions>
type Options = Args & {
  readonly directory: string
  readonly choice: ModelChoice
  readonly wei: bigint
}

export function init(args: Args, { cwd }: Context): Options {
  if ((args.pot === undefined) !== (args.potBps === undefined)) {
    throw new UserError('usage', '--pot and --pot-bps belong together', {
      code: 'MISSING_OPTION',
      hint: 'Say which Scenario has a part of the revenue, and how large it is.',
    })
  }
  const directory = path.resolve(cwd, args.dir)
  return { ...args, directory, choice: modelChoice(args, cwd), wei: parseAmount(args.price) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { choice, pot = zeroAddress, potBps = 0, wei: price } = options
  const { manifest, modelCid } = await findModel(choice)
  const model = digestOfCid(modelCid)
  return inNetwork(options, context, async (account, { contracts }) => {
    const { market } = contracts
    const listing = { market, model, price, scenario: pot, scenarioBps: potBps }
    return askThenAct(account, publication(listing, { name: manifest.name, ...options }), {
      options,
      context,
    })
  })
}

function publication(
  listing: NewListing,
  { name, price, dir }: { readonly name: string; readonly price: string; readonly dir: string },
): Deed {
  const { model, scenario, scenarioBps } = listing
  const terms = { model, price: listing.price, scenario, scenarioBps }
  const pot = scenarioBps === 0 ? '' : `; ${scenarioBps / 100} % for the next round of ${scenario}`
  const what = `the model of "${name}" at ${price} FDN a row${pot}`
  return {
    foretold: { data: terms, text: `offer ${what}\n  model  ${model}` },
    question: 'Publish?',
    async act(account) {
      const { listing: number, ...mined } = await listModel(account, listing)
      const text = `listing ${number}: ${what}\nNext: fednode models serve ${number} --dir ${dir}`
      return minedOutcome({ data: { listing: number, ...terms }, text }, mined)
    },
  }
}
