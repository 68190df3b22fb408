import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortingNetwork } from '../../../src/slices/sorting-network.ts'

function run(values: readonly number[], from: number, to: number): number[] {
  const cells = [...values]
  for (const [first, second] of sortingNetwork(values.length, from, to)) {
    const [a, b] = [cells[first] ?? 0, cells[second] ?? 0]
    cells[first] = Math.min(a, b)
    cells[second] = Math.max(a, b)
  }
  return cells.slice(from, to)
}

describe('sortingNetwork', () => {
  // A network that sorts all sequences of zeros and ones sorts everything (Knuth, section 5.3.4, theorem Z).
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 11])('sorts all zeros and ones of %d rows', (rows) => {
    for (let bits = 0; bits < 2 ** rows; bits++) {
      const values = Array.from({ length: rows }, (_, i) => (bits >> i) & 1)
      expect(run(values, 0, rows)).toEqual(values.toSorted((a, b) => a - b))
    }
  })

  it('puts the right values into the wanted places, with fewer comparators', () => {
    const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 100 })
    fc.assert(
      fc.property(numbers, fc.nat(), fc.nat(), (values, a, b) => {
        const from = a % values.length
        const to = from + 1 + (b % (values.length - from))
        const sorted = values.toSorted((x, y) => x - y)
        expect(run(values, from, to)).toEqual(sorted.slice(from, to))
      }),
    )
    expect(sortingNetwork(64, 0, 64)).toHaveLength(543)
    expect(sortingNetwork(64, 31, 33).length).toBeLessThan(480)
  })
})
