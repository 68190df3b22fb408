import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/backends/create-engine.ts'
import { createStockModel } from '../stock/stock-model.ts'
import { blobs, dense, sequential } from './fixtures.ts'

const model = sequential([dense(12, 'relu'), dense(8, 'sigmoid'), dense(4, 'softmax')], {
  featureShape: [10],
  classes: 4,
})

describe('stock TensorFlow.js', () => {
  it('trains full batches to the same weights as the engine', async () => {
    const engine = await createEngine({ backend: 'wasm' })
    const data = blobs({ count: 64, featureShape: [10], classes: 4, seed: 2 })
    const start = engine.initialWeights(model, 8)
    const plan = { optimizer: 'sgd', learningRate: 0.5, batchSize: 64, epochs: 10 } as const
    const { weights } = await engine.train(model, start, data, { plan, seed: 1 })
    const stock = createStockModel(model, {
      weights: start,
      data,
      optimizer: tf.train.sgd(0.5),
    })
    await stock.fit({ batchSize: 64, epochs: 10 })
    const expected = stock.weights()
    stock.dispose()
    expect(weights.values).toHaveLength(expected.length)
    expected.forEach((weight, i) => {
      expect(Math.abs(weight - (weights.values[i] as number))).toBeLessThan(1e-4)
    })
    expect(tf.getBackend()).toBe('wasm')
  })
})
