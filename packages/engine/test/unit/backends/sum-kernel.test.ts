import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, it } from 'vitest'
import { startBackend } from '../../../src/backends/start-backend.ts'
import { expectSameAsCpu, randomValues } from './compare-backends.ts'

beforeAll(async () => {
  await startBackend('cpu')
  await startBackend('wasm')
})

describe('Sum on wasm', () => {
  it('equals the cpu back end over any dimensions, leading or not', () => {
    const cases = fc
      .array(fc.integer({ min: 1, max: 23 }), { minLength: 1, maxLength: 4 })
      .chain((shape) =>
        fc.record({
          shape: fc.constant(shape),
          axis: fc.subarray([...shape.keys()]),
          keepDims: fc.boolean(),
          seed: fc.integer({ min: 0, max: 1e6 }),
        }),
      )
    fc.assert(
      fc.property(cases, ({ shape, axis, keepDims, seed }) => {
        fc.pre(shape.reduce((product, length) => product * length, 1) <= 20_000)
        expectSameAsCpu(
          [randomValues(shape, seed)],
          (x) => tf.sum(x as tf.Tensor, axis, keepDims),
          1e-4,
        )
      }),
      { seed: 8 },
    )
  })
})
