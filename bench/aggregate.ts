import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import type { StrategySpec } from '../packages/protocol/src/manifest/types.ts'
import { writeUpdateFiles } from './aggregate/update-files.ts'
import type { BenchRow } from './rows.ts'

const MEASURE = path.join(import.meta.dirname, 'aggregate/measure.ts')
const SILOS = 64
/** 100 MB of f32 a silo. */
const VALUES = 25_000_000
const UPDATE_BYTES = SILOS * VALUES * 4

const STRATEGIES: readonly StrategySpec[] = [
  ...(['fedavg', 'fednova', 'fedavgm', 'fedadagrad', 'fedadam', 'fedyogi'] as const).map(
    (name) => ({ name, weighting: 'samples' as const }),
  ),
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

type Measured = {
  readonly seconds: number
  readonly copySeconds: number
  readonly peakBytes: number
}

/**
 * Aggregates 64 updates of 100 MB with every strategy (FedProx is FedAvg here), each in a process of its own. Updates are read from
 * files in the page cache, as in a round; the copy next to it is from memory to memory, of as many bytes, in the same process.
 * GB of updates per CPU second; peak memory before the copy.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fednode-bench-'))
  try {
    // The first is the incoming model.
    writeUpdateFiles(folder, SILOS + 1, VALUES)
    const rows: BenchRow[] = []
    for (const strategy of STRATEGIES)
      rows.push(...rowsOf(strategy, await measure(folder, strategy)))
    return rows
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(folder: string, strategy: StrategySpec): Promise<Measured> {
  const args = [MEASURE, folder, JSON.stringify(strategy), String(VALUES)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  // Our own child.
  return JSON.parse(stdout) as Measured
}

function rowsOf({ name }: StrategySpec, { seconds, copySeconds, peakBytes }: Measured): BenchRow[] {
  const row = (metric: string, value: number, unit: string): BenchRow => ({
    case: name,
    metric,
    value: Number(value.toPrecision(3)),
    unit,
  })
  return [
    row('gb_per_s', UPDATE_BYTES / seconds / 1e9, 'GB/s'),
    row('copy_gb_per_s', UPDATE_BYTES / copySeconds / 1e9, 'GB/s'),
    row('ratio_vs_copy', copySeconds / seconds, 'x'),
    row('peak_rss_mb', peakBytes / 1e6, 'MB'),
  ]
}
