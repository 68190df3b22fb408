import { signedText } from '../../../framework/number-text.ts'
import { textTable } from '../../../framework/text-table.ts'
import type { ClassTable } from './class-table.ts'

const COLUMNS = 80
const GAP = 2
/** A value such as "-0.1234". */
const VALUE_COLUMNS = 7

/** A row per class and a column per silo, as many as 80 columns have room for. */
export function describeClasses({ classes, silos }: ClassTable): string {
  const labels = Math.max(...classes.map((name) => name.length), 'class'.length)
  const widths = silos.map(({ silo }) => GAP + Math.max(silo.length, VALUE_COLUMNS))
  let room = COLUMNS - labels
  const excess = widths.findIndex((width) => {
    room -= width
    return room < 0
  })
  const shown = excess < 0 ? silos : silos.slice(0, Math.max(1, excess))
  const table = textTable(
    ['class', ...shown.map(({ silo }) => silo)],
    classes.map((name, label) => [
      name,
      ...shown.map(({ values }) => signedText(values[label] ?? 0, 4)),
    ]),
    { textColumns: [0] },
  )
  const left = silos.length - shown.length
  return [
    table,
    ...(left === 0 ? [] : [`${left} more silos: choose with  --silo NAME`]),
    '',
    'what each silo adds to the share of a class that the model recognises, summed over',
    'rounds; weighted by the rows of the classes it sums to the value in accuracy',
  ].join('\n')
}
