import { type ChainAccount, fundRewards, parseAmount } from '@fednode/contracts'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { exactAmountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import type { fundArguments, fundOptions } from './options.ts'

type Args = ArgsOf<typeof fundArguments> & ArgsOf<typeof fundOptions>
type Options = Resolved<Args> & { readonly wei: bigint }

export function init(args: Args, context: Context): Options {
  return { ...withDirectory(args, context), wei: parseAmount(args.amount) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, { contracts: { rewards } }) => {
    const { wei: amount } = options
    const data = { amount }
    const text = `${exactAmountText(amount)} FDN for rewards by roots`
    const deed = {
      foretold: { data, text: `pay ${text}; they leave by claims only` },
      question: 'Pay?',
      act: async (by: ChainAccount) =>
        minedOutcome({ data, text }, await fundRewards(by, { rewards, amount })),
    }
    return askThenAct(account, deed, { options, context })
  })
}
