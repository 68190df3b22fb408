import type { CompletedValue } from '@fednode/aggregator'
import { totalOf } from '../../../contribution/total-of.ts'
import { signedText } from '../../../framework/number-text.ts'
import { textTable } from '../../../framework/text-table.ts'
import type { Shown } from './shown.ts'
import { valueCell } from './value-cells.ts'

/** What silos were paid by, beside what they would have been worth had all taken part in every round (ComFedSV). */
export function describeCompleted(completed: readonly CompletedValue[], { silos }: Shown): string {
  if (completed.length === 0) return 'no round was measured yet'
  const table = textTable(
    ['silo', 'rounds', 'value', 'completed'],
    silos.map(({ silo, rounds }) => {
      const found = completed.find((one) => one.silo === silo)
      return [
        silo,
        String(found?.rounds ?? 0),
        valueCell(totalOf(rounds)),
        found === undefined ? '-' : signedText(found.value, 4),
      ]
    }),
    { textColumns: [0] },
  )
  return [
    table,
    '',
    'value: summed over the rounds that it took part in; pay follows it',
    'completed: had all taken part in every round (ComFedSV), an estimate; pays nobody',
  ].join('\n')
}
