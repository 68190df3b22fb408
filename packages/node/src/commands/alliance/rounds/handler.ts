import { type AllianceRound, readAlliance, readAllianceRound } from '@fednode/contracts'
import { openNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import type { allianceArguments, allianceViewOptions } from '../../../options/alliance.ts'
import { withReader } from '../../market/market.ts'

type Options = ArgsOf<typeof allianceArguments> & ArgsOf<typeof allianceViewOptions>
type Numbered = AllianceRound & { readonly round: number }

const HEADINGS = [
  'round',
  'verdict',
  'proposed',
  'approved',
  'voted',
  'for',
  'loss before',
  'after',
]
const LOSS_UNITS = 1e9
const DECIMALS = 4

export function init(args: Options): Options {
  return args
}

export async function run(options: Options): Promise<Outcome> {
  return withReader(options, async (reader) => {
    const { contracts } = await openNetwork(reader, options)
    const one = { alliance: contracts.alliance, id: options.alliance }
    const { round: last } = await readAlliance(reader, one)
    const rounds: Numbered[] = []
    for (let round = 1; round <= last; round++) {
      rounds.push({ round, ...(await readAllianceRound(reader, { ...one, round })) })
    }
    const drawn = rounds.filter(({ proposers }) => proposers.length > 0)
    const text =
      drawn.length === 0
        ? 'no roles were drawn yet'
        : textTable(HEADINGS, drawn.map(cellsOf), { textColumns: [1] })
    return { data: { alliance: options.alliance, rounds: drawn }, text }
  })
}

function cellsOf({ round, verdict, proposers, voters }: Numbered): readonly string[] {
  const ballots = voters.flatMap(({ ballot }) => ballot ?? [])
  const of = (part: number, whole: number): string => `${part} of ${whole}`
  return [
    String(round),
    verdict,
    of(proposers.filter(({ contribution }) => contribution !== undefined).length, proposers.length),
    String(proposers.filter(({ approved }) => approved).length),
    of(ballots.length, voters.length),
    String(ballots.filter(({ score }) => score > 0).length),
    meanLoss(ballots.map(({ lossBefore }) => lossBefore)),
    meanLoss(ballots.map(({ lossAfter }) => lossAfter)),
  ]
}

/** Mean of what voters saw, each on its own rows. */
function meanLoss(losses: readonly bigint[]): string {
  if (losses.length === 0) return '-'
  const sum = losses.reduce((total, loss) => total + Number(loss), 0)
  return (sum / losses.length / LOSS_UNITS).toFixed(DECIMALS)
}
