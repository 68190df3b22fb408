import { printable } from '@fednode/protocol'
import { textTable } from '../../../framework/text-table.ts'
import type { ShownCheck, ShownViolation } from './without-values.ts'

const MAX_NAME = 28
const MAX_PROBLEM = 90

/** What is wrong in a file, one line for each column and kind, with the first rows' numbers; [] when nothing is. */
export function formatViolations({
  violations,
  suspicions,
}: Pick<ShownCheck, 'violations' | 'suspicions'>): readonly string[] {
  if (violations.length === 0) return []
  const cells = violations.reduce((sum, { count }) => sum + count, 0)
  const table = textTable(['column', 'cells', 'what is wrong', 'rows'], violations.map(rowOf), {
    textColumns: [0, 2, 3],
  })
  return [
    `${cells} ${cells === 1 ? 'cell does' : 'cells do'} not fit the manifest; rows count from 1 after the header:`,
    '',
    ...table.split('\n').map((line) => `  ${line}`),
    ...suspicions.map(({ text }) => `Beware: ${text}`),
  ]
}

function rowOf({ column, count, rough, problem, rows }: ShownViolation): readonly string[] {
  const more = count > rows.length ? ', …' : ''
  return [
    printable(column, MAX_NAME),
    String(count),
    printable(problem === undefined ? rough : `first: ${problem}`, MAX_PROBLEM),
    `${rows.join(', ')}${more}`,
  ]
}
