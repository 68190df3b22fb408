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
/** A larger table: 244 MiB of features. */
const MANY_ROWS = 4_000_000
const FEATURES = 16
/** How much of its features may be in memory. */
const ROOMS = { memory: MANY_ROWS * FEATURES * Float32Array.BYTES_PER_ELEMENT, stream: 33_554_432 }
const MIB = 1_048_576

type Measured = { readonly rows: number; readonly seconds: number; readonly peakBytes: number }

/**
 * Reads a table of 500,000 rows of eight numbers, two categories and a class, each reader in a process of its own: fednode's loader
 * (checked, scaled, one-hot, labels), DuckDB scanning and summing the same columns, and node:readline with split and Number. Then loads a
 * table of 4,000,000 rows and trains a logistic model on it for one epoch: all of it in memory, and 32 MiB of its features at a time.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fednode-bench-'))
  try {
    return [...(await compareReaders(folder)), ...(await compareRooms(folder))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function compareReaders(folder: string): Promise<readonly BenchRow[]> {
  await writeBenchTable(folder, ROWS)
  const rows: BenchRow[] = []
  for (const [name, [script, format]] of Object.entries(READERS))
    rows.push(...rowsOf(name, await measure(script, [path.join(folder, `rows.${format}`)])))
  return rows
}

async function compareRooms(folder: string): Promise<readonly BenchRow[]> {
  await writeBenchTable(folder, MANY_ROWS)
  const rows: BenchRow[] = []
  for (const [room, bytes] of Object.entries(ROOMS))
    for (const part of ['load', 'epoch']) {
      const given = [path.join(folder, 'rows.csv'), String(bytes), part]
      const measured = await measure('measure-training.ts', given)
      rows.push(...rowsOf(`${room}/${MANY_ROWS}/${part}`, measured))
    }
  return rows
}

async function measure(script: string, given: readonly string[]): Promise<Measured> {
  const program = path.join(import.meta.dirname, 'data', script)
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...given])
  return JSON.parse(stdout) as Measured
}

function rowsOf(name: string, { rows, seconds, peakBytes }: Measured): readonly BenchRow[] {
  return [
    { case: name, metric: 'rows_per_s', value: rows / seconds, unit: 'rows/s' },
    { case: name, metric: 'peak_rss_mb', value: peakBytes / MIB, unit: 'MiB' },
  ]
}
