import { METRIC_NAMES } from '@fednode/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoreOfMetric } from '../../../src/arena/score-of-metric.ts'

const LESS_IS_BETTER = ['calibration-error', 'log-loss', 'rmse', 'mae']
const metrics = fc.constantFrom(...METRIC_NAMES)
const values = fc.double({ min: 0, max: 1_000, noNaN: true })

describe('scoreOfMetric', () => {
  it('is the part of 10,000 for metrics from 0 to 1', () => {
    expect(scoreOfMetric('accuracy', 0.91234)).toBe(9_123)
    expect(scoreOfMetric('auc', 1)).toBe(10_000)
    expect(scoreOfMetric('calibration-error', 0.25)).toBe(7_500)
  })

  it('gives half of the points for an error as large as the deviation of the label', () => {
    expect(scoreOfMetric('rmse', 12, 12)).toBe(5_000)
    expect(scoreOfMetric('mae', 0, 12)).toBe(10_000)
    expect(scoreOfMetric('rmse', 36, 12)).toBe(2_500)
  })

  it('gives nothing for what is not finite', () => {
    expect(scoreOfMetric('accuracy', Number.NaN)).toBe(0)
    expect(scoreOfMetric('rmse', Number.POSITIVE_INFINITY)).toBe(0)
    expect(scoreOfMetric('mae', Number.NaN, 3)).toBe(0)
  })

  it('is a whole number from 0 to 10,000, whatever the value', () => {
    fc.assert(
      fc.property(metrics, fc.double(), (metric, value) => {
        const score = scoreOfMetric(metric, value)
        return Number.isInteger(score) && score >= 0 && score <= 10_000
      }),
    )
  })

  it('never has fewer points for a better value', () => {
    fc.assert(
      fc.property(metrics, values, values, (metric, a, b) => {
        const isLessBetter = LESS_IS_BETTER.includes(metric)
        const [better, worse] = a < b === isLessBetter ? [a, b] : [b, a]
        return scoreOfMetric(metric, better, 7) >= scoreOfMetric(metric, worse, 7)
      }),
    )
  })
})
