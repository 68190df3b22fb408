import path from 'node:path'
import { proposeForBounty } from '@fednode/contracts'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { digestOfFile } from '../digest-of-file.ts'
import { findBounty } from '../find-bounty.ts'
import { kindText } from '../kind-text.ts'
import type { submitArguments, submitOptions } from './options.ts'

type Args = ArgsOf<typeof submitArguments> & ArgsOf<typeof submitOptions>
type Options = Resolved<Args> & { readonly path: string }

export function init(args: Args, context: Context): Options {
  return { ...withDirectory(args, context), path: path.resolve(context.cwd, args.file) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const digest = await digestOfFile(options.path)
  return inNetwork(options, context, async (account, network) => {
    const { bounty, kind, amount } = await findBounty(account, network, options.bounty)
    const { market } = network.contracts
    const data = { bounty, digest }
    const what = `${options.file} (${digest}) for bounty ${bounty}: ${amountText(amount)} FDN for ${kindText(kind)}`
    const deed = {
      foretold: { data, text: `propose ${what}` },
      question: 'Propose?',
      act: async (by: typeof account) =>
        minedOutcome(
          {
            data,
            text: `proposed ${what}\nKeep the file: it is to be delivered against the award`,
          },
          await proposeForBounty(by, { market, bounty, digest }),
        ),
    }
    return askThenAct(account, deed, { options, context })
  })
}
