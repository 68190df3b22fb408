import type { ModelSpec, TrainingPlan } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { activateBackend, startBackend } from '../../../src/backends/start-backend.ts'
import { createGradient } from '../../../src/models/create-gradient.ts'
import { initialWeights } from '../../../src/models/initial-weights.ts'
import { loadTensors } from '../../../src/models/layers/layer-tensors.ts'
import { loadGradients } from '../../../src/models/load-gradients.ts'
import type { Gradient, GradientWork } from '../../../src/models/loss-gradient.ts'
import { planModel } from '../../../src/models/model-plan.ts'
import { createBatchGradients } from '../../../src/shards/batch-gradients.ts'
import { shardCount } from '../../../src/shards/shard-count.ts'
import type { ShardWorkers } from '../../../src/shards/shard-workers.ts'
import { rowNumbers } from '../../../src/training/row-numbers.ts'
import { IMAGES, imagesFor, rowsFor } from './shard-models.ts'

const PLAN = { optimizer: 'sgd', learningRate: 0.1, batchSize: 4_096, epochs: 1 } as const

beforeAll(async () => {
  await startBackend('wasm')
  await loadGradients()
})

function workOn(model: ModelSpec, plan: TrainingPlan = PLAN): GradientWork {
  return {
    ...{ backend: 'wasm', model: planModel(model), plan, seed: 7, classWeights: undefined },
    read: async (tensor) => tensor.dataSync<'float32'>(),
  }
}

function weightsOf({ model }: GradientWork): tf.Tensor[] {
  return loadTensors(model.parameters, initialWeights(model, 2).values)
}

/** Loss and gradients as numbers; frees them. */
async function numbersOf(found: Awaited<ReturnType<Gradient['of']>>) {
  const gradients = found.gradients.map((gradient) => gradient.dataSync<'float32'>())
  tf.dispose([...found.gradients])
  return { gradients, loss: await found.readLoss() }
}

/** Threads that are this one; those of `dead` die of what they are asked for. */
function fakeWorkers(gradient: Gradient, count: number, dead: readonly number[] = []) {
  const asked: number[] = []
  let weights: readonly tf.Tensor[] = []
  const workers: ShardWorkers = {
    ready: () => count,
    setWeights: (tensors) => {
      weights = tensors
    },
    async compute(worker, batch) {
      asked.push(worker)
      if (dead.includes(worker)) return undefined
      activateBackend('wasm')
      const { gradients, loss } = await numbersOf(gradient.of(weights, batch))
      const all = new Float32Array(gradients.reduce((sum, { length }) => sum + length, 0))
      gradients.reduce((offset, values) => {
        all.set(values, offset)
        return offset + values.length
      }, 0)
      return { loss, gradients: all }
    },
    end: async () => undefined,
  }
  return { workers, asked }
}

/** What whole batches and batches in shards give at the same weights. */
async function compare(model: ModelSpec, rows: number) {
  const work = workOn(model)
  const data = rowsFor(model, rows)
  const weights = weightsOf(work)
  const batch = { data, rows: rowNumbers(rows), step: 1 }
  const gradient = createGradient(work)
  const before = tf.memory().numTensors
  const whole = await numbersOf(gradient.of(weights, { ...batch, batchRows: rows, shard: 0 }))
  const sharded = async (workers?: ShardWorkers) => {
    const batches = createBatchGradients(work, workers)
    const found = await numbersOf(await batches.of(weights, batch))
    batches.dispose()
    expect(tf.memory().numTensors).toBe(before)
    return found
  }
  return { work, gradient, whole, sharded, shards: shardCount(work, rows) }
}

describe('createBatchGradients', () => {
  it.each([
    ['a value', { kind: 'value', loss: 'mse' }, 300],
    ['a reconstruction', { kind: 'reconstruction' }, 300],
  ] as const)(
    'gives the gradient of the whole batch for %s, rounding aside',
    async (_name, objective, rows) => {
      const { whole, sharded, shards } = await compare(imagesFor(objective), rows)
      expect(shards).toBeGreaterThan(1)
      const { loss, gradients } = await sharded()
      // The whole batch's loss is one long sum in f32.
      expect(loss).toBeCloseTo(whole.loss, 3)
      gradients.forEach((values, i) => {
        const wanted = whole.gradients[i] as Float32Array
        const most = wanted.reduce((least, value) => Math.max(least, Math.abs(value)), 0)
        const off = values.map((value, at) => Math.abs(value - (wanted[at] as number)))
        expect(Math.max(...off)).toBeLessThan(1e-4 * most)
      })
    },
  )

  it('gives the same bits however many threads take part, and whichever of them die', async () => {
    const { gradient, sharded, shards } = await compare(IMAGES, 650)
    expect(shards).toBe(4)
    const alone = await sharded()
    for (const [count, dead] of [
      [1, []],
      [2, []],
      [3, []],
      [9, []],
      [1, [0]],
      [3, [0, 2]],
    ] as const) {
      const { workers, asked } = fakeWorkers(gradient, count, dead)
      expect(await sharded(workers)).toEqual(alone)
      expect(new Set(asked).size).toBe(Math.min(count, shards - 1))
    }
  })

  it('computes alone until a thread has started', async () => {
    const { gradient, sharded } = await compare(IMAGES, 330)
    const { workers, asked } = fakeWorkers(gradient, 0)
    expect(await sharded(workers)).toEqual(await sharded())
    expect(asked).toEqual([])
  })

  it('fails once when several threads cannot be asked, whichever of them it waits for first', async () => {
    const { gradient, sharded } = await compare(IMAGES, 650)
    const { workers } = fakeWorkers(gradient, 3)
    const compute = async () => {
      throw new RangeError('no memory for a copy of rows')
    }
    await expect(sharded({ ...workers, compute })).rejects.toThrow('no memory')
  })

  it('draws other masks for every shard and every step', async () => {
    const work = workOn(IMAGES)
    const data = rowsFor(IMAGES, 8)
    const weights = weightsOf(work)
    const gradient = createGradient(work)
    const at = (step: number, shard: number) =>
      numbersOf(gradient.of(weights, { data, rows: rowNumbers(8), batchRows: 8, step, shard }))
    const found = [await at(1, 0), await at(1, 1), await at(2, 0), await at(1, 0)]
    expect(found[3]).toEqual(found[0])
    expect(new Set(found.map(({ loss }) => loss)).size).toBe(3)
  })
})
