import { type ChainAccount, closeTask } from '@fednode/contracts'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { taskWords } from '../../stake/stake-place.ts'
import { findTask } from '../find-task.ts'
import type { closeArguments, closeOptions } from './options.ts'

type Args = ArgsOf<typeof closeArguments> & ArgsOf<typeof closeOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, network) => {
    const { number: task, task: found } = await findTask(account, network, options.task)
    const { registry } = network.contracts
    const words = taskWords(network, task)
    const { pot, creator } = found
    const data = { task, name: words, pot, creator: creator.toLowerCase() }
    const deed = {
      foretold: {
        data,
        text: `close task ${words}\n  of its pot of ${amountText(pot)} FDN its creator gets back what it paid in, the treasury the rest`,
      },
      question: 'Close it?',
      async act(by: ChainAccount) {
        const mined = await closeTask(by, { registry, task })
        return minedOutcome({ data, text: `closed task ${words}` }, mined)
      },
    }
    return askThenAct(account, deed, { options, context })
  })
}
