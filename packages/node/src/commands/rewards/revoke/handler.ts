import { type ChainAccount, readRewards, revokeRewardRoot } from '@fednode/contracts'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { rootName, rootText, waitingRoot } from '../waiting-root.ts'
import type { revokeOptions } from './options.ts'

type Args = ArgsOf<typeof revokeOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

/** @throws {UserError} refused NO_ROOT_PENDING. */
export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, { contracts: { rewards } }) => {
    const state = await readRewards(account, { rewards })
    const root = waitingRoot(state)
    const data = { ...root, challenge: state.challenge ?? null }
    const deed = {
      foretold: { data, text: `revoke ${rootText(root, state)}` },
      question: 'Revoke?',
      act: async (by: ChainAccount) =>
        minedOutcome(
          { data, text: `revoked ${rootName(root)}; it never counts` },
          await revokeRewardRoot(by, { rewards }),
        ),
    }
    return askThenAct(account, deed, { options, context })
  })
}
