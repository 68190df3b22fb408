import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBlender } from '../../../src/slices/create-blender.ts'
import { SLICE_VALUES } from '../../../src/slices/slice-values.ts'
import { seededValues } from '../../support/seeded-values.ts'
import { vector } from '../../support/vectors.ts'

/** The definition: one vector after the other, in f64. */
function plainSums(vectors: readonly Float32Array[], weights: readonly number[]): Float64Array {
  const sums = new Float64Array(vectors[0]?.length ?? 0)
  vectors.forEach((values, i) => {
    if (weights[i] === 0) return
    values.forEach((value, k) => {
      sums[k] = (sums[k] ?? 0) + (weights[i] ?? 0) * value
    })
  })
  return sums
}

const weight = fc.oneof(fc.constant(0), fc.double({ min: -1e3, max: 1e3, noNaN: true }))

describe('createBlender', () => {
  it('gives the same bits as plain sums, for any number of vectors, sums and values', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.array(fc.tuple(weight, weight), { minLength: 1, maxLength: 11 }),
        fc.double({ min: 0.1, max: 1e4, noNaN: true }),
        (length, weights, divisor) => {
          const vectors = weights.map((_, i) => seededValues(i, length, 10 ** (i - 4)))
          const blender = createBlender(2)
          const terms = vectors.map((values, i) => ({
            source: vector(values),
            weights: weights[i] ?? [],
          }))
          blender.sumSlice(terms, 0, length)
          for (const k of [0, 1] as const) {
            const sums = plainSums(
              vectors,
              weights.map((pair) => pair[k]),
            )
            expect(blender.sums(k, length)).toEqual(sums)
            expect(blender.quotients(k, divisor, length)).toEqual(
              Float32Array.from(sums, (sum) => sum / divisor),
            )
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('reads the slice that is asked for, up to its full size', () => {
    const values = seededValues(1, SLICE_VALUES + 3)
    const blender = createBlender(1)
    const terms = [{ source: vector(values), weights: [2] }]
    blender.sumSlice(terms, 0, SLICE_VALUES)
    expect(blender.sums(0, SLICE_VALUES)).toEqual(
      Float64Array.from(values.subarray(0, SLICE_VALUES), (x) => 2 * x),
    )
    blender.sumSlice(terms, SLICE_VALUES, 3)
    expect(blender.sums(0, 3)).toEqual(
      Float64Array.from(values.subarray(SLICE_VALUES), (x) => 2 * x),
    )
  })

  it('leaves a vector of weight 0 out, whatever it holds', () => {
    const blender = createBlender(2)
    const bad = vector([Number.NaN, Number.POSITIVE_INFINITY])
    blender.sumSlice(
      [
        { source: vector([1, 2]), weights: [1, 1] },
        { source: bad, weights: [0, 1] },
        { source: vector([3, 4]), weights: [1, 1] },
      ],
      0,
      2,
    )
    expect([...blender.sums(0, 2)]).toEqual([4, 6])
    expect([...blender.sums(1, 2)]).toEqual([Number.NaN, Number.POSITIVE_INFINITY])
  })
})
