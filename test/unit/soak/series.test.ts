import { expect, it } from 'vitest'
import { type Growth, growthOf, isFlat, type Series } from '../../soak/series.ts'

const ROUNDS = 80

/** A process whose memory is `bytesAt` of its round. */
function seriesOf(bytesAt: (round: number) => number): Series {
  const samples = Array.from({ length: ROUNDS }, (_, index) => ({
    round: index + 1,
    residentBytes: bytesAt(index + 1),
    openFiles: 40,
  }))
  return { name: 'silo-1', samples }
}

it('finds a level flat that only the warm-up and single peaks leave', () => {
  const series = seriesOf((round) => (round <= 20 ? 50 * round : round % 9 === 0 ? 3_000 : 1_000))
  const level = { residentBytes: 1_000, openFiles: 40 }
  const growth = growthOf(series, 20)
  expect(growth).toEqual({ warm: level, end: level })
})

it('finds what grows a little every round', () => {
  const growth = growthOf(
    seriesOf((round) => 1_000 + 10 * round),
    20,
  )
  expect(growth && isFlat(growth, 1.1)).toBe(false)
})

it('finds files that stay open', () => {
  const warm = { residentBytes: 1_000, openFiles: 40 }
  const growth: Growth = { warm, end: { ...warm, openFiles: 45 } }
  expect([isFlat(growth, 1.1), isFlat({ warm, end: warm }, 1.1)]).toEqual([false, true])
})

it('says nothing about too few samples', () => {
  expect(
    growthOf(
      seriesOf(() => 1),
      ROUNDS - 2,
    ),
  ).toBeUndefined()
})
