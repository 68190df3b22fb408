import type { DatabaseSync } from 'node:sqlite'
import { dataError, listed, quoted } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import { checkColumnNames } from './table-header.ts'
import type { TableChunk, TableReader } from './table-reader.ts'

const CHUNK_ROWS = 2_048
const TABLES = `SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name`

/**
 * Opens a table of an SQLite file for reading: the one that was named, or the only one.
 * @throws {UserError} DATA_FILE_UNREADABLE, DATA_MISSING_COLUMN, DATA_BAD_HEADER, DATA_BAD_ROW.
 */
export async function openSqlite(file: DataFile): Promise<TableReader> {
  const database = await openDatabase(file)
  try {
    const name = tableNameOf(database, file)
    const statement = database.prepare(`SELECT * FROM "${name.replaceAll('"', '""')}"`)
    statement.setReadBigInts(true)
    statement.setReturnArrays(true)
    const names = statement.columns().map((column) => column.name)
    return {
      columns: checkColumnNames(names, file.name),
      // With setReturnArrays rows are arrays, which the types of Node do not say.
      chunks: () => chunksOf(statement.iterate() as unknown as Iterable<readonly unknown[]>),
      close: async () => database.close(),
    }
  } catch (error) {
    database.close()
    throw unreadable(error, file)
  }
}

async function openDatabase(file: DataFile): Promise<DatabaseSync> {
  const sqlite = await import('node:sqlite').catch((cause: unknown) => {
    throw dataError('DATA_FILE_UNREADABLE', `${file.name}: this Node.js has no SQLite`, {
      hint: 'Take Node.js 22.16 or later, or export the table as CSV.',
      cause,
    })
  })
  try {
    return new sqlite.DatabaseSync(file.path, { readOnly: true, allowExtension: false })
  } catch (error) {
    throw unreadable(error, file)
  }
}

function tableNameOf(database: DatabaseSync, file: DataFile): string {
  const names = database
    .prepare(TABLES)
    .all()
    .map(({ name }) => String(name))
  const [only] = names
  if (file.table === undefined && names.length === 1 && only !== undefined) return only
  if (file.table !== undefined && names.includes(file.table)) return file.table
  const what =
    file.table === undefined
      ? `${file.name} has ${names.length} tables`
      : `${file.name}: there is no table ${quoted(file.table)}`
  throw dataError('DATA_MISSING_COLUMN', what, {
    hint: `Name one as  FILE#TABLE;  the file has: ${listed(names)}.`,
  })
}

async function* chunksOf(
  rows: Iterable<readonly unknown[]>,
): AsyncGenerator<TableChunk, void, undefined> {
  let chunk: (readonly unknown[])[] = []
  for (const row of rows) {
    chunk.push(row)
    if (chunk.length < CHUNK_ROWS) continue
    yield chunkOf(chunk)
    chunk = []
  }
  if (chunk.length > 0) yield chunkOf(chunk)
}

function chunkOf(rows: readonly (readonly unknown[])[]): TableChunk {
  return {
    rows: rows.length,
    column: (index) => rows.map((row) => cellOf(row[index])),
    cell: (index, row) => cellOf(rows[row]?.[index]),
    numbers: () => undefined,
  }
}

function cellOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value).trim()
}

function unreadable(cause: unknown, { name }: DataFile): unknown {
  if (!(cause instanceof Error && 'errcode' in cause)) return cause
  return dataError('DATA_BAD_ROW', `${name} is not a readable SQLite file`, { cause })
}
