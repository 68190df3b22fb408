import { describe, expect, it } from 'vitest'
import { placesOfScores } from '../../../src/arena/places-of-scores.ts'

describe('placesOfScores', () => {
  it('places the best first, and of equal ones the earlier', () => {
    expect(placesOfScores([7_000, 9_000, 7_000, 8_000])).toEqual([3, 1, 4, 2])
  })

  it('gives no place to a score of zero, nor to what nobody scored', () => {
    expect(placesOfScores([0, 65_535, 10_000])).toEqual([undefined, undefined, 1])
  })
})
