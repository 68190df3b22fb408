import type { ModelSpec, TrainingPlan } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../../src/backends/create-engine.ts'
import { activateBackend, startBackend } from '../../../src/backends/start-backend.ts'
import { EngineError } from '../../../src/errors.ts'
import { initialWeights } from '../../../src/models/initial-weights.ts'
import { loadTensors } from '../../../src/models/layers/layer-tensors.ts'
import { loadGradients } from '../../../src/models/load-gradients.ts'
import type { GradientWork } from '../../../src/models/loss-gradient.ts'
import { planModel } from '../../../src/models/model-plan.ts'
import { createTrainer } from '../../../src/models/trainer.ts'
import { shardCount } from '../../../src/shards/shard-count.ts'
import { type ShardWorkers, startShardWorkers } from '../../../src/shards/shard-workers.ts'
import { withShardWorkers } from '../../../src/shards/with-shard-workers.ts'
import { rowNumbers } from '../../../src/training/row-numbers.ts'
import type { Dataset } from '../../../src/types.ts'
import { DENSE, IMAGES, rowsFor } from './shard-models.ts'

const SGD = { optimizer: 'sgd', learningRate: 0.05, batchSize: 830, steps: 1_000 } as const
const ADAM = { optimizer: 'adam', learningRate: 0.01, batchSize: 330, epochs: 1 } as const

function workOn(model: ModelSpec, plan: TrainingPlan = SGD): GradientWork {
  const read = async (tensor: tf.Tensor) => tensor.dataSync<'float32'>()
  const classWeights = plan.classWeights === undefined ? undefined : Float64Array.of(1, 3, 0.5, 1)
  return { backend: 'wasm', model: planModel(model), plan, seed: 5, classWeights, read }
}

async function allReady(workers: ShardWorkers, count: number): Promise<void> {
  while (workers.ready() < count) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** Losses of a few steps with a strategy's terms on top, and the weights after them. */
async function steps(work: GradientWork, data: Dataset, workers: ShardWorkers | undefined) {
  activateBackend('wasm')
  const before = tf.memory().numTensors
  const { values } = initialWeights(work.model, 1)
  const correction = Float32Array.from(values, (_, i) => 1e-4 * (i % 3))
  const trainer = createTrainer({ ...work, values, proximal: 0.1, correction }, workers)
  const losses: number[] = []
  for (let step = 0; step < 4; step++) {
    const rows = rowNumbers(data.count).subarray(step, step + work.plan.batchSize)
    losses.push(await trainer.step(rows, data))
  }
  const weights = await trainer.weights()
  trainer.dispose()
  expect(tf.memory().numTensors).toBe(before)
  return { losses, weights }
}

beforeAll(async () => {
  await startBackend('wasm')
  await loadGradients()
})

describe('training with worker threads', () => {
  it.each([
    ['a stack of Dense layers', DENSE, { ...SGD, clipNorm: 0.5 }, 900],
    [
      'convolutions, Dropout, class weights and Adam',
      IMAGES,
      { ...ADAM, classWeights: [1, 3, 0.5, 1], clipNorm: 0.5 },
      400,
    ],
  ] as const)('gives the bits of one thread for %s', async (_name, model, plan, count) => {
    const work = workOn(model, plan)
    expect(shardCount(work, plan.batchSize)).toBe(2)
    const data = rowsFor(model, count)
    const workers = startShardWorkers(work, 1)
    await allReady(workers, 1)
    expect(await steps(work, data, workers)).toEqual(await steps(work, data, undefined))
    expect(workers.ready()).toBe(1)
    await workers.end()
  })

  it('is what the engine does when it may use more than one', async () => {
    const data = rowsFor(DENSE, 900)
    const plan = { ...SGD, steps: 3 }
    const [one, two] = await Promise.all(
      [1, 2].map(async (threads) => {
        const engine = await createEngine({ backend: 'wasm', threads })
        return engine.train(DENSE, engine.initialWeights(DENSE, 1), data, { plan, seed: 1 })
      }),
    )
    expect(two).toEqual(one)
  })

  it.each([0, -1, 1.5])('refuses %s threads', async (threads) => {
    await expect(createEngine({ backend: 'wasm', threads })).rejects.toMatchObject({
      code: 'BAD_PLAN',
    })
  })
})

describe('withShardWorkers', () => {
  const work = workOn(DENSE)

  it.each([
    ['an end', async () => 'done'],
    ['an error', async () => Promise.reject(new EngineError('over', { code: 'TRAINING_ABORTED' }))],
  ])('ends its threads after %s', async (_name, end) => {
    let started: ShardWorkers | undefined
    const training = withShardWorkers(work, { rows: 900, threads: 2 }, async (workers) => {
      started = workers
      if (workers !== undefined) await allReady(workers, 1)
      return end()
    })
    await Promise.allSettled([training])
    expect(started?.ready()).toBe(0)
  })

  it.each([
    ['one is asked for', { rows: 900, threads: 1 }],
    ['there is little to do', { rows: 900, threads: undefined }],
  ])('starts none where %s', async (_name, options) => {
    const brief = { ...work, plan: { ...SGD, steps: 5 } }
    expect(await withShardWorkers(brief, options, async (workers) => workers)).toBeUndefined()
  })
})

describe('startShardWorkers', () => {
  it('takes a thread that died out, and answers what it was asked with nothing', async () => {
    const work = workOn(DENSE, ADAM)
    const workers = startShardWorkers(work, 2)
    const data = rowsFor(DENSE, 4)
    const batch = { data, rows: rowNumbers(4), batchRows: 4, step: 1, shard: 1 }
    expect(await workers.compute(0, batch)).toBeUndefined()
    await allReady(workers, 2)
    activateBackend('wasm')
    const { model } = work
    const weights = loadTensors(model.parameters, initialWeights(model, 1).values)
    workers.setWeights(weights)
    tf.dispose(weights)
    const [done, dead] = await Promise.all([
      workers.compute(0, batch),
      // Rows of another width than the model's.
      workers.compute(1, { ...batch, data: rowsFor(IMAGES, 4), shard: 2 }),
    ])
    expect(done?.gradients.some((value) => value !== 0)).toBe(true)
    expect(dead).toBeUndefined()
    expect(workers.ready()).toBe(1)
    await workers.end()
    expect(workers.ready()).toBe(0)
  })
})
