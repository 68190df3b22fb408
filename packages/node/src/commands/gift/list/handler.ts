import { type Gift, readGifts } from '@fednode/contracts'
import { openNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import { momentText } from '../../../framework/moment-text.ts'
import { exactAmountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { withReader } from '../../market/market.ts'
import type { listOptions } from './options.ts'

type Options = ArgsOf<typeof listOptions>

export function init(args: Options): Options {
  return args
}

export async function run(options: Options): Promise<Outcome> {
  return withReader(options, async (reader) => {
    const { contracts, directory, since } = await openNetwork(reader, options)
    const gifts = await readGifts(reader, { ...contracts, fromBlock: since })
    return {
      data: { network: directory.toLowerCase(), gifts },
      text:
        gifts.length === 0
          ? 'no gifts: fednode gift offer  shares tokens with your delegators'
          : gifts.map(describe).join('\n\n'),
    }
  })
}

function describe({ gift, host, token, total, left, covered, until, data }: Gift): string {
  const short =
    covered < left ? `, of which the host has and allows ${exactAmountText(covered)}` : ''
  return [
    `gift ${gift}: ${exactAmountText(left)} of ${exactAmountText(total)} tokens left${short}`,
    `  host    ${host.toLowerCase()}`,
    `  token   ${token.toLowerCase()}`,
    `  until   ${momentText(BigInt(until))}`,
    `  digest  ${data}`,
  ].join('\n')
}
