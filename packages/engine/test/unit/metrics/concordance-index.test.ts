import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auc } from '../../../src/metrics/auc.ts'
import { classConcordance, concordanceIndex } from '../../../src/metrics/concordance-index.ts'
import { arbitraryScores, probabilitiesOf } from './random-scores.ts'

type Row = { readonly time: number; readonly isEvent: boolean; readonly risk: number }

/** Harrell's definition over all ordered pairs. */
function pairwise(rows: readonly Row[]): number {
  let pairs = 0
  let concordant = 0
  for (const early of rows)
    for (const late of rows) {
      const isKnown =
        early.isEvent && (early.time < late.time || (early.time === late.time && !late.isEvent))
      if (!isKnown) continue
      pairs++
      concordant += early.risk > late.risk ? 1 : early.risk === late.risk ? 0.5 : 0
    }
  return pairs === 0 ? 0.5 : concordant / pairs
}

function ofRows(rows: readonly Row[]): number {
  return concordanceIndex(
    Float64Array.from(rows, ({ risk }) => risk),
    {
      times: Float64Array.from(rows, ({ time }) => time),
      observed: Uint8Array.from(rows, ({ isEvent }) => (isEvent ? 1 : 0)),
    },
  )
}

const survival = fc.array(
  fc.record({
    time: fc.integer({ min: 0, max: 8 }),
    isEvent: fc.boolean(),
    risk: fc.integer({ min: -5, max: 5 }),
  }),
  { maxLength: 50 },
)

describe('concordanceIndex', () => {
  it('agrees with comparing all pairs, with ties in time and risk and with censoring', () => {
    fc.assert(
      fc.property(survival, (rows) => {
        expect(ofRows(rows)).toBe(pairwise(rows))
      }),
    )
  })

  // concordance_index of lifelines 0.30.3 on the same rows: with ties in time; and with ties in risk too.
  it.each([
    [(i: number) => Math.fround(2 * Math.sin(1.7 * i)), 0.5777400169923534],
    [(i: number) => Math.round(2 * Math.sin(1.7 * i)), 0.5717926932880204],
  ])('agrees with lifelines (%#)', (riskOf, expected) => {
    const rows = Array.from({ length: 60 }, (_, i) => ({
      time: 1 + ((7 * i * i + 3 * i) % 23),
      isEvent: i % 3 !== 0,
      risk: riskOf(i),
    }))
    expect(ofRows(rows)).toBeCloseTo(expected, 14)
  })

  it('is 1 when risk falls with time, 0 when it rises, 0.5 when it says nothing', () => {
    const rows = [1, 2, 3, 4].map((time) => ({ time, isEvent: true, risk: -time }))
    expect(ofRows(rows)).toBe(1)
    expect(ofRows(rows.map((row) => ({ ...row, risk: row.time })))).toBe(0)
    expect(ofRows(rows.map((row) => ({ ...row, risk: 7 })))).toBe(0.5)
  })

  it('is 0.5 without a pair whose order is known', () => {
    expect(ofRows([])).toBe(0.5)
    expect(ofRows([1, 2].map((time) => ({ time, isEvent: false, risk: time })))).toBe(0.5)
    expect(ofRows([1, 2].map((risk) => ({ time: 3, isEvent: true, risk })))).toBe(0.5)
  })
})

describe('classConcordance', () => {
  it('of two classes is the AUC', () => {
    fc.assert(
      fc.property(arbitraryScores(2), (scores) => {
        expect(classConcordance(scores)).toBe(auc(scores))
      }),
    )
  })

  it('compares the expected class with the label over all pairs of different labels', () => {
    fc.assert(
      fc.property(arbitraryScores(5), (scores) => {
        const rows = probabilitiesOf(scores).map((row, i) => ({
          time: scores.labels[i] ?? 0,
          isEvent: true,
          risk: -Math.round(1e9 * row.reduce((sum, p, c) => sum + c * p, 0)),
        }))
        const allowed = 0.5 / scores.labels.length + 1e-9
        expect(Math.abs(classConcordance(scores) - pairwise(rows))).toBeLessThan(allowed)
      }),
    )
  })
})
