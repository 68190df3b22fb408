import type { ColumnSpec, TabularData } from '@fednode/protocol'
import { dataError, listed, quoted } from './data-error.ts'
import { inspectDataFile } from './data-file.ts'
import { type ColumnObserver, createColumnObserver } from './observe-column.ts'
import { openTable } from './table-reader.ts'

/** Classes that a label column may have to be taken for one. */
const MAX_LABEL_CLASSES = 100

/**
 * Guesses a table's schema for a first manifest: types, categories, texts that mean "missing", scaling by mean and deviation, and a wide
 * plausible range (the observed one and its width again on both sides). Columns of free text are left out and told to `onLeftOut`.
 * Mean, deviation and range are facts about this file: who publishes the manifest publishes them.
 * @throws {UserError} fault "data" with a DATA_ code.
 */
export async function inferTable(
  path: string,
  label: string,
  onLeftOut: (column: string, reason: string) => void = () => {},
): Promise<TabularData> {
  const file = await inspectDataFile(path)
  if (file.shape !== 'table') throw dataError('DATA_FORMAT_UNKNOWN', `${file.name} is not a table`)
  const { names, observers, rows } = await observe(file)
  const labelObserver = observers[names.indexOf(label)]
  if (labelObserver === undefined)
    throw dataError('DATA_MISSING_COLUMN', `${file.name}: there is no column ${quoted(label)}`, {
      hint: `The file has: ${listed(names)}.`,
    })
  if (rows === 0) throw dataError('DATA_NO_ROWS', `${file.name} has a header but no rows`)
  const columns: ColumnSpec[] = []
  names.forEach((name, i) => {
    if (name === label) return
    const guess = observers[i]?.column(name)
    if (guess === undefined) onLeftOut(name, 'too many different texts for a category')
    else columns.push(guess)
  })
  if (columns.length === 0)
    throw dataError(
      'DATA_MISSING_COLUMN',
      `${file.name} has no column to learn from besides ${quoted(label)}`,
    )
  const classes = checkClasses(labelObserver, { file: file.name, label })
  return { kind: 'table', columns, label: { column: label, classes }, missingRows: 'drop' }
}

async function observe(file: Awaited<ReturnType<typeof inspectDataFile>>) {
  const table = await openTable(file)
  try {
    const missing = new Set<string>()
    const observers = table.columns.map(() => createColumnObserver(missing))
    let rows = 0
    for await (const chunk of table.chunks()) {
      rows += chunk.rows
      observers.forEach((observer, i) => {
        for (const text of chunk.column(i)) observer.add(text)
      })
    }
    return { names: table.columns, observers, rows }
  } finally {
    await table.close()
  }
}

function checkClasses(
  observer: ColumnObserver,
  { file, label }: { readonly file: string; readonly label: string },
): readonly string[] {
  const classes = observer.texts(MAX_LABEL_CLASSES)
  if (classes === undefined)
    throw dataError(
      'DATA_BAD_LABEL',
      `${file}: label ${quoted(label)} has more than ${MAX_LABEL_CLASSES} different values`,
      { hint: 'Classification needs a column with few values; name another with --label.' },
    )
  if (classes.length < 2)
    throw dataError(
      'DATA_BAD_LABEL',
      `${file}: label ${quoted(label)} has ${classes.length} value: ${listed(classes)}`,
      { hint: 'There is nothing to tell apart; name another column with --label.' },
    )
  return classes
}
