import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api'
import type { DataFile } from './data-file.ts'
import { explainTableError } from './explain-table-error.ts'
import { openRestrictedDatabase, type RestrictedDatabase } from './restricted-database.ts'
import { checkColumnNames, parseTableHeader, unquoted } from './table-header.ts'
import { runQuery } from './table-query.ts'

/** Some consecutive rows of a table, by column; empty cells and nulls are ''. Cells have no surrounding spaces. */
export type TableChunk = {
  readonly rows: number
  column(index: number): readonly string[]
  /** One cell. */
  cell(index: number, row: number): string
  /** The same cells as numbers, where they were asked for; NaN is what parseDecimal does not read, or no finite number. */
  numbers(index: number): Float64Array | undefined
}

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
  /** Positions of columns that stand once more behind all others, as numbers. */
  readonly numeric?: readonly number[]
  readonly clean?: (text: string) => string
}

/** Reads a whole line as one cell: no delimiter that occurs, no quotes. */
const FIRST_LINE = `SELECT line FROM read_csv($1, header = false, auto_detect = false, delim = '\u0001', quote = '',
  escape = '', compression = $2, columns = {'line': 'VARCHAR'}) LIMIT 1`
const PARQUET_COLUMNS = 'SELECT * FROM read_parquet($1) LIMIT 0'
/** An array of objects, or one object a line; nested values stay JSON. */
const JSON_ROWS = `SELECT json_extract_string(COLUMNS(*), '$') FROM read_json($1, maximum_depth = 1, sample_size = -1)`
const TAB = '\t'
/** What parseDecimal reads, as RE2: DuckDB alone would also take nan, inf and 1_000. */
const DECIMAL = '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?'
const MAX_NUMBER_CHARACTERS = 64

/**
 * Opens a table as text cells; cells of CSV and Parquet columns called as in `numeric` come as numbers too, which is ten times faster to
 * read. No name from the file, the manifest or the path becomes part of a SQL text (T26); a query is the user's own.
 * @throws {UserError} DATA_BAD_HEADER, DATA_BAD_ROW, DATA_NOT_UTF8, DATA_NO_ROWS, DATA_BAD_QUERY; chunks() throws the same.
 */
export async function openTable(
  file: DataFile,
  numeric: readonly string[] = [],
): Promise<TableReader> {
  if (file.format === 'sqlite') return (await import('./table-sqlite.ts')).openSqlite(file)
  if (file.format === 'query') return openQuery(file)
  const database = await openRestrictedDatabase(file.path)
  try {
    const opened = await openFile(file, database, numeric)
    return { ...readerOf(opened, file), close: () => database.close() }
  } catch (error) {
    await database.close()
    throw explainTableError(error, file)
  }
}

function openFile(
  file: DataFile,
  database: RestrictedDatabase,
  numeric: readonly string[],
): Promise<Opened> {
  if (file.format === 'json') return openJson(file, database)
  return (file.format === 'parquet' ? openParquet : openCsv)(file, database, numeric)
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

async function openJson(file: DataFile, { connection, link }: RestrictedDatabase): Promise<Opened> {
  const result = await connection.stream(JSON_ROWS, [link])
  return { columns: checkColumnNames(result.columnNames(), file.name), result }
}

async function openParquet(
  file: DataFile,
  { connection, link }: RestrictedDatabase,
  names: readonly string[],
): Promise<Opened> {
  const head = await connection.runAndReadAll(PARQUET_COLUMNS, [link])
  const columns = checkColumnNames(head.columnNames(), file.name)
  const numeric = positionsOf(names, columns)
  const aliases = columns.map((_, i) => `c${i}`).join(', ')
  const result = await connection.stream(
    `SELECT ${selected(columns, numeric)} FROM read_parquet($1) AS rows(${aliases})`,
    [link],
  )
  return { columns, result, numeric }
}

function positionsOf(names: readonly string[], columns: readonly string[]): readonly number[] {
  return names.map((name) => columns.indexOf(name)).filter((index) => index >= 0)
}

/** All columns as text, then some as numbers, by their positions: nothing of the file's text is in this SQL. */
function selected(columns: readonly string[], numeric: readonly number[]): string {
  const texts = columns.map((_, i) => `c${i}::VARCHAR`)
  return [...texts, ...numeric.map((i) => asNumber(`trim(c${i}::VARCHAR)`))].join(', ')
}

function asNumber(text: string): string {
  const isDecimal = `length(${text}) <= ${MAX_NUMBER_CHARACTERS} AND regexp_full_match(${text}, '${DECIMAL}')`
  return `coalesce(CASE WHEN ${isDecimal} THEN TRY_CAST(${text} AS DOUBLE) END, 'nan'::DOUBLE)`
}

async function openCsv(
  file: DataFile,
  { connection, link }: RestrictedDatabase,
  names: readonly string[],
): Promise<Opened> {
  const compression = file.format === 'csv.gz' ? 'gzip' : 'none'
  const head = await connection.runAndReadAll(FIRST_LINE, [link, compression])
  const { delimiter, columns } = parseTableHeader(String(head.getRows()[0]?.[0] ?? ''), file.name)
  // The delimiter is one of four constants and the columns are numbered: nothing of the file's text is in this SQL.
  const types = columns.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ')
  const numeric = positionsOf(names, columns)
  // Quotes are text where tabs separate (IANA text/tab-separated-values).
  const quote = delimiter === TAB ? '' : '"'
  const result = await connection.stream(
    `SELECT ${selected(columns, numeric)} FROM read_csv($1, header = true, auto_detect = false, delim = '${delimiter}', quote = '${quote}',
      escape = '${quote}', compression = $2, strict_mode = true, columns = {${types}})`,
    [link, compression],
  )
  const opened = { columns, result, numeric }
  return delimiter === TAB ? { ...opened, clean: unquoted } : opened
}

function readerOf(opened: Opened, file: DataFile): Omit<TableReader, 'close'> {
  return { columns: opened.columns, chunks: () => chunksOf(opened, file) }
}

async function* chunksOf(
  opened: Opened,
  file: DataFile,
): AsyncGenerator<TableChunk, void, undefined> {
  for (;;) {
    const chunk = await nextChunk(opened.result, file)
    if (chunk === null || chunk.rowCount === 0) return
    yield chunkOf(chunk, opened)
  }
}

function chunkOf(
  chunk: DuckDBDataChunk,
  { columns, numeric = [], clean = (text) => text }: Opened,
): TableChunk {
  const textOf = (value: unknown): string => (value === null ? '' : clean(String(value).trim()))
  return {
    rows: chunk.rowCount,
    column: (index) => chunk.getColumnValues(index).map(textOf),
    cell: (index, row) => textOf(chunk.getColumnVector(index).getItem(row)),
    numbers(index) {
      const place = numeric.indexOf(index)
      if (place < 0) return undefined
      const vector = chunk.getColumnVector(columns.length + place)
      // Of a double; none is null. The next chunk may take its memory.
      return 'items' in vector && vector.items instanceof Float64Array
        ? vector.items.slice()
        : undefined
    },
  }
}

async function nextChunk(result: DuckDBResult, file: DataFile): Promise<DuckDBDataChunk | null> {
  try {
    return await result.fetchChunk()
  } catch (error) {
    throw explainTableError(error, file)
  }
}
