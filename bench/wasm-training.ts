import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { BenchRow } from './rows.ts'

const MEASURE = fileURLToPath(
  new URL('../packages/engine/test/stock/measure-training.ts', import.meta.url),
)
/** Stock tfjs-wasm with model.fit; the same with our matMul kernels; our engine. */
const WAYS = ['stock', 'kernels', 'ours'] as const
/** Each turn measures every way once, so that a busy machine slows all of them alike. */
const TURNS = 3
const CASES = [
  { name: '2nn', batch: 64 },
  { name: '2nn-batch-20', batch: 20 },
] as const

type Way = (typeof WAYS)[number]

/**
 * Samples per second of local SGD on 784-200-200-10, ours against stock tfjs-wasm: medians over processes in turns. Seconds are CPU
 * time of the training thread.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const { name, batch } of CASES) {
    const rates: Record<Way, number[]> = { stock: [], kernels: [], ours: [] }
    for (let turn = 0; turn < TURNS; turn++)
      for (const way of WAYS) rates[way].push(...(await measure(way, batch)))
    rows.push(...rowsOf(name, rates))
  }
  return rows
}

function rowsOf(name: string, rates: Readonly<Record<Way, readonly number[]>>): BenchRow[] {
  const [stock, kernels, ours] = WAYS.map((way) => median(rates[way])) as [number, number, number]
  const rate = (metric: string, value: number): BenchRow => ({
    case: name,
    metric,
    value: Math.round(value),
    unit: 'samples/s',
  })
  const ratio = (metric: string, value: number): BenchRow => ({
    case: name,
    metric,
    value: Math.round(100 * value) / 100,
    unit: 'x',
  })
  return [
    rate('samples_per_s', ours),
    rate('stock_samples_per_s', stock),
    rate('stock_with_our_kernels_samples_per_s', kernels),
    ratio('ratio_vs_stock', ours / stock),
    ratio('ratio_of_kernels_alone', kernels / stock),
  ]
}

async function measure(way: Way, batch: number): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [MEASURE, way, String(batch)])
  // Our own child: a list of numbers.
  return JSON.parse(stdout) as number[]
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
