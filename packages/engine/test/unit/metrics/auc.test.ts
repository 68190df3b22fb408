import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auc, binaryAuc } from '../../../src/metrics/auc.ts'
import { logOdds } from '../../../src/metrics/log-odds.ts'
import { arbitraryScores, probabilitiesOf } from './random-scores.ts'

/** Over all pairs of a positive and a negative. */
function pairwise(values: ArrayLike<number>, isPositive: ArrayLike<number>): number | undefined {
  let pairs = 0
  let won = 0
  for (let i = 0; i < values.length; i++)
    for (let j = 0; j < values.length; j++) {
      if (isPositive[i] !== 1 || isPositive[j] !== 0) continue
      pairs++
      won += Math.sign((values[i] ?? 0) - (values[j] ?? 0)) / 2 + 0.5
    }
  return pairs === 0 ? undefined : won / pairs
}

describe('binaryAuc', () => {
  it('is the share of pairs in the right order, ties counting half', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0, 1))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const values = Float64Array.from(rows, ([value]) => value)
        const isPositive = Uint8Array.from(rows, ([, flag]) => flag)
        expect(binaryAuc(values, isPositive)).toBe(pairwise(values, isPositive))
      }),
    )
  })
})

describe('auc', () => {
  it('of two classes is that of class 1, and the same with the classes exchanged', () => {
    fc.assert(
      fc.property(arbitraryScores(2), (scores) => {
        const differences = Array.from(
          scores.labels,
          (_, i) => (scores.logits[2 * i + 1] ?? 0) - (scores.logits[2 * i] ?? 0),
        )
        expect(auc(scores)).toBe(pairwise(differences, scores.labels) ?? 0.5)
        const exchanged = {
          logits: scores.logits.map((_, i) => scores.logits[i ^ 1] ?? 0),
          labels: scores.labels.map((label) => 1 - label),
          classes: 2,
        }
        expect(auc(exchanged)).toBeCloseTo(auc(scores), 12)
      }),
    )
  })

  it('of more classes is the mean over those that have rows of one against the rest', () => {
    fc.assert(
      fc.property(arbitraryScores(4), (scores) => {
        const rounded = (p: number) => Math.round(p * 1e9)
        const probabilities = probabilitiesOf(scores)
        const areas = [0, 1, 2, 3]
          .map((c) =>
            pairwise(
              probabilities.map((row) => rounded(row[c] ?? 0)),
              Array.from(scores.labels, (label) => (label === c ? 1 : 0)),
            ),
          )
          .filter((area) => area !== undefined)
        const expected =
          areas.length === 0 ? 0.5 : areas.reduce((sum, a) => sum + a, 0) / areas.length
        // Equal probabilities of different logits are ties only up to rounding.
        expect(Math.abs(auc(scores) - expected)).toBeLessThan(0.5 / scores.labels.length + 1e-9)
      }),
    )
  })

  it('is 0.5 when all rows are of one class', () => {
    const logits = Float32Array.of(1, 2, 3, 4, 5, 6)
    expect(auc({ logits, labels: Int32Array.of(1, 1, 1), classes: 2 })).toBe(0.5)
    expect(auc({ logits, labels: Int32Array.of(2, 2), classes: 3 })).toBe(0.5)
  })
})

describe('logOdds', () => {
  it('tells apart what probabilities round to 1', () => {
    const logits = Float32Array.of(0, 50, 0, 60)
    const odds = logOdds({ logits, labels: Int32Array.of(0, 1), classes: 2 }, 1)
    expect([...odds]).toEqual([50, 60])
  })
})
