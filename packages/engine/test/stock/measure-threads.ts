/**
 * Child process of bench/train.ts: trains a model through the engine's own trainer on wasm, a step with one thread and a step with worker
 * threads in turns, and prints the median seconds of each as JSON (ThreadSeconds). Seconds are on the clock: threads need idle cores.
 * Usage: measure-threads.ts MODEL BATCH THREADS SECONDS.
 */
import process from 'node:process'
import { startBackend } from '../../src/backends/start-backend.ts'
import { writtenLayers } from '../../src/models/create-gradient.ts'
import { initialWeights } from '../../src/models/initial-weights.ts'
import { loadGradients } from '../../src/models/load-gradients.ts'
import { planModel } from '../../src/models/model-plan.ts'
import { createTrainer, type Trainer } from '../../src/models/trainer.ts'
import { startShardWorkers } from '../../src/shards/shard-workers.ts'
import { rowNumbers } from '../../src/training/row-numbers.ts'
import { blobs, dense, MCMAHAN_CNN, sequential } from '../unit/fixtures.ts'

/** Median seconds of a step. */
export type ThreadSeconds = { readonly one: number; readonly many: number }

/** Untimed: compilers settle. */
const WARM_UP_STEPS = 3
const MIN_STEPS = 3

const DIGITS = { featureShape: [784], classes: 10 }
const MODELS = {
  '2nn': sequential([dense(200, 'relu'), dense(200, 'relu'), dense(10, 'softmax')], DIGITS),
  cnn: MCMAHAN_CNN,
  'mlp-10m': sequential(
    [dense(2_400, 'relu'), dense(2_400, 'relu'), dense(800, 'relu'), dense(10, 'softmax')],
    { featureShape: [1_000], classes: 10 },
  ),
}

const [name = '', batchText, threadsText, secondsText] = process.argv.slice(2)
process.stdout.write(JSON.stringify(await measure(Number(batchText), Number(threadsText))))

async function measure(batchSize: number, threads: number): Promise<ThreadSeconds> {
  await startBackend('wasm')
  // What bench/train.ts names.
  const model = planModel(MODELS[name as keyof typeof MODELS])
  const { values } = initialWeights(model, 1)
  const plan = { optimizer: 'sgd', learningRate: 0.01, batchSize, epochs: 1 } as const
  const work = {
    ...{ backend: 'wasm', model, plan, seed: 1, values, classWeights: undefined },
    read: async (tensor) => tensor.dataSync<'float32'>(),
  } satisfies Parameters<typeof createTrainer>[0]
  if (writtenLayers(work) === undefined) await loadGradients()
  const workers = startShardWorkers(work, threads - 1)
  while (workers.ready() < threads - 1) await new Promise((resolve) => setTimeout(resolve, 10))
  const { featureShape } = model
  const data = blobs({ count: batchSize, featureShape, classes: 10, seed: 1 })
  const rows = rowNumbers(batchSize)
  const secondsOf = async (trainer: Trainer): Promise<number> => {
    const started = performance.now()
    await trainer.step(rows, data)
    return (performance.now() - started) / 1e3
  }
  const [one, many] = [createTrainer(work, undefined), createTrainer(work, workers)]
  const seconds = { one: [] as number[], many: [] as number[] }
  for (let step = 0; step < WARM_UP_STEPS; step++) {
    await secondsOf(one)
    await secondsOf(many)
  }
  const end = performance.now() + 1e3 * Number(secondsText)
  while (performance.now() < end || seconds.one.length < MIN_STEPS) {
    seconds.one.push(await secondsOf(one))
    seconds.many.push(await secondsOf(many))
  }
  await workers.end()
  return { one: median(seconds.one), many: median(seconds.many) }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
