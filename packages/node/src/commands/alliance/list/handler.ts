import { type AllianceState, readAlliance, readAllianceCount } from '@fednode/contracts'
import { openNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import { withReader } from '../../market/market.ts'
import type { listOptions } from './options.ts'

type Options = ArgsOf<typeof listOptions>

const HEADINGS = ['alliance', 'phase', 'round', 'participants', 'least stake', 'pool']

export function init(args: Options): Options {
  return args
}

export async function run(options: Options): Promise<Outcome> {
  return withReader(options, async (reader) => {
    const { contracts, directory } = await openNetwork(reader, options)
    const { alliance } = contracts
    const count = Number(await readAllianceCount(reader, { alliance }))
    const numbers = Array.from({ length: Math.min(count, options.last) }, (_, at) => count - at)
    const found = await Promise.all(
      numbers.map((number) => readAlliance(reader, { alliance, id: BigInt(number) })),
    )
    const shown = found.filter(({ phase }) => !options.open || phase !== 'finished')
    return {
      data: { network: directory.toLowerCase(), count, alliances: shown.map(dataOf) },
      text:
        shown.length === 0
          ? 'no alliances: fednode alliance create  founds one'
          : textTable(HEADINGS, shown.map(cellsOf), { textColumns: [1] }),
    }
  })
}

function dataOf({ id, creator, phase, round, terms, participants, pool }: AllianceState): object {
  const { rounds, minStake, maxParticipants, manifest } = terms
  return {
    ...{ id, creator: creator.toLowerCase(), phase, round, rounds },
    ...{ participants: participants.length, maxParticipants, minStake, pool, manifest },
  }
}

function cellsOf({
  id,
  phase,
  round,
  terms,
  participants,
  pool,
}: AllianceState): readonly string[] {
  const { rounds, minStake, maxParticipants } = terms
  return [
    String(id),
    phase,
    `${round} of ${rounds}`,
    `${participants.length} of ${maxParticipants}`,
    amountText(minStake),
    amountText(pool),
  ]
}
