import { refundBounty } from '@fednode/contracts'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { findBounty } from '../find-bounty.ts'
import type { refundArguments, refundOptions } from './options.ts'

type Args = ArgsOf<typeof refundArguments> & ArgsOf<typeof refundOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, network) => {
    const { bounty, amount, sponsor } = await findBounty(account, network, options.bounty)
    const { market } = network.contracts
    const data = { bounty, amount, sponsor: sponsor.toLowerCase() }
    const text = `${amountText(amount)} FDN of bounty ${bounty} go back to ${data.sponsor}`
    const deed = {
      foretold: { data, text },
      question: 'Give it back?',
      act: async (by: typeof account) =>
        minedOutcome(
          { data, text: `${text}, who collects it with  fednode models redeem` },
          await refundBounty(by, { market, bounty }),
        ),
    }
    return askThenAct(account, deed, { options, context })
  })
}
