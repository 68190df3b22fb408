import { formatAmount, parseAmount, readListing, setListing } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { unknownListing } from '../../../sale/sale-chain.ts'
import type { updateArguments, updateOptions } from './options.ts'

type Args = ArgsOf<typeof updateArguments> & ArgsOf<typeof updateOptions>
type Options = Resolved<Args>

/** @throws {UserError} usage MISSING_OPTION when nothing would change. */
export function init(args: Args, context: Context): Options {
  if (args.price !== undefined || args.sales !== undefined) return withDirectory(args, context)
  throw new UserError('usage', 'nothing is to change', {
    code: 'MISSING_OPTION',
    hint: 'Give --price AMOUNT, --sales open or --sales closed.',
  })
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, { contracts: { market } }) => {
    const listing = BigInt(options.listing)
    const found = await readListing(account, { market, listing })
    if (found === undefined) throw unknownListing(listing)
    const price = options.price === undefined ? found.price : parseAmount(options.price)
    const open = options.sales === undefined ? found.open : options.sales === 'open'
    const data = { listing, price, open }
    const text = `listing ${listing}: ${formatAmount(price)} FDN a row, ${open ? 'open' : 'closed'}`
    const rest = 'vouchers that were signed before are redeemed all the same'
    const deed = {
      foretold: { data, text: `change ${text}\n  ${rest}` },
      question: 'Change it?',
      act: async (by: typeof account) =>
        minedOutcome({ data, text }, await setListing(by, { market, ...data })),
    }
    return askThenAct(account, deed, { options, context })
  })
}
