import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type ChainAccount, formatAmount, rateModel, readRedemption } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { zeroHash } from 'viem'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import { ownAddress } from '../../../chain/own-address.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { createGivenVouchers } from '../../../sale/given-vouchers.ts'
import { openSaleDatabase } from '../../../sale/sale-database.ts'
import type { rateArguments, rateOptions } from './options.ts'

type Args = ArgsOf<typeof rateArguments> & ArgsOf<typeof rateOptions>
type Options = Omit<Args, 'listing'> & { readonly directory: string; readonly listing: bigint }

export function init(args: Args, { cwd }: Context): Options {
  const { dir, review, listing } = args
  return {
    ...args,
    directory: path.resolve(cwd, dir),
    listing: BigInt(listing),
    review: review === undefined ? undefined : path.resolve(cwd, review),
  }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { listing, score, review } = options
  const content = review === undefined ? zeroHash : await digestOfFile(review)
  return inNetwork(options, context, async (account, { contracts }) => {
    const { market } = contracts
    const { epoch, paid } = await paidEpoch(account, market, options)
    const data = { listing, epoch, score, paid, content }
    const what = `listing ${listing} with ${score} of 5 for epoch ${epoch}, in which you paid ${formatAmount(paid)} FDN`
    const deed = {
      foretold: { data, text: `rate ${what}` },
      question: 'Rate? It cannot be changed.',
      async act(by: ChainAccount) {
        const mined = await rateModel(by, { market, listing, epoch, score, content })
        return minedOutcome({ data, text: `rated ${what}` }, mined)
      },
    }
    return askThenAct(account, deed, { options, context })
  })
}

async function digestOfFile(file: string): Promise<`0x${string}`> {
  return `0x${createHash('sha256')
    .update(await readFile(file))
    .digest('hex')}`
}

/** The epoch that is meant, and what the provider redeemed in it. */
async function paidEpoch(
  account: ChainAccount,
  market: `0x${string}`,
  { listing, epoch, directory }: Options,
): Promise<{ readonly epoch: number; readonly paid: bigint }> {
  const buyer = ownAddress(account)
  const epochs = epoch === undefined ? knownEpochs() : [epoch]
  for (const one of epochs) {
    const { amount } = await readRedemption(account, { market, buyer, listing, epoch: one })
    if (amount > 0n) return { epoch: one, paid: amount }
  }
  throw new UserError('refused', `you paid nothing for listing ${listing} that was redeemed`, {
    code: 'NOT_A_BUYER',
    hint: 'Providers redeem after the end of an epoch: try again later, or give its --epoch.',
  })

  function knownEpochs(): readonly number[] {
    const database = openSaleDatabase(directory)
    try {
      const key = { chainId: account.chainId, market, listing, buyer }
      return createGivenVouchers(database, key).epochs()
    } finally {
      database.close()
    }
  }
}
