import { type ChainAccount, readCredit, withdrawCredit } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { exactAmountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import type { withdrawOptions } from './options.ts'

type Args = ArgsOf<typeof withdrawOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

/** @throws {UserError} refused NOTHING_DUE. */
export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, { contracts: { rewards: holder } }) => {
    const { address: to } = account
    const amount = await readCredit(account, { holder, account: to })
    if (amount === 0n) throw nothingDue(to)
    const data = { account: to.toLowerCase(), amount }
    const text = `${exactAmountText(amount)} FDN to ${to}`
    const deed = {
      foretold: { data, text: `pay ${text}` },
      question: 'Pay?',
      act: async (by: ChainAccount) =>
        minedOutcome({ data, text: `paid ${text}` }, await withdrawCredit(by, { holder, to })),
    }
    return askThenAct(account, deed, { options, context })
  })
}

function nothingDue(account: string): UserError {
  return new UserError('refused', `the rewards owe nothing to ${account}`, {
    code: 'NOTHING_DUE',
    hint: 'A bond is back when the guardian has revoked the root. fednode rewards claim  pays what a root gives.',
  })
}
