import type { DuckDBResult } from '@duckdb/node-api'
import { dataError } from './data-error.ts'
import { queryFiles } from './query-files.ts'
import { openQueryDatabase, type QueryDatabase } from './restricted-database.ts'

/** The rows of a query, every column as text. */
export type QueryResult = { readonly result: DuckDBResult; readonly database: QueryDatabase }

/**
 * Runs one SELECT in a database that reads only the files that the query names (T26).
 * @throws {UserError} DATA_BAD_QUERY when it is no single SELECT; what DuckDB says otherwise.
 */
export async function runQuery(text: string): Promise<QueryResult> {
  const query = text.trim().replace(/;\s*$/, '')
  const database = await openQueryDatabase(queryFiles(query))
  try {
    await checkSelect(query, database)
    // A comment at the end of the query must not hide the parenthesis.
    const result = await database.connection.stream(`SELECT COLUMNS(*)::VARCHAR FROM (${query}\n)`)
    return { result, database }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** One statement that reads: nothing that writes files, changes settings or loads code. */
async function checkSelect(query: string, { connection }: QueryDatabase): Promise<void> {
  const { StatementType } = await import('@duckdb/node-api')
  const statements = await connection.extractStatements(query)
  const isOne = statements.count === 1
  const statement = isOne ? await statements.prepare(0) : undefined
  const isSelect = statement?.statementType === StatementType.SELECT
  statement?.destroySync()
  if (isSelect) return
  throw dataError('DATA_BAD_QUERY', 'the query is not one SELECT', {
    hint: `For example  --data "SELECT age, outcome FROM read_parquet('visits.parquet') WHERE age >= 18"`,
  })
}
