import { type BountyView, readBounties } from '@fednode/contracts'
import { openNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import { momentText } from '../../../framework/moment-text.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { withReader } from '../../market/market.ts'
import { kindText } from '../kind-text.ts'
import type { listOptions } from './options.ts'

type Options = ArgsOf<typeof listOptions>

export function init(args: Options): Options {
  return args
}

export async function run(options: Options): Promise<Outcome> {
  return withReader(options, async (reader) => {
    const { contracts, directory } = await openNetwork(reader, options)
    const all = await readBounties(reader, contracts)
    const bounties = all.filter(({ state }) => !options.open || state === 'open')
    return {
      data: { network: directory.toLowerCase(), bounties },
      text:
        bounties.length === 0
          ? 'no bounties: fednode bounty open  puts money on what you want'
          : bounties.map(describe).join('\n\n'),
    }
  })
}

function describe(found: BountyView): string {
  const { bounty, kind, state, amount, sponsor, spec, deadline, proposals } = found
  return [
    `bounty ${bounty}: ${amountText(amount)} FDN for ${kindText(kind)}, ${state}`,
    `  sponsor  ${sponsor.toLowerCase()}`,
    `  wanted   ${spec}`,
    `  until    ${momentText(BigInt(deadline))}`,
    ...proposals.map(
      ({ proposer, digest }, index) => `  ${index}        ${digest} by ${proposer.toLowerCase()}`,
    ),
  ].join('\n')
}
