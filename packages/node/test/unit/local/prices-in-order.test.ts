import { expect, test } from 'vitest'
import { pricesInOrder } from '../../../src/local/result.ts'

test('prices follow their silo by name, whatever the order of registration', () => {
  const points = [{ label: 'open', prices: [1n, 2n, 3n] }]
  const from = [{ name: 'c' }, { name: 'a' }, { name: 'b' }]
  const to = [{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'never-came' }]
  expect(pricesInOrder(points, { from, to })).toEqual([{ label: 'open', prices: [2n, 3n, 1n, 0n] }])
})
