import { expect, test } from 'vitest'
import { agreeWithSizes, spreadOf } from '../../../bench/volatility/summaries.ts'

test('shares that are the sizes agree with them, an equal split lies as far as it lies', () => {
  const sizes = [0.1, 0.2, 0.3, 0.4]
  expect(agreeWithSizes(sizes, sizes)).toEqual({
    l2: 0,
    spearman: expect.closeTo(1),
    kendall: expect.closeTo(1),
  })
  expect(agreeWithSizes([0.25, 0.25, 0.25, 0.25], sizes)).toEqual({
    l2: expect.closeTo(Math.sqrt(2 * 0.15 ** 2 + 2 * 0.05 ** 2)),
    spearman: 0,
    kendall: 0,
  })
})

test('measurements that agree have no spread, others the deviation and range of each silo', () => {
  expect(
    spreadOf([
      [0.4, 0.6],
      [0.4, 0.6],
    ]),
  ).toEqual({
    deviation: 0,
    range: 0,
    spearman: expect.closeTo(1),
  })
  expect(
    spreadOf([
      [0.4, 0.6],
      [0.6, 0.4],
      [0.5, 0.5],
    ]),
  ).toEqual({
    deviation: expect.closeTo(0.1),
    range: expect.closeTo(0.2),
    // One pair is in opposite order, two have no order to compare.
    spearman: expect.closeTo(-1 / 3),
  })
})
