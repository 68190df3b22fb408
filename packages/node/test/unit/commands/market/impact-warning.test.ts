import { expect, test } from 'vitest'
import { impactLines } from '../../../../src/commands/market/impact-warning.ts'

const FIVE_PERCENT = 5n * 10n ** 16n

test('the warning begins above 5 %', () => {
  expect(impactLines(FIVE_PERCENT)).toEqual(['  price impact  5.00 %'])
  expect(impactLines(FIVE_PERCENT + 1n)).toEqual([
    '  price impact  5.00 %',
    '  Beware: that is more than 5 %. Several smaller ones over time cost less.',
  ])
})
