import type { ValueSource } from '../strategies/types.ts'
import { SLICE_VALUES } from './slice-values.ts'

/** A vector and what it weighs in each of the sums that are made; 0 leaves it out. */
export type Term = { readonly source: ValueSource; readonly weights: readonly number[] }

/** Gets the sums of the values [start, start + sums[k].length); the arrays are only valid during the call. */
export type VisitSums = (start: number, sums: readonly Float64Array[]) => void

/**
 * Weighted sums of vectors, slice by slice, each vector read once. Sums run in f64 in the order of the terms, whatever the slice's
 * length is.
 */
export function blendVectors(
  options: { readonly length: number; readonly terms: readonly Term[]; readonly sums: number },
  visit: VisitSums,
): void {
  const { length, terms } = options
  const row = new Float32Array(Math.min(SLICE_VALUES, length))
  const sums = Array.from({ length: options.sums }, () => new Float64Array(row.length))
  for (let start = 0; start < length; start += SLICE_VALUES) {
    const count = Math.min(SLICE_VALUES, length - start)
    for (const sum of sums) sum.fill(0)
    for (const { source, weights } of terms) {
      if (weights.every((weight) => weight === 0)) continue
      source.read(start, row.subarray(0, count))
      sums.forEach((sum, k) => {
        addScaled(sum, row.subarray(0, count), weights[k] ?? 0)
      })
    }
    visit(
      start,
      sums.map((sum) => sum.subarray(0, count)),
    )
  }
}

function addScaled(sums: Float64Array, values: Float32Array, weight: number): void {
  if (weight === 0) return
  for (let i = 0; i < values.length; i++)
    sums[i] = (sums[i] as number) + weight * (values[i] as number)
}
