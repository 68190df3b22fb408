import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openQueryDatabase } from './restricted-database.ts'

/** One column of a table that is written: whole numbers, numbers or texts. */
export type WrittenColumn = { readonly name: string; readonly type: 'integer' | 'number' | 'text' }

const SQL_TYPES = { integer: 'BIGINT', number: 'DOUBLE', text: 'VARCHAR' } as const

/** A table as a Parquet file. Cells have the types of their columns. */
export async function parquetBytes(
  columns: readonly WrittenColumn[],
  rows: Iterable<readonly (number | string)[]>,
): Promise<Uint8Array> {
  // Only its owner can look into it.
  const directory = await mkdtemp(join(tmpdir(), 'fednode-parquet-'))
  const file = join(directory, 'table.parquet')
  const { connection, close } = await openQueryDatabase({ paths: [], directories: [directory] })
  try {
    const fields = columns.map(({ name, type }) => `${quoted(name)} ${SQL_TYPES[type]}`)
    await connection.run(`CREATE TABLE written (${fields.join(', ')})`)
    const appender = await connection.createAppender('written')
    for (const row of rows) {
      columns.forEach(({ type }, i) => {
        const cell = row[i]
        if (type === 'text') appender.appendVarchar(String(cell))
        else if (type === 'number') appender.appendDouble(Number(cell))
        else appender.appendBigInt(BigInt(cell ?? 0))
      })
      appender.endRow()
    }
    appender.closeSync()
    await connection.run(`COPY written TO '${file.replaceAll("'", "''")}' (FORMAT parquet)`)
    return await readFile(file)
  } finally {
    await close()
    await rm(directory, { recursive: true, force: true })
  }
}

/** A name from a manifest stays a name, whatever it holds (T26). */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
