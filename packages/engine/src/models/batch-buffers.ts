import type { Dataset } from '../types.ts'

/** Scaled features of some rows, row-major and feature-major; valid until the next gather. */
type GatheredBatch = { readonly byRow: Float32Array; readonly byUnit: Float32Array }

/** Two buffers that every batch is copied into: a step allocates no features of its own. */
export type BatchBuffers = { gather(data: Dataset, rows: Uint32Array): GatheredBatch }

/**
 * Buffers for batches of up to `maxRows` rows.
 * @param hasOnes - adds a constant 1 as last feature, against which a bias is multiplied.
 */
export function createBatchBuffers(options: {
  readonly inputs: number
  readonly hasOnes: boolean
  readonly maxRows: number
}): BatchBuffers {
  const { inputs, hasOnes, maxRows } = options
  const width = inputs + (hasOnes ? 1 : 0)
  const rowBuffer = new Float32Array(maxRows * width)
  const unitBuffer = new Float32Array(maxRows * width)
  return {
    gather(data, rows) {
      const byRow = rowBuffer.subarray(0, rows.length * width)
      const byUnit = unitBuffer.subarray(0, rows.length * width)
      copyRows(data, rows, { byRow, byUnit, width })
      if (hasOnes) byUnit.fill(1, inputs * rows.length)
      return { byRow, byUnit }
    },
  }
}

function copyRows(
  { features, featureScale, count }: Dataset,
  rows: Uint32Array,
  { byRow, byUnit, width }: GatheredBatch & { readonly width: number },
): void {
  const inputs = features.length / count
  for (let row = 0; row < rows.length; row++) {
    const from = (rows[row] as number) * inputs
    const to = row * width
    for (let i = 0; i < inputs; i++) {
      const value = (features[from + i] as number) * featureScale
      byRow[to + i] = value
      byUnit[i * rows.length + row] = value
    }
    if (width > inputs) byRow[to + inputs] = 1
  }
}
