import { describe, expect, it } from 'vitest'
import { coxLoss, trainCox } from '../../../../bench/federations/cox.ts'
import { createRandom } from '../../../../packages/engine/src/index.ts'

const random = createRandom(1)
const SUBJECTS = Array.from({ length: 30 }, (_, i) => ({
  features: [random.uniform() - 0.5, random.uniform() - 0.5, random.uniform() - 0.5],
  isObserved: i % 3 !== 0,
  // With ties.
  days: 1 + random.below(12),
}))

describe('cox', () => {
  it('has the loss of three subjects computed by hand', () => {
    const subjects = [
      { features: [1], isObserved: true, days: 1 },
      { features: [0], isObserved: false, days: 2 },
      { features: [-1], isObserved: true, days: 3 },
    ]
    // At day 1 all three are at risk, at day 3 only the last one.
    const atRisk = Math.exp(2) + 1 + Math.exp(-2)
    expect(coxLoss(subjects, [2])).toBeCloseTo((Math.log(atRisk) - 2) / 2, 12)
  })

  it('steps against the slope of the loss', () => {
    const weights = Float32Array.of(0.5, -0.25, 1)
    const learningRate = 0.125
    const stepped = trainCox(SUBJECTS, weights, { steps: 1, learningRate })
    weights.forEach((weight, i) => {
      const at = (shift: number): number =>
        coxLoss(
          SUBJECTS,
          Array.from(weights, (w, j) => (i === j ? w + shift : w)),
        )
      const slope = (at(1e-5) - at(-1e-5)) / 2e-5
      expect(stepped[i]).toBeCloseTo(weight - learningRate * slope, 6)
    })
  })

  it('gets better by training and leaves the incoming weights alone', () => {
    const weights = new Float32Array(3)
    const trained = trainCox(SUBJECTS, weights, { steps: 50, learningRate: 0.3 })
    expect(coxLoss(SUBJECTS, trained)).toBeLessThan(coxLoss(SUBJECTS, weights))
    expect([...weights]).toEqual([0, 0, 0])
  })
})
