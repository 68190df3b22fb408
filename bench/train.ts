import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { engineDirectory } from '../packages/node/src/engines/engine-directory.ts'
import type { BenchRow } from './rows.ts'

const MEASURE = fileURLToPath(
  new URL('../packages/engine/test/stock/measure-engine.ts', import.meta.url),
)
const MODELS = ['2nn', '2nn-batch-10', 'cnn', 'cnn-batch-10', 'cnn-1d', 'lstm', 'mlp-10m'] as const
/** Back ends as TensorFlow.js ships them, with a naive gradient of convolutions where wasm has none. */
const STOCK = ['wasm', 'cpu'] as const
/** Back ends of our engines; `cpu` is the stock one, and those that do not start here give no rows. */
const ENGINES = ['wasm', 'tfjs-node', 'tfjs-node-gpu', 'webgpu'] as const
/** Of training, per measurement. */
const SECONDS = 2

/**
 * Samples per second of training with tfjs-layers (SGD, one batch after the other) on the back ends of our engines and on the stock ones:
 * medians of three repetitions. On wasm and cpu seconds are CPU time of one thread, elsewhere on the clock. The ratio is against the faster stock
 * back end.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const model of MODELS) {
    const stock: number[] = []
    for (const backend of STOCK) {
      const rate = await measure('stock', backend, model)
      if (rate === undefined) continue
      stock.push(rate)
      rows.push(rateRow(`stock-${backend}/${model}`, rate))
    }
    for (const engine of ENGINES) {
      const rate = await measure('ours', engine, model)
      if (rate === undefined) continue
      const name = `${engine}/${model}`
      const value = Math.round((100 * rate) / Math.max(...stock)) / 100
      rows.push(rateRow(name, rate), { case: name, metric: 'ratio_vs_stock', value, unit: 'x' })
    }
  }
  return rows
}

function rateRow(name: string, rate: number): BenchRow {
  const value = Number(rate.toPrecision(3))
  return { case: name, metric: 'samples_per_s', value, unit: 'samples/s' }
}

/** The median, or undefined where the back end does not start. */
async function measure(
  way: 'stock' | 'ours',
  backend: string,
  model: string,
): Promise<number | undefined> {
  const args = [MEASURE, way, backend, model, String(SECONDS), engineDirectory(process.env)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  // Our own child: a list of numbers, or null.
  const rates = JSON.parse(stdout) as number[] | null
  return rates?.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)]
}
