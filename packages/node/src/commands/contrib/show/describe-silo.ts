import type { RoundValue } from '../../../contribution/silo-values.ts'
import { totalOf } from '../../../contribution/total-of.ts'
import { trendOf } from '../../../contribution/trend-of.ts'
import { trendText } from '../../../contribution/trend-text.ts'
import { signedText } from '../../../framework/number-text.ts'
import { textTable } from '../../../framework/text-table.ts'
import { payCells, utilityCell, valueCell, valueHeading } from './value-cells.ts'

/** One silo round by round, and what it comes to in plain words. */
export function describeSilo(rounds: readonly RoundValue[]): string {
  if (rounds.length === 0) return 'no round is over yet'
  const total = totalOf(rounds)
  const table = textTable(
    ['round', valueHeading(rounds), 'share', 'reward CUR', 'utility', 'without it', ''],
    [
      ...rounds.map((round) => [
        String(round.round),
        valueCell(round),
        ...payCells(round),
        utilityCell(round.utilityAfter),
        utilityCell(round.utilityWithout),
        remarkOn(round),
      ]),
      ['all', valueCell(total), ...payCells(total), '', '', ''],
    ],
    { textColumns: [6] },
  )
  return [
    table,
    '',
    'value    what it adds to the utility of the model; below zero is paid 0',
    'reward   share of what the plan brings; what earlier rounds left comes on top',
    ...withoutLines(rounds),
    `trend    ${trendText(trendOf(rounds))}`,
  ].join('\n')
}

function remarkOn({ value, paid }: RoundValue): string {
  if (!paid) return 'pays nobody'
  if (value === null) return 'not in it'
  return value < 0 ? 'below 0: paid 0' : ''
}

/** The last round in which the model of the others was measured too. */
function withoutLines(rounds: readonly RoundValue[]): readonly string[] {
  const last = rounds.findLast(({ utilityWithout }) => utilityWithout !== undefined)
  if (last?.utilityWithout === undefined || last.utilityAfter === undefined) return []
  const { round, utilityAfter, utilityWithout } = last
  const gain = signedText(utilityAfter - utilityWithout, 4)
  return [
    `without  in round ${round} the others alone reach ${utilityCell(utilityWithout)}, with it ${utilityCell(utilityAfter)} (${gain})`,
  ]
}
