import path from 'node:path'
import process from 'node:process'
import { createEngine, loadTrainingRows } from '../../packages/engine/src/index.ts'
import { BENCH_SCHEMA } from './bench-schema.ts'
import { reportMeasured } from './report-measured.ts'

/** Arguments: the table, features in memory in bytes, and `load` or `epoch`, which is what is timed; memory is that of both. */
const [file = '', memoryBytes, part] = process.argv.slice(2)
const MODEL = {
  topology: {
    className: 'Sequential',
    layers: [{ className: 'Dense', config: { units: 2, activation: 'softmax', useBias: true } }],
  },
  featureShape: [16],
  objective: { kind: 'classes', classes: 2 },
} as const
const PLAN = { optimizer: 'sgd', learningRate: 0.1, batchSize: 256, epochs: 1 } as const

let started = performance.now()
const room = { memoryBytes: Number(memoryBytes), directory: path.dirname(file) }
const { dataset } = await loadTrainingRows(file, BENCH_SCHEMA, room)
if (part === 'epoch') {
  const engine = await createEngine({ backend: 'wasm' })
  const base = engine.initialWeights(MODEL, 1)
  started = performance.now()
  await engine.train(MODEL, base, dataset, { plan: PLAN, seed: 1 })
}
reportMeasured(dataset.count, started)
