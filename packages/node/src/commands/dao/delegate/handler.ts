import { delegateVotes, readVotes } from '@fednode/contracts'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import { ownAddress } from '../../../chain/own-address.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import type { delegateOptions } from './options.ts'

type Args = ArgsOf<typeof delegateOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, { contracts: { token } }) => {
    const own = ownAddress(account)
    const to = options.to ?? own
    const { balance } = await readVotes(account, { token, account: own })
    const data = { account: own, to, balance }
    const text = `${to} votes with the ${amountText(balance)} FDN of ${own}, and with what comes`
    const foretold = {
      data,
      text: `${text}\n  for proposals that are made from now on; the tokens stay where they are`,
    }
    const deed = {
      foretold,
      question: 'Hand over the votes?',
      act: async (by: typeof account) =>
        minedOutcome({ data, text }, await delegateVotes(by, { token, to })),
    }
    return askThenAct(account, deed, { options, context })
  })
}
