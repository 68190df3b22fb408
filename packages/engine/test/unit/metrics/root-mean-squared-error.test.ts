import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  rootBrierScore,
  rootMeanSquaredError,
} from '../../../src/metrics/root-mean-squared-error.ts'
import { arbitraryScores, probabilitiesOf } from './random-scores.ts'

describe('rootMeanSquaredError', () => {
  it('is the root of the mean squared difference', () => {
    const of = (...values: number[]) => Float64Array.from(values)
    expect(rootMeanSquaredError(of(1, 2, 3), of(1, 5, 7))).toBeCloseTo(Math.sqrt(25 / 3), 15)
    expect(rootMeanSquaredError(of(-2), of(-2))).toBe(0)
  })

  it('refuses no rows and different lengths', () => {
    const compare = (predictions: number, targets: number) => () =>
      rootMeanSquaredError(new Float64Array(predictions), new Float64Array(targets))
    expect(compare(0, 0)).toThrow('No rows to compare')
    expect(compare(3, 2)).toThrow('3 predictions for 2 targets')
  })
})

describe('rootBrierScore', () => {
  it('agrees with naive probabilities against one-hot labels', () => {
    fc.assert(
      fc.property(arbitraryScores(3), (scores) => {
        const squares = probabilitiesOf(scores).map((row, i) =>
          row.reduce((sum, p, c) => sum + (p - Number(c === scores.labels[i])) ** 2, 0),
        )
        const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length
        expect(rootBrierScore(scores)).toBeCloseTo(Math.sqrt(mean), 12)
      }),
    )
  })

  it('lies between certainty that is right and certainty that is wrong', () => {
    const certain = { logits: Float32Array.of(900, 0), classes: 2 }
    expect(rootBrierScore({ ...certain, labels: Int32Array.of(0) })).toBe(0)
    expect(rootBrierScore({ ...certain, labels: Int32Array.of(1) })).toBeCloseTo(Math.SQRT2, 15)
  })
})
