import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, it } from 'vitest'
import { startBackend } from '../../../src/backends/start-backend.ts'
import { expectSameAsCpu, randomValues } from './compare-backends.ts'

beforeAll(async () => {
  await startBackend('cpu')
  await startBackend('wasm')
})

const OPERATIONS = { add: tf.add, sub: tf.sub, mul: tf.mul }

/** A shape, and one that broadcasts with it: some dimensions are 1, some leading ones absent. */
const shapes = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 23 }), fc.boolean()), { maxLength: 3 })
  .chain((dimensions) =>
    fc.record({
      large: fc.constant(dimensions.map(([length]) => length)),
      small: fc
        .integer({ min: 0, max: dimensions.length })
        .map((absent) => dimensions.map(([length, isOne]) => (isOne ? 1 : length)).slice(absent)),
    }),
  )

describe.each(Object.entries(OPERATIONS))('%s on wasm', (_, operation) => {
  it('equals the cpu back end on shapes that broadcast, on either side', () => {
    fc.assert(
      fc.property(
        shapes,
        fc.boolean(),
        fc.integer({ min: 0, max: 1e6 }),
        (pair, isTurned, seed) => {
          const { large, small } = pair
          const inputs = [randomValues(large, seed), randomValues(small, seed + 1)]
          expectSameAsCpu(
            isTurned ? inputs.toReversed() : inputs,
            (x, y) => operation(x as tf.Tensor, y as tf.Tensor),
            0,
          )
        },
      ),
      { seed: 19 },
    )
  })
})
