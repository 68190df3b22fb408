import { inspectDataFile } from './data-file.ts'
import { findColumns } from './find-columns.ts'
import { openTable } from './table-reader.ts'

/**
 * All cells of one column of a table, in the order of its rows.
 * @throws {UserError} with a DATA_ code when the file is no table or has no such column.
 */
export async function readColumn(source: string, name: string): Promise<readonly string[]> {
  const file = await inspectDataFile(source)
  const table = await openTable(file)
  try {
    const [index = 0] = findColumns([name], { header: table.columns, file: file.name })
    const cells: string[] = []
    for await (const chunk of table.chunks()) cells.push(...chunk.column(index))
    return cells
  } finally {
    await table.close()
  }
}
