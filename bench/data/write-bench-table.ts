import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/** Columns x0 to x7, two categories and a label, by DuckDB's hash: the same rows every time. */
const QUERY = `SELECT
  ${Array.from({ length: 8 }, (_, i) => `round((hash(i * 8 + ${i}) % 1000000) / 1000.0, 3) AS x${i}`).join(', ')},
  ['north', 'east', 'south'][(1 + hash(i, 1) % 3)::BIGINT] AS region,
  ['a', 'b', 'c', 'd', 'e'][(1 + hash(i, 2) % 5)::BIGINT] AS grade,
  ['no', 'yes'][(1 + hash(i, 3) % 2)::BIGINT] AS outcome
  FROM range($1) AS rows(i)`

/** Writes rows.csv and rows.parquet. */
export async function writeBenchTable(folder: string, rows: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    await connection.run(`CREATE TABLE rows AS ${QUERY}`, [rows])
    await connection.run(`COPY rows TO '${path.join(folder, 'rows.csv')}' (HEADER true)`)
    await connection.run(`COPY rows TO '${path.join(folder, 'rows.parquet')}' (FORMAT parquet)`)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
