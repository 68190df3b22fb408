import { describe, expect, it } from 'vitest'
import { voteOfLosses } from '../../../src/alliance/vote-of-losses.ts'

describe('the vote that losses come to', () => {
  it('is for a model that is better, and for contributions that do not make it worse but by chance', () => {
    const each = new Map([
      [0, 0.4],
      [1, 0.504],
      [3, 0.506],
      [7, 0.1],
    ])
    expect(voteOfLosses({ before: 0.5, after: 0.3, each })).toEqual({
      score: 1,
      approved: 0b1000_0011n,
      lossBefore: 500_000_000n,
      lossAfter: 300_000_000n,
    })
  })

  it('is against one that is worse, and against one that is as good', () => {
    expect(voteOfLosses({ before: 0.5, after: 0.6, each: new Map() }).score).toBe(-1)
    expect(voteOfLosses({ before: 0.5, after: 0.511, each: new Map() }).score).toBe(-1)
    expect(voteOfLosses({ before: -0.5, after: -0.48, each: new Map() }).score).toBe(-1)
    expect(voteOfLosses({ before: 0.5, after: 0.5, each: new Map() }).score).toBe(-1)
  })

  it('is for one that is worse by what chance does', () => {
    expect(voteOfLosses({ before: 0.5, after: 0.509, each: new Map() }).score).toBe(1)
    expect(voteOfLosses({ before: -0.5, after: -0.495, each: new Map() }).score).toBe(1)
  })

  it('is against what is not finite, and for what mends that', () => {
    const gone = Number.POSITIVE_INFINITY
    const spoilt = voteOfLosses({ before: 0.5, after: gone, each: new Map([[0, gone]]) })
    expect(spoilt).toMatchObject({ score: -1, approved: 0n, lossAfter: 2n ** 64n - 1n })
    const mended = voteOfLosses({
      before: gone,
      after: 0.5,
      each: new Map([
        [0, gone],
        [1, 9],
      ]),
    })
    expect(mended).toMatchObject({ score: 1, approved: 2n, lossBefore: 2n ** 64n - 1n })
    expect(voteOfLosses({ before: gone, after: gone, each: new Map() }).score).toBe(-1)
  })

  it('fits the chain: nothing below 0, nothing above 64 bits', () => {
    const vote = voteOfLosses({ before: -1, after: 1e30, each: new Map() })
    expect(vote).toMatchObject({ lossBefore: 0n, lossAfter: 2n ** 64n - 1n })
  })
})
