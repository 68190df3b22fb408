import { type ChainAccount, type Mined, readRewards } from '@fednode/contracts'
import { askThenAct, type DeedOptions } from '../../chain/ask-then-act.ts'
import { minedOutcome } from '../../chain/mined-outcome.ts'
import { inNetwork } from '../../chain/open-network.ts'
import type { Outcome } from '../../framework/command.ts'
import type { Context } from '../../framework/context.ts'
import { rootName, rootText, waitingRoot } from './waiting-root.ts'

/** What becomes of the root that waits. */
export type RootDecision = {
  readonly verb: 'activate' | 'revoke'
  readonly question: string
  /** What is said of the root's name afterwards. */
  done(name: string): string
  send(account: ChainAccount, at: { readonly rewards: `0x${string}` }): Promise<Mined>
}

/** Shows the root that waits, asks, and sends what was decided. @throws {UserError} refused NO_ROOT_PENDING. */
export async function decideOnRoot(
  decision: RootDecision,
  options: Parameters<typeof inNetwork>[0] & DeedOptions,
  context: Context,
): Promise<Outcome> {
  return inNetwork(options, context, async (account, { contracts: { rewards } }) => {
    const state = await readRewards(account, { rewards })
    const root = waitingRoot(state)
    const data = { ...root, challenge: state.challenge ?? null }
    const deed = {
      foretold: { data, text: `${decision.verb} ${rootText(root, state)}` },
      question: decision.question,
      act: async (by: ChainAccount) =>
        minedOutcome(
          { data, text: decision.done(rootName(root)) },
          await decision.send(by, { rewards }),
        ),
    }
    return askThenAct(account, deed, { options, context })
  })
}
