import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, it } from 'vitest'
import { startBackend } from '../../../src/backends/start-backend.ts'
import { createRandom } from '../../../src/random.ts'
import { expectSameAsCpu, randomValues } from './compare-backends.ts'

beforeAll(async () => {
  await startBackend('cpu')
  await startBackend('wasm')
})

describe('UnsortedSegmentSum on wasm', () => {
  it('equals the cpu back end, leaving out ids that are no segment', () => {
    const cases = fc.record({
      rows: fc.integer({ min: 1, max: 40 }),
      rest: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 2 }),
      segments: fc.integer({ min: 1, max: 12 }),
      seed: fc.integer({ min: 0, max: 1e6 }),
    })
    fc.assert(
      fc.property(cases, ({ rows, rest, segments, seed }) => {
        const random = createRandom(seed)
        const ids = Int32Array.from({ length: rows }, () => random.below(segments + 4) - 2)
        expectSameAsCpu(
          [randomValues([rows, ...rest], seed), { shape: [rows], values: ids }],
          (x, segmentIds) =>
            tf.unsortedSegmentSum(x as tf.Tensor, segmentIds as tf.Tensor1D, segments),
          1e-5,
        )
      }),
      { seed: 3 },
    )
  })
})
