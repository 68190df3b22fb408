import { expect, test } from 'vitest'
import { totalOf } from '../../../src/contribution/total-of.ts'

const round = (more: object) => ({
  round: 1,
  value: 0.1,
  standardError: 0.03,
  share: 0.5,
  paid: true,
  reward: 5n,
  ...more,
})

test('values and rewards add up, errors as independent ones do, shares are averaged over rounds that paid', () => {
  const rounds = [round({}), round({ standardError: 0.04, share: 0.1 })]
  const unpaid = round({ value: null, standardError: 0, share: 0, paid: false, reward: 0n })
  expect(totalOf([...rounds, unpaid])).toEqual({
    value: expect.closeTo(0.2),
    standardError: expect.closeTo(0.05),
    share: expect.closeTo(0.3),
    reward: 10n,
  })
})

test('a reward that is not known of every round is not summed', () => {
  const { reward: _, ...old } = round({})
  expect(totalOf([round({}), old])).not.toHaveProperty('reward')
  expect(totalOf([])).toEqual({ value: 0, standardError: 0, share: 0, reward: 0n })
})
