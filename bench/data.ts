import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { writeBenchTable } from './data/write-bench-table.ts'
import type { BenchRow } from './rows.ts'

const READERS = {
  'fednode/csv': ['measure-load.ts', 'csv'],
  'fednode/parquet': ['measure-load.ts', 'parquet'],
  'duckdb/csv': ['measure-duckdb.ts', 'csv'],
  'duckdb/parquet': ['measure-duckdb.ts', 'parquet'],
  'lines/csv': ['measure-lines.ts', 'csv'],
} as const
const ROWS = 500_000
const MIB = 1_048_576

type Measured = { readonly rows: number; readonly seconds: number; readonly peakBytes: number }

/**
 * Reads a table of 500,000 rows of eight numbers, two categories and a class, each reader in a process of its own: fednode's loader
 * (checked, scaled, one-hot, labels), DuckDB scanning and summing the same columns, and node:readline with split and Number.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fednode-bench-'))
  try {
    await writeBenchTable(folder, ROWS)
    const rows: BenchRow[] = []
    for (const [name, [script, format]] of Object.entries(READERS)) {
      const file = path.join(folder, `rows.${format}`)
      const measured = await measure(path.join(import.meta.dirname, 'data', script), file)
      rows.push(...rowsOf(name, measured))
    }
    return rows
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(script: string, file: string): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, file])
  return JSON.parse(stdout) as Measured
}

function rowsOf(name: string, { rows, seconds, peakBytes }: Measured): readonly BenchRow[] {
  return [
    { case: name, metric: 'rows_per_s', value: rows / seconds, unit: 'rows/s' },
    { case: name, metric: 'peak_rss_mb', value: peakBytes / MIB, unit: 'MiB' },
  ]
}
