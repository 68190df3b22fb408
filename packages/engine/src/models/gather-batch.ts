import type { Dataset } from '../types.ts'

/** Scaled features of some rows, row-major and feature-major; with a constant 1 as last feature where asked for. */
export type GatheredBatch = { readonly byRow: Float32Array; readonly byUnit: Float32Array }

/** Copies the features of `rows` out of a data set. */
export function gatherBatch(data: Dataset, rows: Uint32Array, hasOnes: boolean): GatheredBatch {
  const { features, featureScale } = data
  const inputs = features.length / data.count
  const width = inputs + (hasOnes ? 1 : 0)
  const count = rows.length
  const byRow = new Float32Array(count * width)
  const byUnit = new Float32Array(count * width)
  for (let row = 0; row < count; row++) {
    const from = (rows[row] as number) * inputs
    const to = row * width
    for (let i = 0; i < inputs; i++) {
      const value = (features[from + i] as number) * featureScale
      byRow[to + i] = value
      byUnit[i * count + row] = value
    }
  }
  if (hasOnes) {
    for (let row = 0; row < count; row++) byRow[row * width + inputs] = 1
    byUnit.fill(1, inputs * count)
  }
  return { byRow, byUnit }
}
