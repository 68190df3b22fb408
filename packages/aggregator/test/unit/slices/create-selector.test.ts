import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSelector, type Selection } from '../../../src/slices/create-selector.ts'
import { SLICE_VALUES } from '../../../src/slices/slice-values.ts'
import { seededValues } from '../../support/seeded-values.ts'
import { vector } from '../../support/vectors.ts'

const mean = (values: readonly number[]): number =>
  Math.fround(values.reduce((sum, value) => sum + value, 0) / values.length)

/** The definition, on the values of one coordinate. */
function plainSelection(values: readonly number[], selection: Selection): number {
  const sorted = values.toSorted((a, b) => a - b)
  if (selection.kind === 'trimmed')
    return mean(sorted.slice(selection.drop, sorted.length - selection.drop))
  const middle = [(sorted.length - 1) / 2, sorted.length / 2].map((k) => sorted[Math.floor(k)] ?? 0)
  const median = ((middle[0] ?? 0) + (middle[1] ?? 0)) / 2
  const window = [...sorted]
  while (window.length > selection.keep) {
    const [low = 0, high = 0] = [window[0], window.at(-1)]
    if (high - median < median - low) window.shift()
    else window.pop()
  }
  return mean(window)
}

const coordinate = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -3, max: 3 }).map((x) => (x === 0 ? 0 : x)),
  fc.constant(-0),
)

describe('createSelector', () => {
  it('gives the same bits as sorting every coordinate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 13 }).chain((n) => {
          const columns = fc.array(fc.array(coordinate, { minLength: n, maxLength: n }), {
            minLength: 1,
            maxLength: 70,
          })
          const trimmed = fc
            .integer({ min: 0, max: Math.floor((n - 1) / 2) })
            .map((drop): Selection => ({ kind: 'trimmed', drop }))
          const near = fc
            .integer({ min: 1, max: n })
            .map((keep): Selection => ({ kind: 'near-median', keep }))
          return fc.tuple(fc.constant(n), columns, fc.oneof(trimmed, near))
        }),
        ([n, columns, selection]) => {
          const sources = Array.from({ length: n }, (_, i) =>
            vector(columns.map((column) => column[i] ?? 0)),
          )
          const selector = createSelector(n)
          const slice = { start: 0, count: columns.length }
          const chosen = selector.selectSlice(sources, selection, slice)
          expect([...chosen]).toEqual(columns.map((column) => plainSelection(column, selection)))
        },
      ),
      { numRuns: 150 },
    )
  })

  it('finds the median of 100 vectors over a whole slice', () => {
    const rows = Array.from({ length: 100 }, (_, i) => seededValues(i, SLICE_VALUES))
    const selection = { kind: 'trimmed', drop: 49 } as const
    const slice = { start: 0, count: SLICE_VALUES }
    const chosen = createSelector(100).selectSlice(rows.map(vector), selection, slice)
    for (const k of [0, 63, 64, 12_345, SLICE_VALUES - 1]) {
      const column = rows.map((row) => row[k] ?? 0)
      expect(chosen[k]).toBe(plainSelection(column, selection))
    }
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'does not lose a value of %s',
    (bad) => {
      const sources = [vector([1, 2]), vector([1, bad]), vector([3, 4])]
      const selection = { kind: 'trimmed', drop: 1 } as const
      const selector = createSelector(3)
      expect([...selector.selectSlice(sources, selection, { start: 0, count: 2 })]).toEqual([
        Number.NaN,
        Number.NaN,
      ])
      // The next slice is judged by itself.
      expect([...selector.selectSlice(sources, selection, { start: 0, count: 1 })]).toEqual([1])
    },
  )
})
