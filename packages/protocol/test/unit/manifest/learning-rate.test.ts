import { describe, expect, it } from 'vitest'
import { learningRateAt } from '../../../src/manifest/learning-rate.ts'

describe('the learning rate of a round', () => {
  it('is the same in every round without a schedule', () => {
    expect([1, 7, 100].map((round) => learningRateAt({ learningRate: 0.3 }, round, 100))).toEqual([
      0.3, 0.3, 0.3,
    ])
  })

  it('falls by a factor after every so many rounds', () => {
    const plan = { learningRate: 0.8, schedule: { kind: 'step', rounds: 2, factor: 0.5 } } as const
    const rates = [1, 2, 3, 4, 5].map((round) => learningRateAt(plan, round, 5))
    expect(rates).toEqual([0.8, 0.8, 0.4, 0.4, 0.2])
  })

  it('falls along half a cosine from all of it to the least part', () => {
    const plan = { learningRate: 1, schedule: { kind: 'cosine', least: 0.1 } } as const
    const rates = [1, 2, 3, 4, 5].map((round) => learningRateAt(plan, round, 5))
    expect(rates[0]).toBe(1)
    expect(rates[2]).toBeCloseTo(0.55, 12)
    expect(rates[4]).toBeCloseTo(0.1, 12)
    expect(rates).toEqual(rates.toSorted((a, b) => b - a))
    expect(learningRateAt(plan, 1, 1)).toBe(1)
  })
})
