import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { activateBackend, startBackend } from '../../../src/backends/start-backend.ts'
import { expectSameAsCpu, randomValues, type Values } from './compare-backends.ts'

beforeAll(async () => {
  await startBackend('cpu')
  await startBackend('wasm')
})

const small = (max: number) => fc.integer({ min: 1, max })
const sizes = fc
  .record({
    images: small(3),
    height: small(9),
    width: small(9),
    depth: small(9),
    windowHeight: small(3),
    windowWidth: small(3),
    strideHeight: small(3),
    strideWidth: small(3),
    pad: fc.constantFrom('same' as const, 'valid' as const),
    seed: fc.integer({ min: 0, max: 1e6 }),
  })
  .filter(
    ({ height, width, windowHeight, windowWidth, pad }) =>
      pad === 'same' || (height >= windowHeight && width >= windowWidth),
  )

type Sizes = typeof sizes extends fc.Arbitrary<infer T> ? T : never

function attributesOf({ windowHeight, windowWidth, strideHeight, strideWidth, pad }: Sizes) {
  const filterSize: [number, number] = [windowHeight, windowWidth]
  const strides: [number, number] = [strideHeight, strideWidth]
  return { filterSize, strides, pad }
}

function inputsOf(size: Sizes): { x: Values; dy: Values } {
  const { filterSize, strides, pad } = attributesOf(size)
  const shape: [number, number, number, number] = [size.images, size.height, size.width, size.depth]
  const { outShape } = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad)
  const { values } = randomValues(shape, size.seed)
  // Halves: windows often have several largest values.
  const x = { shape, values: values.map((value) => Math.round(2 * value) / 2) }
  return { x, dy: randomValues(outShape, size.seed + 1) }
}

describe('gradients of poolings on wasm', () => {
  it('give a maximum where the cpu back end gives it', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const { x, dy } = inputsOf(size)
        const { filterSize, strides, pad } = attributesOf(size)
        expectSameAsCpu(
          [x, dy],
          (input, gradient) => {
            const output = tf.maxPool(input as tf.Tensor4D, filterSize, strides, pad)
            return tf
              .engine()
              .runKernel<tf.Tensor>(
                tf.MaxPoolGrad,
                { dy: gradient as tf.Tensor, input: input as tf.Tensor, output },
                { filterSize, strides, pad },
              )
          },
          1e-6,
        )
      }),
      { seed: 5 },
    )
  })

  it('give a mean what the cpu back end gives it, in windows inside the image', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        fc.pre(size.pad === 'valid')
        const { x, dy } = inputsOf(size)
        expectSameAsCpu([x, dy], (input, gradient) => meanGradient(size, input, gradient), 1e-6)
      }),
      { seed: 6 },
    )
  })

  it('are the adjoint of the mean pooling', () => {
    activateBackend('wasm')
    fc.assert(
      fc.property(sizes, (size) => {
        const { filterSize, strides, pad } = attributesOf(size)
        const { x, dy } = inputsOf(size)
        const distance = tf.tidy(() => {
          const input = tf.tensor<tf.Rank>(x.values, [...x.shape]) as tf.Tensor4D
          const gradient = tf.tensor<tf.Rank>(dy.values, [...dy.shape]) as tf.Tensor4D
          const forth = tf.sum(tf.mul(tf.avgPool(input, filterSize, strides, pad), gradient))
          const back = tf.sum(tf.mul(input, meanGradient(size, input, gradient)))
          return tf.abs(tf.sub(forth, back)).dataSync<'float32'>()[0]
        })
        expect(distance).toBeLessThan(1e-4)
      }),
      { seed: 7 },
    )
  })
})

function meanGradient(size: Sizes, input?: tf.Tensor, dy?: tf.Tensor): tf.Tensor {
  const inputs = { dy: dy as tf.Tensor, input: input as tf.Tensor }
  return tf.engine().runKernel<tf.Tensor>(tf.AvgPoolGrad, inputs, attributesOf(size))
}
