import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../../src/backends/create-engine.ts'
import { planModel } from '../../../src/models/model-plan.ts'
import type { BackendName, Engine } from '../../../src/types.ts'
import { blobs, conv, dense, FLATTEN, pool, sequential } from '../fixtures.ts'
import { referenceEvaluation } from '../reference-loss.ts'

const engines = {} as Record<BackendName, Engine>
beforeAll(async () => {
  engines.cpu = await createEngine({ backend: 'cpu' })
  engines.wasm = await createEngine({ backend: 'wasm' })
})

const convolution = fc
  .record({
    filters: fc.integer({ min: 1, max: 9 }),
    kernelSize: fc.integer({ min: 1, max: 5 }),
    strides: fc.integer({ min: 1, max: 2 }),
    padding: fc.constantFrom('same' as const, 'valid' as const),
    activation: fc.constantFrom(
      'linear' as const,
      'relu' as const,
      'tanh' as const,
      'sigmoid' as const,
    ),
    useBias: fc.boolean(),
  })
  .map(({ filters, kernelSize, ...config }) => conv(filters, kernelSize, config))
const image = fc.record({
  featureShape: fc.tuple(
    fc.integer({ min: 9, max: 13 }),
    fc.integer({ min: 9, max: 13 }),
    fc.integer({ min: 1, max: 5 }),
  ),
  first: convolution,
  window: fc.integer({ min: 1, max: 3 }),
  second: fc.option(conv2x2(), { nil: undefined }),
  seed: fc.integer({ min: 0, max: 1e6 }),
})

function conv2x2() {
  return fc.constantFrom(conv(3, 2), conv(6, 2, { padding: 'same', activation: 'relu' }))
}

describe.each(['cpu', 'wasm'] as const)('convolutions on %s', (backend) => {
  it('agree with a naive f64 evaluation', () => {
    const engine = engines[backend]
    const before = tf.memory().numTensors
    fc.assert(
      fc.property(image, ({ featureShape, first, window, second, seed }) => {
        const spatial = [first, ...(second === undefined ? [] : [second]), pool(window)]
        const shape = { featureShape, classes: 3 }
        const layers = [...spatial, FLATTEN, dense(5, 'tanh'), dense(3, 'softmax')]
        const model = sequential(layers, shape)
        const plan = planModelUnlessTooSmall(model)
        fc.pre(plan !== undefined)
        const weights = engine.initialWeights(model, seed)
        weights.values.forEach((weight, i) => {
          weights.values[i] = weight + 0.1 * Math.sin(i)
        })
        const data = blobs({ count: 11, ...shape, seed })
        const expected = referenceEvaluation(plan, weights.values, data)
        const actual = engine.evaluate(model, weights, data)
        expect(actual.loss).toBeCloseTo(expected.loss, 5)
        expect(actual.metrics.accuracy).toBe(expected.accuracy)
      }),
      { numRuns: 60, seed: 8 },
    )
    expect(tf.memory().numTensors).toBe(before)
  })
})

function planModelUnlessTooSmall(model: Parameters<typeof planModel>[0]) {
  try {
    return planModel(model)
  } catch {
    return undefined
  }
}
