import { dataError } from './data-error.ts'
import { inspectDataFile } from './data-file.ts'
import { findColumns } from './find-columns.ts'
import { inferArray } from './infer-array.ts'
import { inferSeries } from './infer-series.ts'
import { inferTable } from './infer-table.ts'
import type { InferredData, TableWish } from './inferred-data.ts'
import { type ObservedTable, observerOf, observeTable } from './observe-table.ts'

/** Different whole numbers up to which a label is taken for classes. */
const FEW_NUMBERS = 10

/**
 * Guesses the schema of a file for a first manifest. Of a folder of images or of arrays, shape and classes. Of a table: task, types,
 * categories, texts that mean "missing", scaling by mean and deviation, and a wide plausible range (the observed one and its width again
 * on both sides). Columns that look like identifiers, dates and free texts are left out. Mean, deviation and range are facts about this
 * file: who publishes the manifest publishes them.
 * @throws {UserError} fault "data" with a DATA_ code.
 */
export async function inferData(source: string, wish: TableWish): Promise<InferredData> {
  const file = await inspectDataFile(source)
  const { label, time, event, silo, group = [] } = wish
  const named = [label, time, event, silo, ...group].filter((name) => name !== undefined)
  if (file.shape === 'arrays') {
    const data = await inferArray(file, { task: wish.task, named })
    return { data, leftOut: [], codes: [], unlabelled: 0 }
  }
  const seen = await observeTable(file)
  findColumns(named, { header: seen.names, file: file.name })
  if (seen.rows === 0) throw dataError('DATA_NO_ROWS', `${file.name} has a header but no rows`)
  const shared = {
    ...(group.length === 0 ? {} : { group }),
    ...(silo === undefined ? {} : { silo }),
  }
  const task = wish.task ?? guessTask(seen, wish)
  if (task === 'forecast') return inferSeries(seen, wish, shared)
  return inferTable(seen, { ...wish, task }, shared)
}

function guessTask(
  seen: ObservedTable,
  { label, time, event }: TableWish,
): NonNullable<TableWish['task']> {
  if (event !== undefined) return 'survival'
  if (label === undefined) return 'anomaly'
  if (time !== undefined) return 'forecast'
  const observer = observerOf(seen, label)
  const kind = observer.kind()
  if (kind === 'number') return 'regression'
  const isMany = kind === 'integer' && observer.texts(FEW_NUMBERS) === undefined
  return isMany ? 'regression' : 'classification'
}
