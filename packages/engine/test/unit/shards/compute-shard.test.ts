import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { startBackend } from '../../../src/backends/start-backend.ts'
import { createGradient } from '../../../src/models/create-gradient.ts'
import { initialWeights } from '../../../src/models/initial-weights.ts'
import { loadGradients } from '../../../src/models/load-gradients.ts'
import { planModel } from '../../../src/models/model-plan.ts'
import { computeShard } from '../../../src/shards/compute-shard.ts'
import { IMAGES, rowsFor } from './shard-models.ts'

it('leaves no tensor behind, however many shards a thread computes', async () => {
  await startBackend('wasm')
  await loadGradients()
  const model = planModel(IMAGES)
  const { values } = initialWeights(model, 1)
  const plan = { optimizer: 'adam', learningRate: 0.1, batchSize: 8, epochs: 1 } as const
  const gradient = createGradient({
    ...{ backend: 'wasm', model, plan, seed: 1, classWeights: undefined },
    read: async (tensor) => tensor.dataSync<'float32'>(),
  })
  const target = new Float32Array(model.size)
  const shapes = model.parameters.map(({ shape }) => shape)
  const before = tf.memory()
  for (let shard = 0; shard < 10; shard++) {
    const request = { step: 1, shard, data: rowsFor(IMAGES, 8), batchRows: 16, shapes, target }
    expect(await computeShard(gradient, values, request)).toBeGreaterThan(0)
  }
  expect(tf.memory()).toEqual(before)
  expect(target.every((value) => Number.isFinite(value))).toBe(true)
  expect(target.some((value) => value !== 0)).toBe(true)
  gradient.dispose()
})
