import type { DataFile } from './data-file.ts'
import { type ColumnObserver, createColumnObserver } from './observe-column.ts'
import { openTable } from './table-reader.ts'

/** A table read to its end, and what was seen of each of its columns. */
export type ObservedTable = {
  readonly file: DataFile
  readonly names: readonly string[]
  readonly observers: readonly ColumnObserver[]
  readonly rows: number
}

/** Reads all cells of a table. @throws {UserError} as openTable. */
export async function observeTable(file: DataFile): Promise<ObservedTable> {
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
    return { file, names: table.columns, observers, rows }
  } finally {
    await table.close()
  }
}

/** What was seen of a column that is there. */
export function observerOf({ names, observers }: ObservedTable, name: string): ColumnObserver {
  return observers[names.indexOf(name)] as ColumnObserver
}
