/** Elements summed at a time: the f64 scratch stays in the second-level cache whatever the model's size. */
const SLICE_ELEMENTS = 16_384

/** Weights of an incoming model and of the updates that started from it, all of one length. */
export type Terms = { readonly base: Float32Array; readonly updates: readonly Float32Array[] }

/** How much the incoming model counts in base + sum_i c_i (x_i - base). */
export function baseCoefficient(coefficients: Float64Array): number {
  return 1 - coefficients.reduce((sum, coefficient) => sum + coefficient, 0)
}

/**
 * Weights base + sum_i c_i (x_i - base) from element `offset` on. Sums run in f64, base first and then in bit order, one rounding to f32;
 * terms with coefficient 0 are skipped.
 * @returns the same as in a new array of all weights, the elements below `offset` left 0.
 */
export function combineWeights(
  { base, updates }: Terms,
  coefficients: Float64Array,
  offset = 0,
): Float32Array {
  const combined = new Float32Array(base.length)
  const sums = new Float64Array(Math.min(SLICE_ELEMENTS, base.length - offset))
  const terms = [
    { values: base, coefficient: baseCoefficient(coefficients) },
    ...updates.map((values, i) => ({ values, coefficient: coefficients[i] as number })),
  ].filter(({ coefficient }) => coefficient !== 0)
  for (let start = offset; start < base.length; start += SLICE_ELEMENTS) {
    const slice = combined.subarray(start, start + SLICE_ELEMENTS)
    sums.fill(0)
    for (const { values, coefficient } of terms)
      addScaled(sums, values.subarray(start, start + slice.length), coefficient)
    for (let i = 0; i < slice.length; i++) slice[i] = sums[i] as number
  }
  return combined
}

function addScaled(sums: Float64Array, values: Float32Array, coefficient: number): void {
  for (let i = 0; i < values.length; i++)
    sums[i] = (sums[i] as number) + coefficient * (values[i] as number)
}
