import path from 'node:path'
import {
  formatAmount,
  parseAmount,
  readBuyer,
  requestWithdraw,
  withdrawBalance,
} from '@fednode/contracts'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import { ownAddress } from '../../../chain/own-address.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { momentText } from '../../../framework/moment-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import type { withdrawArguments, withdrawOptions } from './options.ts'

type Args = ArgsOf<typeof withdrawArguments> & ArgsOf<typeof withdrawOptions>
type Options = Args & { readonly directory: string; readonly wei: bigint | undefined }
type Place = { readonly market: `0x${string}`; readonly buyer: `0x${string}` }

export function init(args: Args, { cwd }: Context): Options {
  const { amount, dir } = args
  const wei = amount === undefined ? undefined : parseAmount(amount)
  return { ...args, directory: path.resolve(cwd, dir), wei }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { wei } = options
  return inNetwork(options, context, async (account, { contracts }) => {
    const place = { market: contracts.market, buyer: ownAddress(account) }
    const balance = await readBuyer(account, place)
    const deed = wei === undefined ? payment(place, balance.withdrawing) : notice(place, wei)
    return askThenAct(account, deed, { options, context })
  })
}

function notice(place: Place, amount: bigint): Deed {
  const what = `${formatAmount(amount)} FDN of the prepaid balance`
  const { market } = place
  return {
    foretold: {
      data: { amount },
      text: `announce the withdrawal of ${what}\n  vouchers that were signed before are paid from it until then; no provider counts on it any more`,
    },
    question: 'Announce?',
    async act(account) {
      const mined = await requestWithdraw(account, { market, amount })
      const { payableAt } = await readBuyer(account, place)
      const text = `${what} can be withdrawn from ${momentText(BigInt(payableAt))}\nNext, then: fednode models withdraw`
      return minedOutcome({ data: { amount, payableAt }, text }, mined)
    },
  }
}

function payment({ market, buyer: to }: Place, announced: bigint): Deed {
  const text = `withdraw ${formatAmount(announced)} FDN, or what vouchers left of it, to ${to}`
  return {
    foretold: { data: { announced }, text },
    question: 'Withdraw?',
    async act(account) {
      const { amount: before } = await readBuyer(account, { market, buyer: to })
      const mined = await withdrawBalance(account, { market, to })
      const { amount: balance } = await readBuyer(account, { market, buyer: to })
      const paid = before - balance
      const done = `withdrew ${formatAmount(paid)} FDN; ${formatAmount(balance)} are left`
      return minedOutcome({ data: { announced, paid, balance }, text: done }, mined)
    },
  }
}
