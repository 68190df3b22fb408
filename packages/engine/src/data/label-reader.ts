import type { ClassLabel, SurvivalLabel, TabularData, ValueLabel } from '@fednode/protocol'
import type { Targets } from '../types.ts'
import { type CellParser, labelPlace, numberParser, wordParser } from './cell-parser.ts'
import { createColumnTally } from './column-tally.ts'
import { createNumberList } from './number-list.ts'
import { parseDecimal } from './parse-decimal.ts'
import type { DataReport, DataWarning } from './report.ts'
import type { Violations } from './violations.ts'

/** Reads the label of one row after the other. */
export type LabelReader = {
  /** Columns that it needs, in the order in which read() takes their cells. */
  readonly columns: readonly string[]
  /** Reads a row's cells; false when one is bad, which is told to the violations. */
  read(texts: readonly string[], row: number): boolean
  /** Keeps what was read last. */
  keep(): void
  finish(): LabelSummary
}

/** All labels that were kept, and what a person should know of them. */
export type LabelSummary = Pick<DataReport, 'labels' | 'label' | 'warnings'> & {
  readonly targets: Targets
}

const NO_SCALE = { mean: 0, deviation: 1 }
/** How databases write that an event was seen, or not; files have 1 and 0. */
const EVENT_WORDS = ['0', '1', 'false', 'true']

/** A reader for whatever a table predicts. */
export function createLabelReader(
  label: TabularData['label'],
  violations: Violations,
): LabelReader {
  if (label === undefined) return noLabel()
  if ('classes' in label) return classReader(label, violations)
  return 'time' in label ? survivalReader(label, violations) : valueReader(label, violations)
}

function noLabel(): LabelReader {
  return {
    columns: [],
    read: () => true,
    keep: () => {},
    finish: () => ({ targets: { kind: 'reconstruction' }, labels: [], warnings: [] }),
  }
}

function classReader({ column, classes }: ClassLabel, violations: Violations): LabelReader {
  const parse = wordParser(classes, { place: labelPlace(column), rule: 'unknown-class' })
  const staged = stage([parse], violations)
  const kept = createNumberList((length) => new Int32Array(length))
  return {
    columns: [column],
    read: staged.read,
    keep: () => kept.add(staged.values[0] as number),
    finish() {
      const labels = kept.finish()
      return {
        targets: { kind: 'classes', labels, classes: classes.length },
        ...summariseClasses(labels, classes),
      }
    },
  }
}

/** Rows per class, and a warning where all are of one. */
export function summariseClasses(
  labels: Int32Array,
  classes: readonly string[],
): Pick<LabelSummary, 'labels' | 'warnings'> {
  const counts = classes.map((name) => ({ name, count: 0 }))
  for (const label of labels) {
    const entry = counts[label]
    if (entry !== undefined) entry.count++
  }
  const found = counts.filter(({ count }) => count > 0)
  const text = `every row is of class "${found[0]?.name}": nothing here tells the classes apart`
  const isOne = found.length === 1
  return { labels: counts, warnings: isOne ? [{ code: 'DATA_ONE_CLASS', text }] : [] }
}

/** A reader of a label that is a number. */
function valueReader(label: ValueLabel, violations: Violations): LabelReader {
  const { column, scale = NO_SCALE } = label
  const parse = numberParser({ ...label, name: column, type: 'number' }, labelPlace(column))
  const staged = stage([parse], violations)
  const tally = createColumnTally({ ...label, name: column, type: 'number' })
  const kept = createNumberList((length) => new Float32Array(length))
  return {
    columns: [column],
    read: staged.read,
    keep() {
      const value = staged.values[0] as number
      tally.addValue(value)
      kept.add((value - scale.mean) / scale.deviation)
    },
    finish: () => ({
      targets: { kind: 'value', values: kept.finish(), scale },
      ...summariseValues(tally.report()),
    }),
  }
}

/** A number as label, and a warning where it is always the same. */
export function summariseValues(
  label: NonNullable<DataReport['label']>,
): Pick<LabelSummary, 'labels' | 'label' | 'warnings'> {
  const { name, min, max } = label
  const text = `every row has the same ${name}: there is nothing to learn here`
  const isConstant = min !== undefined && min === max
  return { labels: [], label, warnings: isConstant ? [{ code: 'DATA_CONSTANT_LABEL', text }] : [] }
}

function survivalReader({ time, event }: SurvivalLabel, violations: Violations): LabelReader {
  const staged = stage(
    [numberParser({ name: time, type: 'number', min: 0 }, labelPlace(time)), eventParser(event)],
    violations,
  )
  const tally = createColumnTally({ name: time, type: 'number' })
  const times = createNumberList((length) => new Float64Array(length))
  const observed = createNumberList((length) => new Uint8Array(length))
  let events = 0
  return {
    columns: [time, event],
    read: staged.read,
    keep() {
      const [watched = 0, seen = 0] = staged.values
      tally.addValue(watched)
      times.add(watched)
      observed.add(seen)
      events += seen
    },
    finish() {
      return {
        targets: {
          kind: 'risk',
          times: times.finish(),
          observed: observed.finish(),
        },
        labels: [
          { name: 'event', count: events },
          { name: 'censored', count: observed.length - events },
        ],
        label: tally.report(),
        warnings: events > 0 || observed.length === 0 ? [] : [noEvents(event)],
      }
    },
  }
}

function noEvents(event: string): DataWarning {
  return {
    code: 'DATA_NO_EVENTS',
    text: `no row has an event (${event} is always 0): nothing to learn here`,
  }
}

function eventParser(column: string): CellParser {
  const parse = wordParser(EVENT_WORDS, { place: labelPlace(column), rule: 'unknown-class' })
  return (text) => {
    const number = parseDecimal(text)
    // "1.0", as programs write a column of numbers.
    const cell = parse(number === undefined ? text : String(number))
    return cell.kind === 'value' ? { kind: 'value', value: cell.value % 2 } : cell
  }
}

/** Parses the cells of one row into `values`. */
function stage(
  parsers: readonly CellParser[],
  violations: Violations,
): { readonly values: readonly number[]; read: LabelReader['read'] } {
  const values = parsers.map(() => 0)
  return {
    values,
    read(texts, row) {
      let isGood = true
      parsers.forEach((parse, i) => {
        const text = texts[i] ?? ''
        const cell = parse(text)
        if (cell.kind === 'value') values[i] = cell.value
        else isGood = false
        if (cell.kind === 'bad') violations.add(cell.fault, row, text)
      })
      return isGood
    },
  }
}
