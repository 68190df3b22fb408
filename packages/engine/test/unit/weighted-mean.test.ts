import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { weightedMean } from '../../src/weighted-mean.ts'

const specs = [{ name: 'dense_1/kernel', shape: [2, 2] }]
const weights = (...values: number[]) => ({ specs, values: Float32Array.from(values) })

describe('weightedMean', () => {
  it('weighs by samples', () => {
    const mean = weightedMean([
      { weights: weights(1, 2, 3, 4), weight: 1 },
      { weights: weights(5, 6, 7, 8), weight: 3 },
    ])
    expect(mean).toEqual(weights(4, 5, 6, 7))
  })

  it('is the f64 sum in the given order, divided once and rounded once', () => {
    const value = fc.float({ noNaN: true, min: -1e6, max: 1e6 })
    const update = fc.tuple(
      fc.array(value, { minLength: 4, maxLength: 4 }),
      fc.integer({ min: 1, max: 1e6 }),
    )
    fc.assert(
      fc.property(fc.array(update, { minLength: 1, maxLength: 6 }), (updates) => {
        const total = updates.reduce((sum, [, n]) => sum + n, 0)
        const expected = [0, 1, 2, 3].map((i) =>
          Math.fround(updates.reduce((sum, [w, n]) => sum + n * (w[i] as number), 0) / total),
        )
        const actual = weightedMean(
          updates.map(([w, n]) => ({ weights: weights(...w), weight: n })),
        )
        expect([...actual.values]).toEqual(expected)
      }),
      { seed: 2 },
    )
  })

  it('keeps precision that f32 sums would lose', () => {
    const updates = [1e8, 1, -1e8].map((x) => ({ weights: weights(x, 0, 0, 0), weight: 1 }))
    expect(weightedMean(updates).values[0]).toBe(Math.fround(1 / 3))
  })

  it('does not touch its inputs', () => {
    const input = weights(1, 2, 3, 4)
    weightedMean([{ weights: input, weight: 2 }])
    expect([...input.values]).toEqual([1, 2, 3, 4])
  })

  it('runs over slices as over one', () => {
    const long = (seed: number) => ({
      specs,
      values: Float32Array.from({ length: 40_001 }, (_, i) => Math.sin(seed * i)),
    })
    const updates = [1707, 171, 2000].map((weight, i) => ({ weights: long(i + 1), weight }))
    const { values } = weightedMean(updates)
    for (const i of [0, 1, 16_383, 16_384, 32_768, 40_000]) {
      const sum = updates.reduce((s, u) => s + u.weight * (u.weights.values[i] ?? Number.NaN), 0)
      expect(values[i]).toBe(Math.fround(sum / 3878))
    }
    expect(values).toHaveLength(40_001)
  })

  it('refuses an empty mean, different lengths and weights that are not positive', () => {
    const one = { weights: weights(1, 2, 3, 4), weight: 1 }
    const short = { weights: weights(1, 2), weight: 1 }
    expect(() => weightedMean([])).toThrow(expect.objectContaining({ code: 'EMPTY_INPUT' }))
    for (const pair of [
      [one, short],
      [short, one],
    ]) {
      expect(() => weightedMean(pair)).toThrow(expect.objectContaining({ code: 'SHAPE_MISMATCH' }))
    }
    for (const weight of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => weightedMean([one, { ...one, weight }])).toThrow(
        expect.objectContaining({ code: 'NOT_FINITE' }),
      )
    }
  })
})
