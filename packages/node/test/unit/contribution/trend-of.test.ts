import { expect, test } from 'vitest'
import type { RoundValue } from '../../../src/contribution/silo-values.ts'
import { trendOf } from '../../../src/contribution/trend-of.ts'
import { trendText } from '../../../src/contribution/trend-text.ts'

/** Rounds with these shares of the pot; null: not in it. */
function rounds(shares: readonly (number | null)[], paid = true): readonly RoundValue[] {
  return shares.map((share, index) => ({
    round: index + 1,
    value: share === null ? null : 0.1,
    standardError: 0,
    share: share ?? 0,
    paid,
  }))
}

test('nothing is said before two rounds have paid', () => {
  expect(trendOf(rounds([]))).toBeUndefined()
  expect(trendOf(rounds([0.2]))).toBeUndefined()
  expect(trendOf(rounds([0.2, 0.4], false))).toBeUndefined()
  expect(trendText(undefined)).toBe('not known before two rounds have paid')
})

test('the last three rounds are compared with the three before, whatever was earlier', () => {
  expect(trendOf(rounds([0.9, 0.9, 0.2, 0.2, 0.2, 0.3, 0.3, 0.3]))).toEqual({
    direction: 'rising',
    last: expect.closeTo(0.3),
    before: expect.closeTo(0.2),
    rounds: 3,
  })
})

test('with fewer than six rounds the halves are smaller', () => {
  expect(trendOf(rounds([0.4, 0.2]))).toMatchObject({ direction: 'falling', rounds: 1 })
  expect(trendOf(rounds([0.9, 0.4, 0.4, 0.2, 0.2]))).toMatchObject({
    direction: 'falling',
    before: 0.4,
    rounds: 2,
  })
})

test('a change within a tenth of the share, or within a hundredth of the pot, is steady', () => {
  expect(trendOf(rounds([0.5, 0.545]))?.direction).toBe('steady')
  expect(trendOf(rounds([0.5, 0.555]))?.direction).toBe('rising')
  expect(trendOf(rounds([0.02, 0.029]))?.direction).toBe('steady')
  expect(trendOf(rounds([0, 0]))?.direction).toBe('steady')
})

test('rounds without the silo do not count', () => {
  expect(trendOf(rounds([0.2, null, null, 0.4]))).toMatchObject({ direction: 'rising', rounds: 1 })
})

test('the sentence names both means and how many rounds they are of', () => {
  expect(trendText(trendOf(rounds([0.22, 0.22, 0.26, 0.26])))).toBe(
    'rising: 26.0 % of the pot in the last 2 rounds, 22.0 % in the 2 before',
  )
  expect(trendText(trendOf(rounds([0.2, 0.1])))).toBe(
    'falling: 10.0 % of the pot in the last round, 20.0 % in the one before',
  )
})
