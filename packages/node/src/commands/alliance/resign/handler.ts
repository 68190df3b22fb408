import { type ChainAccount, type Network, readAlliance, resignAlliance } from '@fednode/contracts'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import type { allianceArguments } from '../../../options/alliance.ts'
import type { networkDeedOptions } from '../../../options/network-deed.ts'

type Args = ArgsOf<typeof allianceArguments> & ArgsOf<typeof networkDeedOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, network) => {
    const { alliance } = network.contracts
    const { phase } = await readAlliance(account, { alliance, id: options.alliance })
    const isAtOnce = phase === 'idle' || phase === 'finished'
    const deed = leaving(network, { id: options.alliance, isAtOnce })
    return askThenAct(account, deed, { options, context })
  })
}

function leaving(
  { contracts }: Network,
  { id, isAtOnce }: { readonly id: bigint; readonly isAtOnce: boolean },
): Deed {
  const { alliance } = contracts
  const when = isAtOnce
    ? 'at once; the stake can then be taken out'
    : 'when the next round is opened; duties of this one stay, and so does the stake'
  return {
    foretold: { data: { alliance: id, isAtOnce }, text: `leave alliance ${id}\n  ${when}` },
    question: 'Leave?',
    async act(account: ChainAccount) {
      const mined = await resignAlliance(account, { alliance, id })
      const { left } = mined
      const text = left
        ? `left alliance ${id}`
        : `leaving alliance ${id} when its next round is opened`
      return minedOutcome({ data: { alliance: id, left }, text }, mined)
    },
  }
}
