import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import type { StrategySpec } from '../packages/protocol/src/manifest/types.ts'
import { writeUpdateFiles } from './aggregate/update-files.ts'
import type { BenchRow } from './rows.ts'

const STRATEGY = path.join(import.meta.dirname, 'aggregate/measure-strategy.ts')
const COPY = path.join(import.meta.dirname, 'aggregate/measure-copy.ts')
const SILOS = 64
/** 100 MB of f32 a silo. */
const VALUES = 25_000_000
const UPDATE_BYTES = SILOS * VALUES * 4

const STRATEGIES: readonly StrategySpec[] = [
  { name: 'fedavg', weighting: 'samples' },
  { name: 'fedprox', weighting: 'samples' },
  { name: 'fednova', weighting: 'samples' },
  { name: 'fedavgm', weighting: 'samples' },
  { name: 'fedadagrad', weighting: 'samples' },
  { name: 'fedadam', weighting: 'samples' },
  { name: 'fedyogi', weighting: 'samples' },
  { name: 'scaffold', weighting: 'equal' },
  { name: 'median', weighting: 'equal' },
  { name: 'trimmed-mean', weighting: 'equal' },
  { name: 'krum', weighting: 'equal' },
  { name: 'multi-krum', weighting: 'equal' },
  { name: 'bulyan', weighting: 'equal' },
  { name: 'geometric-median', weighting: 'samples' },
  { name: 'centered-clipping', weighting: 'equal' },
  { name: 'norm-clipping', weighting: 'samples' },
  { name: 'foolsgold', weighting: 'equal' },
]

type Measured = { readonly seconds: number; readonly peakBytes: number }

/**
 * Aggregates 64 updates of 100 MB with every strategy, each in a process of its own, in its first round. Updates are read from files in
 * the page cache, as in a round. Before and after each, as many bytes are copied from memory to memory, so that a busy machine slows
 * both alike. GB of updates per CPU second of one thread.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fednode-bench-'))
  try {
    // The first is the incoming model.
    writeUpdateFiles(folder, SILOS + 1, VALUES)
    const rows: BenchRow[] = []
    let copyBefore = await copySeconds()
    for (const strategy of STRATEGIES) {
      const args = [folder, JSON.stringify(strategy), String(VALUES)]
      const measured = (await runChild(STRATEGY, args)) as Measured
      const copyAfter = await copySeconds()
      rows.push(...rowsOf(strategy.name, measured, (copyBefore + copyAfter) / 2))
      copyBefore = copyAfter
    }
    return rows
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function copySeconds(): Promise<number> {
  const { seconds } = (await runChild(COPY, [String(VALUES), String(SILOS)])) as Measured
  return seconds
}

/** What our own child prints. */
async function runChild(file: string, args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...args])
  return JSON.parse(stdout)
}

function rowsOf(name: string, { seconds, peakBytes }: Measured, copy: number): BenchRow[] {
  const row = (metric: string, value: number, unit: string): BenchRow => ({
    case: name,
    metric,
    value: Number(value.toPrecision(3)),
    unit,
  })
  return [
    row('gb_per_s', UPDATE_BYTES / seconds / 1e9, 'GB/s'),
    row('copy_gb_per_s', UPDATE_BYTES / copy / 1e9, 'GB/s'),
    row('ratio_vs_copy', copy / seconds, 'x'),
    row('peak_rss_mb', peakBytes / 1e6, 'MB'),
  ]
}
