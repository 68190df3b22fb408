import path from 'node:path'
import { type NewBounty, openBounty, parseAmount } from '@fednode/contracts'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { digestOfFile } from '../digest-of-file.ts'
import { kindText } from '../kind-text.ts'
import type { openArguments, openOptions } from './options.ts'

type Args = ArgsOf<typeof openArguments> & ArgsOf<typeof openOptions>
type Options = Resolved<Args> & { readonly file: string; readonly wei: bigint }

const SECONDS_A_DAY = 86_400

export function init(args: Args, context: Context): Options {
  const file = path.resolve(context.cwd, args.spec)
  return { ...withDirectory(args, context), file, wei: parseAmount(args.amount) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const spec = await digestOfFile(options.file)
  const { kind, wei: amount, days } = options
  return inNetwork(options, context, async (account, { contracts: { market } }) => {
    const bounty = { market, kind, spec, amount, seconds: days * SECONDS_A_DAY }
    return askThenAct(account, opening(bounty, options), { options, context })
  })
}

function opening(
  wanted: NewBounty,
  { spec: file, amount, days }: Pick<Options, 'spec' | 'amount' | 'days'>,
): Deed {
  const { market: _, ...data } = wanted
  const what = `${amount} FDN for ${kindText(wanted.kind)} as ${file} says`
  return {
    foretold: {
      data,
      text: `put ${what}\n  digest  ${wanted.spec}\n  ${days} days for proposals, then 14 to award it; after that it goes back`,
    },
    question: 'Open the bounty?',
    async act(account) {
      const { bounty, ...mined } = await openBounty(account, wanted)
      const text = `bounty ${bounty}: ${what}\nNext: give ${file} to whom it concerns;  fednode bounty list  shows what was proposed`
      return minedOutcome({ data: { bounty, ...data }, text }, mined)
    },
  }
}
