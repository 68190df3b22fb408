import { parseAmount } from '@fednode/contracts'
import type { Outcome } from '../../../framework/command.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { withReader } from '../market.ts'
import { describeOffer, makeOffer, offerData } from '../trade.ts'
import type { quoteArguments, quoteOptions } from './options.ts'

type Args = ArgsOf<typeof quoteArguments> & ArgsOf<typeof quoteOptions>
type Options = Args & { readonly amountIn: bigint }

export function init(args: Args): Options {
  return { ...args, amountIn: parseAmount(args.amount) }
}

export function run(options: Options): Promise<Outcome> {
  return withReader(options, async (reader) => {
    const offer = await makeOffer(reader, options.side, options)
    return { data: offerData(offer), text: describeOffer(offer) }
  })
}
