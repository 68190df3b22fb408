import type { RoundRecord } from '@fednode/aggregator'
import type { RoundValue, SiloValues } from '../../../contribution/silo-values.ts'
import { amountText } from '../../../framework/number-text.ts'
import { textTable } from '../../../framework/text-table.ts'
import { payCells, utilityCell, valueCell, valueHeading } from './value-cells.ts'

/** Values are kept in steps of 1e-12, and there are at most a hundred. */
const ROUNDING = 1e-9

/** One round: what everybody was measured at, and how the others would have done without each. */
export function describeRound(silos: readonly SiloValues[], record: RoundRecord): string {
  const { round, state, pot, utilityBefore, utilityAfter, evidenceCid } = record
  const entries = silos.flatMap(({ silo, rounds: [entry] }) =>
    entry === undefined ? [] : [{ silo, entry }],
  )
  return [
    `round     ${round}, ${state}; the plan brings ${amountText(pot)} CUR`,
    `utility   ${utilityCell(utilityBefore)} before, ${utilityCell(utilityAfter)} after${sumText(record)}`,
    `evidence  ${evidenceCid}`,
    '',
    ...(entries.length === 0 ? ['nobody was measured in this round'] : [table(entries)]),
  ].join('\n')
}

/** Not every estimator shares out the whole gain. */
function sumText({ contributions, utilityBefore, utilityAfter }: RoundRecord): string {
  const sum = contributions.reduce((total, { shapley }) => total + shapley, 0)
  const isWhole = Math.abs(sum - (utilityAfter - utilityBefore)) < ROUNDING
  return isWhole && contributions.length > 0 ? ': the values sum to the difference' : ''
}

function table(entries: readonly { readonly silo: string; readonly entry: RoundValue }[]): string {
  return textTable(
    ['silo', valueHeading(entries.map(({ entry }) => entry)), 'share', 'reward CUR', 'without it'],
    entries.map(({ silo, entry }) => [
      silo,
      valueCell(entry),
      ...payCells(entry),
      utilityCell(entry.utilityWithout),
    ]),
    { textColumns: [0] },
  )
}
