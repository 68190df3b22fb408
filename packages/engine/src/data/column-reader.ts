import type { ColumnSpec } from '@fednode/protocol'
import { type Cell, cellParser } from './cell-parser.ts'
import { createColumnTally } from './column-tally.ts'
import type { Fault } from './fault.ts'
import { createNumberSample } from './number-sample.ts'
import { parseDecimal } from './parse-decimal.ts'
import type { ColumnReport } from './report.ts'
import type { Violations } from './violations.ts'
import { wrongUnit } from './wrong-unit.ts'

/** Reads the cells of one feature column, and keeps count of what it sees. */
export type ColumnReader = {
  /** The cell's value; a bad one is told to the violations. */
  read(text: string, row: number): Cell
  /** The same for a number that the file's reader has parsed; false: read its text. */
  accept(value: number): boolean
  /** Whether accept() may be asked: not where a number means "missing". */
  readonly isNumeric: boolean
  report(): ColumnReport
  /** What the column's numbers should be divided by, when many are outside its range and look like another unit's. */
  unitFactor(): number | undefined
}

/** A reader for one column of the schema. */
export function createColumnReader(spec: ColumnSpec, violations: Violations): ColumnReader {
  const parse = cellParser(spec)
  const tally = createColumnTally(spec)
  const sample = createNumberSample()
  const { type, missing = [] } = spec
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = spec
  const hasRange = spec.min !== undefined || spec.max !== undefined
  return {
    read(text, row) {
      const cell = parse(text)
      if (cell.kind === 'value') {
        tally.addValue(cell.value)
        if (hasRange) sample.add(cell.value)
      } else if (cell.kind === 'missing') tally.addMissing()
      else {
        violations.add(cell.fault, row, text)
        if (isOutside(cell.fault)) sample.add(Number(text))
      }
      return cell
    },
    accept(value) {
      const isGood = value >= min && value <= max && Number.isFinite(Math.fround(value))
      if (!isGood || (type === 'integer' && !Number.isInteger(value))) return false
      tally.addValue(value)
      if (hasRange) sample.add(value)
      return true
    },
    isNumeric: type !== 'category' && missing.every((text) => parseDecimal(text) === undefined),
    report: tally.report,
    unitFactor() {
      const median = sample.median()
      return median === undefined ? undefined : wrongUnit(median, spec)
    },
  }
}

function isOutside({ rule }: Fault): boolean {
  return rule === 'above-maximum' || rule === 'below-minimum'
}
