import { type ChainAccount, fundTask, parseAmount } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
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
import type { fundArguments, fundOptions } from './options.ts'

type Args = ArgsOf<typeof fundArguments> & ArgsOf<typeof fundOptions>
type Options = Resolved<Args> & { readonly wei: bigint }

export function init(args: Args, context: Context): Options {
  return { ...withDirectory(args, context), wei: parseAmount(args.amount) }
}

/** @throws {UserError} refused TASK_FINISHED. */
export async function run(options: Options, context: Context): Promise<Outcome> {
  const { wei: amount } = options
  return inNetwork(options, context, async (account, network) => {
    const { number: task, task: found } = await findTask(account, network, options.task)
    const { registry } = network.contracts
    const words = taskWords(network, task)
    if (found.phase === 'finished') throw finished(words)
    const pot = found.pot + amount
    const data = { task, name: words, amount, pot }
    const isOwn = found.creator.toLowerCase() === account.address.toLowerCase()
    const back = isOwn ? 'you' : 'the treasury'
    const deed = {
      foretold: {
        data,
        text: `add ${amountText(amount)} FDN to task ${words}, whose pot is then ${amountText(pot)} FDN\n  what nobody earns of it goes to ${back} when the task is closed`,
      },
      question: 'Fund it?',
      async act(by: ChainAccount) {
        const mined = await fundTask(by, { registry, task, amount })
        return minedOutcome(
          { data, text: `added ${amountText(amount)} FDN to task ${words}` },
          mined,
        )
      },
    }
    return askThenAct(account, deed, { options, context })
  })
}

function finished(words: string): UserError {
  return new UserError('refused', `task ${words} has finished: nobody would earn it`, {
    code: 'TASK_FINISHED',
    hint: 'fednode task list --open  shows the tasks that go on.',
  })
}
