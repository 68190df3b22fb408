/**
 * Child process of bench/wasm-training.ts: trains 2NN one way and prints samples per second of each repetition as JSON.
 * Seconds are CPU time of the one thread that trains: on an idle machine they are seconds, on a busy one still comparable.
 * Usage: measure-training.ts stock|kernels|ours BATCH. Each way has a process of its own, because kernels are replaced process-wide.
 */
import process from 'node:process'
import * as tf from '@tensorflow/tfjs-core'
import { startBackend } from '../../src/backends/start-backend.ts'
import { createEngine } from '../../src/index.ts'
import { initialWeights } from '../../src/models/initial-weights.ts'
import { planModel } from '../../src/models/model-plan.ts'
import { blobs, dense, sequential } from '../unit/fixtures.ts'
import { createStockModel } from './stock-model.ts'

const SAMPLES = 1_280
const REPETITIONS = 3
const LEARNING_RATE = 0.1

const shape = { featureShape: [784], classes: 10 }
const model = sequential([dense(200, 'relu'), dense(200, 'relu'), dense(10, 'softmax')], shape)
const data = blobs({ count: SAMPLES, ...shape, seed: 1 })
const weights = initialWeights(planModel(model), 1)

const [way, batchText] = process.argv.slice(2)
const batchSize = Number(batchText)
const trainOnce = way === 'ours' ? await ours() : await stock(way === 'kernels')
// The first pass lets the compilers settle.
await trainOnce()
const rates: number[] = []
for (let i = 0; i < REPETITIONS; i++) {
  const started = process.threadCpuUsage()
  await trainOnce()
  const { user, system } = process.threadCpuUsage(started)
  rates.push((1e6 * SAMPLES) / (user + system))
}
process.stdout.write(JSON.stringify(rates))

async function ours(): Promise<() => Promise<void>> {
  const engine = await createEngine({ backend: 'wasm' })
  const plan = { optimizer: 'sgd', learningRate: LEARNING_RATE, batchSize, epochs: 1 } as const
  return async () => {
    await engine.train(model, weights, data, { plan, seed: 1 })
  }
}

async function stock(hasOurKernels: boolean): Promise<() => Promise<void>> {
  if (hasOurKernels) await startBackend('wasm')
  else await tf.setBackend('wasm')
  const trained = createStockModel(model, {
    weights,
    data,
    optimizer: tf.train.sgd(LEARNING_RATE),
  })
  return () => trained.fit({ batchSize, epochs: 1 })
}
