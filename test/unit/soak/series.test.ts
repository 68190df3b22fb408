import { expect, it } from 'vitest'
import { growthOf, type Series } from '../../soak/series.ts'

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
  expect(growthOf(series, 20)).toEqual({ memory: 1, files: 1 })
})

it('finds what grows a little every round', () => {
  expect(
    growthOf(
      seriesOf((round) => 1_000 + 10 * round),
      20,
    )?.memory,
  ).toBeGreaterThan(1.3)
})

it('says nothing about too few samples', () => {
  expect(
    growthOf(
      seriesOf(() => 1),
      ROUNDS - 2,
    ),
  ).toBeUndefined()
})
