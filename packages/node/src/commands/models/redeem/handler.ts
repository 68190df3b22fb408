import path from 'node:path'
import {
  type ChainAccount,
  formatAmount,
  readCredit,
  readListing,
  shareRevenue,
  withdrawCredit,
} from '@fednode/contracts'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import { ownAddress } from '../../../chain/own-address.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Redeemed, redeemTaken } from '../../../sale/redeem-taken.ts'
import { openSaleDatabase } from '../../../sale/sale-database.ts'
import { createTakenVouchers, type TakenVouchers } from '../../../sale/taken-vouchers.ts'
import type { redeemOptions } from './options.ts'

type Options = ArgsOf<typeof redeemOptions> & { readonly directory: string }
type Work = {
  readonly market: `0x${string}`
  readonly taken: TakenVouchers
  readonly dryRun: boolean
}

export function init(args: ArgsOf<typeof redeemOptions>, { cwd }: Context): Options {
  return { ...args, directory: path.resolve(cwd, args.dir) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, { contracts }) => {
    const { market } = contracts
    const database = openSaleDatabase(options.directory)
    try {
      const taken = createTakenVouchers(database, { chainId: account.chainId, market })
      const deed = await redemption(account, { market, taken, dryRun: options.dryRun })
      return await askThenAct(account, deed, { options, context })
    } finally {
      database.close()
    }
  })
}

async function redemption(account: ChainAccount, work: Work): Promise<Deed> {
  const due = work.taken.unredeemed()
  const owed = due.reduce((sum, { voucher, redeemed }) => sum + voucher.amount - redeemed, 0n)
  const credit = await readCredit(account, { holder: work.market, account: ownAddress(account) })
  const vouchers = `redeem ${due.length} vouchers that say ${formatAmount(owed)} FDN more than was redeemed`
  const text = `${vouchers}, and be paid what they give and the ${formatAmount(credit)} FDN that the market owes already`
  return {
    foretold: { data: { vouchers: due.length, owed, credit }, text },
    question: 'Redeem?',
    act: (account) => redeemAll(account, work),
  }
}

async function redeemAll(account: ChainAccount, work: Work): Promise<Outcome> {
  const { market, taken, dryRun } = work
  const done: Redeemed[] = []
  for (const one of taken.unredeemed()) {
    const redeemed = await redeemTaken(account, market, one)
    // Nothing of a dry run is remembered.
    if (!dryRun) taken.noteRedeemed(one.voucher, redeemed.redeemed)
    done.push(redeemed)
  }
  const listings = new Set(taken.all().map(({ voucher }) => voucher.listing))
  for (const listing of listings) {
    const found = await readListing(account, { market, listing })
    if (found !== undefined && found.accrued > 0n) await shareRevenue(account, { market, listing })
  }
  const owner = ownAddress(account)
  const credit = await readCredit(account, { holder: market, account: owner })
  if (credit > 0n) await withdrawCredit(account, { holder: market, to: owner })
  const paid = done.reduce((sum, one) => sum + one.paid, 0n)
  return {
    data: { redeemed: paid, received: credit, vouchers: done.map(dataOf) },
    text: [
      ...done.map(lineOf),
      `redeemed ${formatAmount(paid)} FDN; ${formatAmount(credit)} FDN were paid to ${owner}`,
    ].join('\n'),
  }
}

function dataOf({ taken, paid, redeemed, code }: Redeemed): object {
  const { listing, buyer, epoch, uses, amount } = taken.voucher
  return {
    listing,
    buyer,
    epoch,
    uses,
    amount,
    paid,
    redeemed,
    ...(code === undefined ? {} : { code }),
  }
}

function lineOf({ taken, paid, code }: Redeemed): string {
  const { listing, buyer, epoch, uses } = taken.voucher
  const what = `listing ${listing}, epoch ${epoch}, ${uses} uses of ${buyer}`
  return `${what}: ${code === undefined ? `${formatAmount(paid)} FDN` : (WORDS[code] ?? code)}`
}

const WORDS: Readonly<Record<string, string>> = {
  EARLIER: 'redeemed before',
  VOUCHER_STALE: 'redeemed before',
  VOUCHER_EXPIRED: 'too old to redeem',
  BUYER_BROKE: "the buyer's balance is empty",
}
