import type { RoundRecord } from '@fednode/aggregator'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { percentText, signedText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import type { SiloRound } from '../../../silo/read-silo-journal.ts'
import { type RoundsOptions, roundsInit, selectRounds } from '../../run/rounds.ts'
import type { showOptions } from '../../run/show/options.ts'

/** Shares of a pot are integers that sum to this. */
const WHOLE_POT = 1e9

/** A silo's values over all rounds that are shown. */
type SiloTotal = {
  readonly silo: string
  readonly shapley: number
  /** Of the sum: root of the summed squares; 0 when every round is exact. */
  readonly standardError: number
  /** Mean part of the pots, 0 to 1. */
  readonly share: number
  readonly rounds: readonly (number | null)[]
}

export function init(args: ArgsOf<typeof showOptions>, context: Context): RoundsOptions {
  return roundsInit(args, context)
}

export async function run(options: RoundsOptions): Promise<Outcome> {
  const selected = selectRounds(options)
  const { kept } = selected
  if (selected.role === 'silo') return showOwn(kept.scenario, selected.rounds)
  const { rounds } = selected
  const silos = totalsOf(rounds)
  const data = {
    scenario: kept.scenario,
    role: selected.role,
    silos,
    rounds: rounds.map(({ round, utilityBefore, utilityAfter, contributions, evidenceCid }) => ({
      round,
      utilityBefore,
      utilityAfter,
      evidence: evidenceCid,
      contributions: contributions.map((entry) => ({ ...entry, share: entry.share / WHOLE_POT })),
    })),
  }
  return { data, text: `Scenario ${kept.scenario}\n\n${describe(silos, rounds)}` }
}

/** A silo keeps what it was told of itself; the values of all are in the aggregator's journal and in the evidence. */
function showOwn(scenario: string, all: readonly SiloRound[]): Outcome {
  const rounds = all.flatMap(({ round, result }) =>
    result === undefined ? [] : [{ round, shapley: result.shapley, share: result.share }],
  )
  const sum = rounds.reduce((total, { shapley }) => total + shapley, 0)
  const share = rounds.reduce((total, entry) => total + entry.share, 0) / Math.max(rounds.length, 1)
  const table = textTable(
    ['', ...rounds.map(({ round }) => `round ${round}`), 'sum', 'share'],
    [
      [
        'this silo',
        ...rounds.map(({ shapley }) => signedText(shapley)),
        signedText(sum),
        percentText(share),
      ],
    ],
    { textColumns: [0] },
  )
  const note = 'values of the others: contrib show with the --dir of the aggregator'
  const text = rounds.length === 0 ? 'no round is over yet' : `${table}\n\n${note}`
  return {
    data: { scenario, role: 'silo', shapley: sum, share, rounds },
    text: `Scenario ${scenario}\n\n${text}`,
  }
}

/** Sums per silo, in the order of the registry. */
export function totalsOf(rounds: readonly RoundRecord[]): readonly SiloTotal[] {
  const silos = [
    ...new Set(rounds.flatMap(({ contributions }) => contributions.map(({ silo }) => silo))),
  ]
  const paid = rounds.filter(({ state }) => state !== 'void')
  return silos.map((silo) => {
    const entries = rounds.map(({ contributions }) =>
      contributions.find((entry) => entry.silo === silo),
    )
    const sum = (of: (entry: RoundRecord['contributions'][number]) => number): number =>
      entries.reduce((total, entry) => total + (entry === undefined ? 0 : of(entry)), 0)
    return {
      silo,
      shapley: sum(({ shapley }) => shapley),
      standardError: Math.sqrt(sum(({ standardError }) => standardError ** 2)),
      share: paid.length === 0 ? 0 : sum(({ share }) => share) / WHOLE_POT / paid.length,
      rounds: entries.map((entry) => entry?.shapley ?? null),
    }
  })
}

function describe(silos: readonly SiloTotal[], rounds: readonly RoundRecord[]): string {
  if (rounds.length === 0) return 'no round is over yet'
  const exact = silos.every(({ standardError }) => standardError === 0)
  const table = textTable(
    [
      'silo',
      ...rounds.map(({ round }) => `round ${round}`),
      exact ? 'sum (exact)' : 'sum ± error',
      'share',
    ],
    silos.map(({ silo, shapley, standardError, share, rounds: values }) => [
      silo,
      ...values.map((value) => (value === null ? '-' : signedText(value))),
      exact ? signedText(shapley) : `${signedText(shapley)} ± ${standardError.toFixed(3)}`,
      percentText(share),
    ]),
    { textColumns: [0] },
  )
  const [only] = rounds
  const notes =
    rounds.length === 1 && only !== undefined
      ? [
          `sum of all values = utility ${only.utilityAfter.toFixed(4)} after - ${only.utilityBefore.toFixed(4)} before`,
          `evidence ${only.evidenceCid}`,
        ]
      : ['values are Shapley values of the utility; share is the part of the pots that was paid']
  return [table, '', ...notes].join('\n')
}
