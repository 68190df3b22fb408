import { parseAmount } from '@fednode/contracts'
import type { Outcome } from '../../../framework/command.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { readMarket, withReader } from '../market.ts'
import { namingTokens } from '../name-tokens.ts'
import { foretellSingle, offerSingle } from '../single-liquidity.ts'
import { describeOffer, makeOffer, offerData } from '../trade.ts'
import type { quoteArguments, quoteOptions } from './options.ts'

type Args = ArgsOf<typeof quoteArguments> & ArgsOf<typeof quoteOptions>
type Options = Args & { readonly amountIn: bigint }

export function init(args: Args): Options {
  return { ...args, amountIn: parseAmount(args.amount) }
}

export function run(options: Options): Promise<Outcome> {
  return withReader(options, async (reader) => {
    const { side, silo: token, amountIn: amountWei, tolerance } = options
    const market = await readMarket(reader, options)
    return namingTokens(market, async () => {
      if (side === 'add' || side === 'remove') {
        const change = { direction: side, market }
        return foretellSingle(await offerSingle(reader, change, { token, amountWei, tolerance }))
      }
      const offer = await makeOffer(reader, { side, market }, options)
      return { data: offerData(offer), text: describeOffer(offer) }
    })
  })
}
