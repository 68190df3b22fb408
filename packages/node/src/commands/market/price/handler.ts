import { readChainTime } from '@fednode/contracts'
import type { Outcome } from '../../../framework/command.ts'
import { momentText } from '../../../framework/moment-text.ts'
import { amountText, percentText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import { listedTokens, readMarket, withReader } from '../market.ts'
import { shareOf } from '../share-of.ts'
import type { priceArguments, priceOptions } from './options.ts'

type Args = ArgsOf<typeof priceArguments> & ArgsOf<typeof priceOptions>

export function init(args: Args): Args {
  return args
}

export function run(options: Args): Promise<Outcome> {
  return withReader(options, async (reader) => {
    const market = await readMarket(reader, options)
    const tokens = listedTokens(market)
    const [currency] = market.pool.tokens
    const { swapFee, lpSupply, pool } = market.pool
    const table = textTable(
      ['silo', 'price CUR', 'in the pool', 'weight', ''],
      tokens.map(({ name, price, balance, weight, delisted }) => [
        name,
        amountText(price, 6),
        amountText(balance, 2),
        percentText(shareOf(weight), 2),
        delisted ? 'delisted: the pool only buys it' : '',
      ]),
      { textColumns: [0, 4] },
    )
    const footer = `pool holds ${amountText(currency?.balance ?? 0n, 2)} CUR, fee ${percentText(shareOf(swapFee), 2)}`
    const { pausedUntil } = market.state
    const pause = pauseLines(pausedUntil, await readChainTime(reader))
    return {
      data: {
        pool,
        currency: { token: market.state.params.currency, balance: currency?.balance ?? 0n },
        swapFee,
        lpSupply,
        pausedUntil,
        tokens: tokens.map(({ name, token, price, balance, weight, delisted }) => ({
          silo: name,
          token,
          price,
          balance,
          weight,
          delisted,
        })),
      },
      text: [table, footer, ...pause].join('\n'),
    }
  })
}

function pauseLines(until: bigint, now: bigint): readonly string[] {
  if (until <= now) return []
  return [`paused until ${momentText(until)}: no trades; shares can be given back, rewards claimed`]
}
