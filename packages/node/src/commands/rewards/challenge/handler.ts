import path from 'node:path'
import { type ChainAccount, challengeRewardRoot, readRewards } from '@fednode/contracts'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { durationText } from '../../../framework/duration-text.ts'
import { exactAmountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { digestOfFile } from '../../bounty/digest-of-file.ts'
import { rootText, waitingRoot } from '../waiting-root.ts'
import type { challengeArguments, challengeOptions } from './options.ts'

type Args = ArgsOf<typeof challengeArguments> & ArgsOf<typeof challengeOptions>
type Options = Resolved<Args> & { readonly file: string }

export function init(args: Args, context: Context): Options {
  return { ...withDirectory(args, context), file: path.resolve(context.cwd, args.evidence) }
}

/** @throws {UserError} usage NO_FILE; refused NO_ROOT_PENDING. */
export async function run(options: Options, context: Context): Promise<Outcome> {
  const evidence = await digestOfFile(options.file)
  return inNetwork(options, context, async (account, { contracts: { rewards } }) => {
    const state = await readRewards(account, { rewards })
    const root = waitingRoot(state)
    const { challengeBond: bond, delay } = state
    const data = { ...root, bond, evidence }
    const price = `${exactAmountText(bond)} FDN: back when the guardian revokes the root (fednode rewards withdraw), else added to the rewards`
    const text = `${rootText(root, state)}\n  it waits ${durationText(delay)} longer\n  bond ${price}`
    const deed = {
      foretold: { data, text: `challenge ${text}` },
      question: 'Challenge?',
      act: async (by: ChainAccount) =>
        minedOutcome(
          { data, text: `challenged ${text}\nNext: give ${options.evidence} to the guardian` },
          await challengeRewardRoot(by, { rewards, evidence }),
        ),
    }
    return askThenAct(account, deed, { options, context })
  })
}
