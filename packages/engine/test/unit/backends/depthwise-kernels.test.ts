import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, it } from 'vitest'
import { startBackend } from '../../../src/backends/start-backend.ts'
import { expectSameAsCpu, randomValues } from './compare-backends.ts'

beforeAll(async () => {
  await startBackend('cpu')
  await startBackend('wasm')
})

const small = (max: number) => fc.integer({ min: 1, max })
const cases = fc
  .record({
    images: small(2),
    height: small(9),
    width: small(9),
    depth: small(7),
    multiplier: small(3),
    kernelHeight: small(4),
    kernelWidth: small(4),
    strides: small(3),
    pad: fc.constantFrom('same' as const, 'valid' as const),
    seed: fc.integer({ min: 0, max: 1e6 }),
  })
  .filter(
    ({ height, width, kernelHeight, kernelWidth, pad }) =>
      pad === 'same' || (height >= kernelHeight && width >= kernelWidth),
  )

type Sizes = typeof cases extends fc.Arbitrary<infer T> ? T : never
type Shape4D = [number, number, number, number]

function shapesOf(size: Sizes) {
  const x: Shape4D = [size.images, size.height, size.width, size.depth]
  const kernel: Shape4D = [size.kernelHeight, size.kernelWidth, size.depth, size.multiplier]
  const { strides, pad } = size
  const info = tf.backend_util.computeConv2DInfo(x, kernel, strides, 1, pad, undefined, true)
  return { x, kernel, out: info.outShape }
}

describe('gradients of depthwise convolutions on wasm', () => {
  it('of the kernel equal the cpu back end', () => {
    fc.assert(
      fc.property(cases, (size) => {
        const { x, kernel, out } = shapesOf(size)
        const { seed, strides, pad } = size
        expectSameAsCpu(
          [randomValues(x, seed), randomValues(out, seed + 1)],
          (images, dy) =>
            tf
              .engine()
              .runKernel<tf.Tensor>(
                tf.DepthwiseConv2dNativeBackpropFilter,
                { x: images as tf.Tensor, dy: dy as tf.Tensor },
                { strides, pad, dilations: [1, 1], filterShape: kernel },
              ),
          1e-5,
        )
      }),
      { seed: 12 },
    )
  })

  it('of the images equal the cpu back end', () => {
    fc.assert(
      fc.property(cases, (size) => {
        const { x, kernel, out } = shapesOf(size)
        const { seed, strides, pad } = size
        expectSameAsCpu(
          [randomValues(out, seed), randomValues(kernel, seed + 1)],
          (dy, filter) =>
            tf
              .engine()
              .runKernel<tf.Tensor>(
                tf.DepthwiseConv2dNativeBackpropInput,
                { dy: dy as tf.Tensor, filter: filter as tf.Tensor },
                { strides, pad, dilations: [1, 1], inputShape: x },
              ),
          1e-5,
        )
      }),
      { seed: 13 },
    )
  })
})
