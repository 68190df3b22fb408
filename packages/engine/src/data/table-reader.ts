import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api'
import type { DataFile } from './data-file.ts'
import { explainTableError } from './explain-table-error.ts'
import { openRestrictedDatabase, type RestrictedDatabase } from './restricted-database.ts'
import { checkColumnNames, parseTableHeader, unquoted } from './table-header.ts'
import { runQuery } from './table-query.ts'

/** Some consecutive rows of a table, by column; empty cells and nulls are ''. Cells have no surrounding spaces. */
export type TableChunk = { readonly rows: number; column(index: number): readonly string[] }

/** A table whose header was read; chunks come in the order of the file. */
export type TableReader = {
  readonly columns: readonly string[]
  chunks(): AsyncGenerator<TableChunk, void, undefined>
  close(): Promise<void>
}

/** Rows as DuckDB gives them, and how a cell that is text becomes what it means. */
type Opened = {
  readonly columns: readonly string[]
  readonly result: DuckDBResult
  readonly clean?: (text: string) => string
}

/** Reads a whole line as one cell: no delimiter that occurs, no quotes. */
const FIRST_LINE = `SELECT line FROM read_csv($1, header = false, auto_detect = false, delim = '\u0001', quote = '',
  escape = '', compression = $2, columns = {'line': 'VARCHAR'}) LIMIT 1`
const PARQUET = 'SELECT COLUMNS(*)::VARCHAR FROM read_parquet($1)'
/** An array of objects, or one object a line; nested values stay JSON. */
const JSON_ROWS = `SELECT json_extract_string(COLUMNS(*), '$') FROM read_json($1, maximum_depth = 1, sample_size = -1)`
const TAB = '\t'

/**
 * Opens a table as text cells. No name from the file, the manifest or the path becomes part of a SQL text (T26); a query is the user's own.
 * @throws {UserError} DATA_BAD_HEADER, DATA_BAD_ROW, DATA_NOT_UTF8, DATA_NO_ROWS, DATA_BAD_QUERY; chunks() throws the same.
 */
export async function openTable(file: DataFile): Promise<TableReader> {
  if (file.format === 'sqlite') return (await import('./table-sqlite.ts')).openSqlite(file)
  if (file.format === 'query') return openQuery(file)
  const database = await openRestrictedDatabase(file.path)
  try {
    const opened = await openFile(file, database)
    return { ...readerOf(opened, file), close: () => database.close() }
  } catch (error) {
    await database.close()
    throw explainTableError(error, file)
  }
}

function openFile(file: DataFile, database: RestrictedDatabase): Promise<Opened> {
  if (file.format === 'parquet') return openNamed(PARQUET, file, database)
  if (file.format === 'json') return openNamed(JSON_ROWS, file, database)
  return openCsv(file, database)
}

async function openQuery(file: DataFile): Promise<TableReader> {
  try {
    const { result, database } = await runQuery(file.path)
    const columns = checkColumnNames(result.columnNames(), file.name)
    return { ...readerOf({ columns, result }, file), close: () => database.close() }
  } catch (error) {
    throw explainTableError(error, file)
  }
}

async function openNamed(
  sql: string,
  file: DataFile,
  { connection, link }: RestrictedDatabase,
): Promise<Opened> {
  const result = await connection.stream(sql, [link])
  return { columns: checkColumnNames(result.columnNames(), file.name), result }
}

async function openCsv(file: DataFile, { connection, link }: RestrictedDatabase): Promise<Opened> {
  const compression = file.format === 'csv.gz' ? 'gzip' : 'none'
  const head = await connection.runAndReadAll(FIRST_LINE, [link, compression])
  const { delimiter, columns } = parseTableHeader(String(head.getRows()[0]?.[0] ?? ''), file.name)
  // The delimiter is one of four constants and the columns are numbered: nothing of the file's text is in this SQL.
  const types = columns.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ')
  // Quotes are text where tabs separate (IANA text/tab-separated-values).
  const quote = delimiter === TAB ? '' : '"'
  const result = await connection.stream(
    `SELECT * FROM read_csv($1, header = true, auto_detect = false, delim = '${delimiter}', quote = '${quote}',
      escape = '${quote}', compression = $2, strict_mode = true, columns = {${types}})`,
    [link, compression],
  )
  return delimiter === TAB ? { columns, result, clean: unquoted } : { columns, result }
}

function readerOf({ columns, ...opened }: Opened, file: DataFile): Omit<TableReader, 'close'> {
  return { columns, chunks: () => chunksOf(opened, file) }
}

async function* chunksOf(
  { result, clean = (text) => text }: Omit<Opened, 'columns'>,
  file: DataFile,
): AsyncGenerator<TableChunk, void, undefined> {
  for (;;) {
    const chunk = await nextChunk(result, file)
    if (chunk === null || chunk.rowCount === 0) return
    yield {
      rows: chunk.rowCount,
      column: (index) =>
        chunk
          .getColumnValues(index)
          .map((value) => (value === null ? '' : clean(String(value).trim()))),
    }
  }
}

async function nextChunk(result: DuckDBResult, file: DataFile): Promise<DuckDBDataChunk | null> {
  try {
    return await result.fetchChunk()
  } catch (error) {
    throw explainTableError(error, file)
  }
}
