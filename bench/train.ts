import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { EngineRates } from '../packages/engine/test/stock/measure-engine.ts'
import type { ThreadSeconds } from '../packages/engine/test/stock/measure-threads.ts'
import { engineDirectory } from '../packages/node/src/engines/engine-directory.ts'
import type { BenchRow } from './rows.ts'

const MEASURE = fileURLToPath(
  new URL('../packages/engine/test/stock/measure-engine.ts', import.meta.url),
)
const MEASURE_THREADS = fileURLToPath(
  new URL('../packages/engine/test/stock/measure-threads.ts', import.meta.url),
)
const MODELS = ['2nn', '2nn-batch-10', 'cnn', 'cnn-batch-10', 'cnn-1d', 'lstm', 'mlp-10m'] as const
/** Back ends as TensorFlow.js ships them, with a naive gradient of convolutions where wasm has none. */
const STOCK = ['wasm', 'cpu'] as const
/** Back ends of our engines; `cpu` is the stock one, and those that do not start here give no rows. */
const ENGINES = ['wasm', 'tfjs-node', 'tfjs-node-gpu', 'webgpu'] as const
/** Of training, per measurement. */
const SECONDS = 2
/** Batches of our own trainer that are cut into shards, see docs/ENGINES.md. */
const THREADED = [
  { model: '2nn', batch: 512 },
  { model: 'cnn', batch: 64 },
  { model: 'cnn', batch: 256 },
  { model: 'mlp-10m', batch: 512 },
] as const
const THREADS = 2
const THREAD_SECONDS = 6

/**
 * Samples per second of training, and of predicting alone, with tfjs-layers (SGD, one batch after the other) on the back ends of our engines and on the stock ones:
 * medians of three repetitions. On wasm and cpu seconds are CPU time of one thread, elsewhere on the clock. The ratio is against the faster stock
 * back end. Then our own trainer with large batches, with one thread and with two, on the clock.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const model of MODELS) {
    const stock: number[] = []
    for (const backend of STOCK) {
      const rates = await measure('stock', backend, model)
      if (rates === undefined) continue
      stock.push(rates.train)
      rows.push(...rateRows(`stock-${backend}/${model}`, rates))
    }
    for (const engine of ENGINES) {
      const rates = await measure('ours', engine, model)
      if (rates === undefined) continue
      const name = `${engine}/${model}`
      const value = Math.round((100 * rates.train) / Math.max(...stock)) / 100
      rows.push(...rateRows(name, rates), {
        case: name,
        metric: 'ratio_vs_stock',
        value,
        unit: 'x',
      })
    }
  }
  for (const { model, batch } of THREADED) rows.push(...(await threadRows(model, batch)))
  return rows
}

async function threadRows(model: string, batch: number): Promise<readonly BenchRow[]> {
  const args = [MEASURE_THREADS, model, batch, THREADS, THREAD_SECONDS].map(String)
  const { stdout } = await promisify(execFile)(process.execPath, args)
  // What our own child prints.
  const { one, many } = JSON.parse(stdout) as ThreadSeconds
  const row = (threads: string, metric: string, value: number, unit: string): BenchRow => {
    const label = `wasm-${threads}/${model}-batch-${batch}`
    return { case: label, metric, value: Number(value.toPrecision(3)), unit }
  }
  return [
    row('1-thread', 'samples_per_s', batch / one, 'samples/s'),
    row(`${THREADS}-threads`, 'samples_per_s', batch / many, 'samples/s'),
    row(`${THREADS}-threads`, 'ratio_vs_one_thread', one / many, 'x'),
  ]
}

function rateRows(name: string, { train, forward }: Rates): BenchRow[] {
  const row = (metric: string, rate: number): BenchRow => {
    return { case: name, metric, value: Number(rate.toPrecision(3)), unit: 'samples/s' }
  }
  return [row('samples_per_s', train), row('forward_samples_per_s', forward)]
}

/** Of training and of predicting alone. */
type Rates = { readonly train: number; readonly forward: number }

/** Medians, or undefined where the back end does not start. */
async function measure(
  way: 'stock' | 'ours',
  backend: string,
  model: string,
): Promise<Rates | undefined> {
  const args = [MEASURE, way, backend, model, String(SECONDS), engineDirectory(process.env)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  // What our own child prints.
  const rates = JSON.parse(stdout) as EngineRates | null
  return rates === null ? undefined : { train: median(rates.train), forward: median(rates.forward) }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
