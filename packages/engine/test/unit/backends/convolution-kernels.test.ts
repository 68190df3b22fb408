import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { activateBackend, startBackend } from '../../../src/backends/start-backend.ts'
import { expectSameAsCpu, randomValues } from './compare-backends.ts'

beforeAll(async () => {
  await startBackend('cpu')
  await startBackend('wasm')
})

const small = (max: number) => fc.integer({ min: 1, max })
const sizes = fc
  .record({
    images: small(3),
    height: small(13),
    width: small(13),
    depth: fc.constantFrom<number[]>(1, 2, 3, 4, 8, 12),
    filters: fc.constantFrom<number[]>(1, 3, 4, 5, 8, 20),
    kernelHeight: small(5),
    kernelWidth: small(5),
    strideHeight: small(3),
    strideWidth: small(3),
    pad: fc.constantFrom('same' as const, 'valid' as const),
    seed: fc.integer({ min: 0, max: 1e6 }),
  })
  .filter(
    ({ height, width, kernelHeight, kernelWidth, pad }) =>
      pad === 'same' || (height >= kernelHeight && width >= kernelWidth),
  )

type Sizes = typeof sizes extends fc.Arbitrary<infer T> ? T : never
/** Square kernels in steps of 1, on which transformed tiles pay. */
const winogradSizes = sizes.map((size): Sizes => {
  const side = Math.min(size.height, size.width) < 5 || size.seed % 2 === 0 ? 3 : 5
  return {
    ...size,
    ...{ height: size.height + 4, width: size.width + 4, depth: 8, strideHeight: 1 },
    ...{ filters: size.seed % 3 === 0 ? 8 : 12, strideWidth: 1 },
    ...{ kernelHeight: side, kernelWidth: side },
  }
})

const RUNS = { seed: 11 }

function shapesOf(size: Sizes) {
  const { images, height, width, depth, filters, kernelHeight, kernelWidth, pad } = size
  const strides: [number, number] = [size.strideHeight, size.strideWidth]
  const x: [number, number, number, number] = [images, height, width, depth]
  const kernel: [number, number, number, number] = [kernelHeight, kernelWidth, depth, filters]
  const { outShape } = tf.backend_util.computeConv2DInfo(x, kernel, strides, 1, pad)
  return { x, kernel, out: outShape, strides }
}

/** Sums in another order; transformed tiles add what their factors, from 1 / 24 to 16 twice, cost. */
const TOLERANCE = 5e-5

describe.each([
  ['of any shape', sizes, 30],
  ['in transformed tiles', winogradSizes, 12],
] as const)('a convolution on wasm %s', (_, cases, numRuns) => {
  it('equals the cpu back end', () => {
    fc.assert(
      fc.property(cases, (size) => {
        const { x, kernel, strides } = shapesOf(size)
        const inputs = [randomValues(x, size.seed), randomValues(kernel, size.seed + 1)]
        expectSameAsCpu(
          inputs,
          (images, filter) =>
            tf.conv2d(images as tf.Tensor4D, filter as tf.Tensor4D, strides, size.pad),
          TOLERANCE,
        )
      }),
      { ...RUNS, numRuns },
    )
  })

  it('has the gradient of the kernel that the cpu back end has', () => {
    fc.assert(
      fc.property(cases, (size) => {
        const { x, kernel, out, strides } = shapesOf(size)
        const { pad, seed } = size
        expectSameAsCpu(
          [randomValues(x, seed), randomValues(out, seed + 1)],
          (images, dy) =>
            tf
              .engine()
              .runKernel<tf.Tensor>(
                tf.Conv2DBackpropFilter,
                { x: images as tf.Tensor, dy: dy as tf.Tensor },
                { strides, pad, dataFormat: 'NHWC', filterShape: kernel },
              ),
          TOLERANCE,
        )
      }),
      { ...RUNS, numRuns },
    )
  })

  it('has the gradient of the images that the cpu back end has', () => {
    fc.assert(
      fc.property(cases, (size) => {
        const { x, kernel, out, strides } = shapesOf(size)
        const { pad, seed } = size
        expectSameAsCpu(
          [randomValues(out, seed), randomValues(kernel, seed + 1)],
          (dy, filter) =>
            tf
              .engine()
              .runKernel<tf.Tensor>(
                tf.Conv2DBackpropInput,
                { dy: dy as tf.Tensor, filter: filter as tf.Tensor },
                { strides, pad, dataFormat: 'NHWC', inputShape: x },
              ),
          TOLERANCE,
        )
      }),
      { ...RUNS, numRuns },
    )
  })
})

describe('a fused convolution on wasm', () => {
  const activations = ['linear', 'relu', 'relu6', 'sigmoid', 'elu', 'leakyrelu', 'prelu'] as const

  it.each(activations)('equals the cpu back end with %s and a bias', (activation) => {
    const cases = fc.tuple(fc.oneof(sizes, winogradSizes), fc.boolean())
    fc.assert(
      fc.property(cases, ([size, hasBias]) => {
        const { x, kernel, strides } = shapesOf(size)
        const { pad, seed, filters } = size
        const row = (offset: number) => randomValues([filters], seed + offset)
        expectSameAsCpu(
          [randomValues(x, seed), randomValues(kernel, seed + 1), row(2), row(3)],
          (images, filter, bias, alpha) =>
            tf.fused.conv2d({
              x: images as tf.Tensor4D,
              filter: filter as tf.Tensor4D,
              ...{ strides, pad, activation },
              ...(hasBias ? { bias: bias as tf.Tensor } : {}),
              ...(activation === 'prelu' ? { preluActivationWeights: alpha as tf.Tensor } : {}),
              ...(activation === 'leakyrelu' ? { leakyreluAlpha: 0.3 } : {}),
            }),
          TOLERANCE,
        )
      }),
      { numRuns: 10, seed: 17 },
    )
  })
})

describe('convolution kernels on wasm', () => {
  it('refuse a gradient that they cannot give, with the shapes', () => {
    activateBackend('wasm')
    const images = tf.ones([1, 2, 8, 8])
    const dy = tf.ones([1, 3, 6, 6])
    const attributes = { strides: 1, pad: 'valid', dataFormat: 'NCHW', filterShape: [3, 3, 2, 3] }
    expect(() =>
      tf.engine().runKernel(tf.Conv2DBackpropFilter, { x: images, dy }, attributes),
    ).toThrow(/no Conv2DBackpropFilter for x \[1,2,8,8\]/)
    tf.dispose([images, dy])
  })
})
