import * as tf from '@tensorflow/tfjs-core'
import type { Dataset } from '../types.ts'

/** Scaled features of some rows, in their order, [rows, ...shape], on the current back end. */
export function rowTensor(
  { features, featureScale, count }: Dataset,
  rows: Uint32Array,
  shape: readonly number[],
): tf.Tensor {
  const width = features.length / count
  const values = new Float32Array(rows.length * width)
  for (let row = 0; row < rows.length; row++) {
    const from = (rows[row] as number) * width
    const to = row * width
    for (let i = 0; i < width; i++) values[to + i] = (features[from + i] as number) * featureScale
  }
  return tf.tensor(values, [rows.length, ...shape])
}
