import type { WrittenColumn } from '@fednode/engine'
import { classesOf, type DataSpec, type TaskName } from '@fednode/protocol'

/** Cells of one row, as its columns say. */
export type PredictionRow = readonly (number | string)[]

/** Predictions as a table: one row for each row that was predicted. */
export type PredictionTable = {
  readonly columns: readonly WrittenColumn[]
  rows(): Iterable<PredictionRow>
}

/** What was predicted, and which rows it is of. */
export type Predictions = {
  readonly task: TaskName
  readonly data: DataSpec
  /** As Engine.predict gives them, of some rows after the other; gone over once. */
  readonly blocks: Iterable<Float64Array>
  /** Where each row stands in the file, from 1. */
  readonly rowNumbers: readonly number[] | Uint32Array
  /** All cells of the column that names rows, in the file's order; absent where nobody asked for it. */
  readonly ids?: readonly string[]
}

/** What the number of a task is called; a classifier has one for each class. */
const NUMBERS: Readonly<Record<Exclude<TaskName, 'classification'>, string>> = {
  regression: 'predicted',
  survival: 'log_risk',
  anomaly: 'reconstruction_error',
}

/**
 * Row numbers, ids where they are asked for, and what was predicted: of a classifier the class and the probability of each, of a
 * regression the value in the label's own unit, of a survival model the log-risk, of an anomaly detector the reconstruction error.
 */
export function predictionTable(predictions: Predictions): PredictionTable {
  const { task, data, ids } = predictions
  const predicted: readonly WrittenColumn[] =
    task === 'classification'
      ? [
          { name: 'predicted', type: 'text' },
          ...classesOf(data).map((name) => ({ name: `p(${name})`, type: 'number' }) as const),
        ]
      : [{ name: NUMBERS[task], type: 'number' }]
  const id: readonly WrittenColumn[] = ids === undefined ? [] : [{ name: 'id', type: 'text' }]
  return {
    columns: [{ name: 'row', type: 'integer' }, ...id, ...predicted],
    rows: () => rowsOf(predictions),
  }
}

function* rowsOf({ task, data, blocks, rowNumbers, ids }: Predictions): Iterable<PredictionRow> {
  const classes = task === 'classification' ? classesOf(data) : undefined
  const width = classes?.length ?? 1
  let index = 0
  for (const values of blocks) {
    for (let at = 0; at < values.length; at += width) {
      const row = rowNumbers[index++] as number
      const id = ids === undefined ? [] : [ids[row - 1] ?? '']
      const numbers = Array.from(values.subarray(at, at + width))
      const predicted = classes === undefined ? [] : [classes[largest(numbers)] as string]
      yield [row, ...id, ...predicted, ...numbers]
    }
  }
}

/** The first of the largest. */
function largest(numbers: readonly number[]): number {
  return numbers.indexOf(Math.max(...numbers))
}
