import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api'
import type { DataFile } from './data-file.ts'
import { explainTableError } from './explain-table-error.ts'
import { openRestrictedDatabase, type RestrictedDatabase } from './restricted-database.ts'
import { checkColumnNames, parseTableHeader } from './table-header.ts'

/** Some consecutive rows of a table, by column; empty cells and nulls are ''. Cells have no surrounding spaces. */
export type TableChunk = { readonly rows: number; column(index: number): readonly string[] }

/** A table whose header was read; chunks come in the order of the file. */
export type TableReader = {
  readonly columns: readonly string[]
  chunks(): AsyncGenerator<TableChunk, void, undefined>
  close(): Promise<void>
}

/** Reads a whole line as one cell: no delimiter that occurs, no quotes. */
const FIRST_LINE = `SELECT line FROM read_csv($1, header = false, auto_detect = false, delim = '\u0001', quote = '',
  escape = '', compression = $2, columns = {'line': 'VARCHAR'}) LIMIT 1`
const PARQUET = 'SELECT COLUMNS(*)::VARCHAR FROM read_parquet($1)'

/**
 * Opens a CSV or Parquet file as text cells. No name from the file, the manifest or the path becomes part of a SQL text (T26).
 * @throws {UserError} DATA_BAD_HEADER, DATA_BAD_ROW, DATA_NOT_UTF8, DATA_NO_ROWS; chunks() throws the same.
 */
export async function openTable(file: DataFile): Promise<TableReader> {
  const database = await openRestrictedDatabase(file.path)
  try {
    const table = await (file.format === 'parquet' ? openParquet : openCsv)(file, database)
    return { ...table, close: () => database.close() }
  } catch (error) {
    await database.close()
    throw explainTableError(error, file.name)
  }
}

async function openParquet(file: DataFile, { connection, link }: RestrictedDatabase) {
  const result = await connection.stream(PARQUET, [link])
  const columns = checkColumnNames(result.columnNames(), file.name)
  return { columns, chunks: () => chunksOf(result, file) }
}

async function openCsv(file: DataFile, { connection, link }: RestrictedDatabase) {
  const compression = file.format === 'csv.gz' ? 'gzip' : 'none'
  const head = await connection.runAndReadAll(FIRST_LINE, [link, compression])
  const { delimiter, columns } = parseTableHeader(String(head.getRows()[0]?.[0] ?? ''), file.name)
  // The delimiter is one of four constants and the columns are numbered: nothing of the file's text is in this SQL.
  const types = columns.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ')
  const result = await connection.stream(
    `SELECT * FROM read_csv($1, header = true, auto_detect = false, delim = '${delimiter}', quote = '"', escape = '"',
      compression = $2, strict_mode = true, columns = {${types}})`,
    [link, compression],
  )
  return { columns, chunks: () => chunksOf(result, file) }
}

async function* chunksOf(
  result: DuckDBResult,
  file: DataFile,
): AsyncGenerator<TableChunk, void, undefined> {
  for (;;) {
    const chunk = await nextChunk(result, file)
    if (chunk === null || chunk.rowCount === 0) return
    yield { rows: chunk.rowCount, column: (index) => cellsOf(chunk, index) }
  }
}

async function nextChunk(result: DuckDBResult, file: DataFile): Promise<DuckDBDataChunk | null> {
  try {
    return await result.fetchChunk()
  } catch (error) {
    throw explainTableError(error, file.name)
  }
}

function cellsOf(chunk: DuckDBDataChunk, index: number): readonly string[] {
  return chunk.getColumnValues(index).map((value) => (value === null ? '' : String(value).trim()))
}
