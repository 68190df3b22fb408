import { expect, test } from 'vitest'
import { kendall, spearman } from '../../../bench/volatility/rank-correlation.ts'

test('the same order is 1, the opposite order -1, whatever the distances', () => {
  for (const correlation of [spearman, kendall]) {
    expect(correlation([1, 2, 3, 4], [10, 20, 1_000, 2_000])).toBeCloseTo(1)
    expect(correlation([1, 2, 3, 4], [9, 3, 2, -50])).toBeCloseTo(-1)
  }
})

test('one swap of neighbours among four costs what the definitions say', () => {
  // Spearman: 1 - 6 * (1 + 1) / (4 * 15); Kendall: (5 - 1) / 6.
  expect(spearman([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8)
  expect(kendall([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(2 / 3)
})

test('ties share their ranks, and a list without an order correlates with nothing', () => {
  expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5))
  expect(kendall([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(5 / Math.sqrt(5 * 6))
  expect(spearman([1, 1, 1], [1, 2, 3])).toBe(0)
  expect(kendall([1, 1, 1], [1, 2, 3])).toBe(0)
})
