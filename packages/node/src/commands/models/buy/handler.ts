import path from 'node:path'
import { depositBalance, formatAmount, parseAmount, readBuyer } from '@fednode/contracts'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import { ownAddress } from '../../../chain/own-address.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import type { buyArguments, buyOptions } from './options.ts'

type Args = ArgsOf<typeof buyArguments> & ArgsOf<typeof buyOptions>
type Options = Args & { readonly directory: string; readonly wei: bigint }

export function init(args: Args, { cwd }: Context): Options {
  return { ...args, directory: path.resolve(cwd, args.dir), wei: parseAmount(args.amount) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { wei: amount } = options
  return inNetwork(options, context, async (account, { contracts }) => {
    const { market } = contracts
    const buyer = options.buyer ?? ownAddress(account)
    const before = await readBuyer(account, { market, buyer })
    const what = `${formatAmount(amount)} FDN into the balance of ${buyer}`
    const deed = {
      foretold: {
        data: { buyer, amount, balance: before.amount },
        text: `pay ${what}, which has ${formatAmount(before.amount)}`,
      },
      question: 'Pay in?',
      async act(by: typeof account) {
        const mined = await depositBalance(by, { market, buyer, amount })
        const { amount: balance, spendable } = await readBuyer(by, { market, buyer })
        const text = `paid ${what}; it has ${formatAmount(balance)} FDN`
        return minedOutcome({ data: { buyer, amount, balance, spendable }, text }, mined)
      },
    }
    return askThenAct(account, deed, { options, context })
  })
}
