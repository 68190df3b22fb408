import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGram, type GramRow } from '../../../src/slices/create-gram.ts'
import { SLICE_VALUES } from '../../../src/slices/slice-values.ts'
import { seededValues } from '../../support/seeded-values.ts'
import { vector } from '../../support/vectors.ts'

/** The definition: products in f64, even and odd places of a slice apart, slice by slice. */
function plainProduct(a: Float32Array, b: Float32Array): number {
  let product = 0
  for (let start = 0; start < a.length; start += SLICE_VALUES) {
    const sums = [0, 0]
    for (let k = start; k < Math.min(start + SLICE_VALUES, a.length); k++)
      sums[k % 2] = (sums[k % 2] ?? 0) + (a[k] ?? 0) * (b[k] ?? 0)
    product += (sums[0] ?? 0) + (sums[1] ?? 0)
  }
  return product
}

function buildGram(rows: readonly GramRow[], base: Float32Array) {
  const gram = createGram(rows, vector(base))
  for (let start = 0; start < base.length; start += SLICE_VALUES)
    gram.addSlice(start, Math.min(SLICE_VALUES, base.length - start))
  return gram
}

describe('createGram', () => {
  it('gives the same bits as plain products of the changes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 8 }), (length, n) => {
        const base = seededValues(99, length, 3)
        const vectors = Array.from({ length: n }, (_, i) => seededValues(i, length, 2 + i))
        const changes = vectors.map((values) => values.map((x, k) => x - (base[k] ?? 0)))
        const rows = vectors.map((values) => ({
          source: vector(values),
          change: { factor: 1, carry: 0 },
        }))
        const gram = buildGram(rows, base)
        changes.forEach((a, i) => {
          changes.forEach((b, j) => {
            expect(gram.product(i, j)).toBe(plainProduct(a, b))
          })
        })
      }),
      { numRuns: 60 },
    )
  })

  it('does so over several slices, of an odd length', () => {
    const length = 2 * SLICE_VALUES + 1_025
    const [a, b] = [seededValues(1, length), seededValues(2, length)]
    const gram = buildGram([{ source: vector(a) }, { source: vector(b) }], new Float32Array(length))
    expect(gram.product(0, 1)).toBe(plainProduct(a, b))
    expect(gram.product(1, 1)).toBe(plainProduct(b, b))
  })

  it('carries histories into the rows, rounded to f32, and hands the rows out', () => {
    const [values, base, history] = [1, 2, 3].map((seed) => seededValues(seed, 7)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ]
    const change = { factor: 0.3, carry: 0.7, history: vector(history) }
    const gram = createGram([{ source: vector(values), change }], vector(base))
    const row = gram.addSlice(0, 7)(0)
    const expected = values.map((x, k) => 0.3 * (x - (base[k] ?? 0)) + 0.7 * (history[k] ?? 0))
    expect(row).toEqual(expected)
    expect(gram.product(0, 0)).toBe(plainProduct(expected, expected))
  })
})
