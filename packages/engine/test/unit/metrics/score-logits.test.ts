import { describe, expect, it } from 'vitest'
import { scoreLogits } from '../../../src/metrics/score-logits.ts'

// Row 2 is wrong: class 1 has probability 1 / (1 + e), its label is 1.
const scores = {
  logits: Float32Array.of(2, 0, 0, 2, 1, 0),
  labels: Int32Array.of(0, 1, 1),
  classes: 2,
}
const wrong = 1 / (1 + Math.E ** -1)
const right = 1 / (1 + Math.E ** 2)
const loss = (2 * Math.log(1 + Math.E ** -2) + Math.log(1 + Math.E)) / 3

describe('scoreLogits', () => {
  it('gives accuracy and loss, and accuracy as utility where none is named', () => {
    const evaluation = scoreLogits(scores, {})
    expect(evaluation).toEqual({ accuracy: 2 / 3, loss: expect.closeTo(loss, 12), utility: 2 / 3 })
  })

  it.each([
    ['accuracy', 2 / 3],
    ['negative-loss', -loss],
    ['balanced-accuracy', 0.75],
    ['auc', 1],
    ['negative-rmse', -Math.sqrt((4 * right ** 2 + 2 * wrong ** 2) / 3)],
    ['c-index', 1],
  ] as const)('measures %s, where more is better', (utility, expected) => {
    expect(scoreLogits(scores, { utility }).utility).toBeCloseTo(expected, 12)
  })

  it('adds the recall of each class when asked for', () => {
    expect(scoreLogits(scores, { classWise: true }).classes).toEqual(Float64Array.of(1, 0.5))
  })

  it('T40: refuses logits whose loss is not finite', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() =>
        scoreLogits({ ...scores, logits: Float32Array.of(bad, 0, 0, 0, 0, 0) }, {}),
      ).toThrow('evaluation loss')
  })
})
