import { describe, expect, it } from 'vitest'
import { consensusScore, NO_SCORE } from '../../../../src/model/network/score-voting.ts'

const votes = (...said: [score: number, weight: bigint][]) =>
  said.map(([score, weight]) => ({ score, weight }))

describe('consensusScore', () => {
  it('is the middle, rounded down, when exactly half of the weight is on either side', () => {
    expect(consensusScore(votes([21, 5n], [10, 5n]))).toBe(15)
    expect(consensusScore(votes([2_000, 3n], [9_000, 3n], [8_900, 3n], [9_200, 3n]))).toBe(8_950)
  })

  it('is the score at which more than half of the weight is reached', () => {
    expect(consensusScore(votes([10, 5n], [12, 5n], [21, 5n]))).toBe(12)
    expect(consensusScore(votes([1, 4n], [2, 5n], [3, 5n], [4, 5n], [5, 5n]))).toBe(3)
  })

  it('counts nobody without weight or score, and no voter for more than a fifth', () => {
    expect(consensusScore(votes([21, 5n], [12, 0n], [10, 5n], [NO_SCORE, 9n]))).toBe(15)
    expect(consensusScore(votes([0, 1_000n], [7, 10n], [7, 10n], [7, 10n], [7, 10n]))).toBe(0)
    expect(consensusScore(votes([0, 50n], [7, 20n], [7, 20n], [7, 20n], [7, 20n]))).toBe(7)
    expect(consensusScore([])).toBe(NO_SCORE)
  })
})
