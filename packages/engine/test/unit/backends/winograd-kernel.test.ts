import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { activateBackend, startBackend } from '../../../src/backends/start-backend.ts'
import { planModel } from '../../../src/models/model-plan.ts'
import type { ConvolutionPlan } from '../../../src/models/spatial-plan.ts'
import {
  hasWinograd,
  transformKernel,
  winogradConvolution,
} from '../../../src/models/winograd-convolution.ts'
import { createRandom } from '../../../src/random.ts'
import { conv, dense, FLATTEN, sequential } from '../fixtures.ts'

beforeAll(async () => {
  await startBackend('cpu')
  await startBackend('wasm')
})

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 3 }),
  height: fc.integer({ min: 5, max: 15 }),
  width: fc.integer({ min: 5, max: 15 }),
  depth: fc.constantFrom(4, 8, 12),
  filters: fc.constantFrom(4, 8, 16, 20),
  kernelSize: fc.constantFrom(3, 5),
  padding: fc.constantFrom('same' as const, 'valid' as const),
  activation: fc.constantFrom('relu' as const, 'linear' as const),
  seed: fc.integer({ min: 0, max: 1e6 }),
})

function planOf(shape: readonly number[], layer: ReturnType<typeof conv>): ConvolutionPlan {
  const layers = [layer, FLATTEN, dense(2, 'softmax')]
  const { stack } = planModel(sequential(layers, { featureShape: shape, classes: 2 }))
  const [plan] = stack?.spatial ?? []
  if (plan?.kind !== 'convolution') expect.unreachable()
  return plan
}

describe('winogradConvolution', () => {
  it('agrees with the convolution of the cpu back end, for images of any size', () => {
    const before = tf.backend().numDataIds()
    fc.assert(
      fc.property(sizes, (size) => {
        tf.engine().startScope()
        const { rows, height, width, depth, filters, kernelSize, seed, ...config } = size
        const plan = planOf([height, width, depth], conv(filters, kernelSize, config))
        const { uniform } = createRandom(seed)
        const random = (length: number) => Float32Array.from({ length }, () => 2 * uniform() - 1)
        const kernel = random(kernelSize * kernelSize * depth * filters)
        const images = tf.tensor4d(random(rows * height * width * depth), [
          rows,
          height,
          width,
          depth,
        ])
        const bias = tf.tensor1d(random(filters))
        const transformed = transformKernel(plan, kernel)
        expect(hasWinograd(plan)).toBe(true)
        const actual = winogradConvolution(plan, { images, kernel: transformed, bias })
        const values = actual.dataSync<'float32'>()
        const filter = tf.tensor4d(kernel, [kernelSize, kernelSize, depth, filters])
        activateBackend('cpu')
        const expected = tf.fused.conv2d({
          ...{ x: images, filter, bias, strides: 1 },
          ...{ pad: config.padding, activation: config.activation },
        })
        expect(actual.shape).toEqual(expected.shape)
        const far = expected.dataSync<'float32'>().map((value, i) => value - (values[i] as number))
        const most = 2e-5 * Math.sqrt(depth * kernelSize ** 2)
        expect(far.every((distance) => Math.abs(distance) < most)).toBe(true)
        tf.engine().endScope()
        activateBackend('wasm')
      }),
      { numRuns: 40, seed: 6 },
    )
    expect(tf.backend().numDataIds()).toBe(before)
  })

  it('is not taken where it does not fit', () => {
    const taken = (depth: number, layer: ReturnType<typeof conv>) =>
      hasWinograd(planOf([12, 12, depth], layer))
    expect(taken(8, conv(16, 5))).toBe(true)
    expect(taken(1, conv(16, 5))).toBe(false)
    expect(taken(8, conv(10, 5))).toBe(false)
    expect(taken(8, conv(16, 4))).toBe(false)
    expect(taken(8, conv(16, 3, { strides: 2 }))).toBe(false)
  })
})
