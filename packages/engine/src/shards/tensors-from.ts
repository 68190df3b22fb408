import * as tf from '@tensorflow/tfjs-core'

/** Tensors of the given shapes on the current back end, from values that lie one tensor after the other. */
export function tensorsFrom(
  values: Float32Array,
  shapes: readonly (readonly number[])[],
): tf.Tensor[] {
  let offset = 0
  return shapes.map((shape) => {
    const start = offset
    offset += tf.util.sizeFromShape([...shape])
    return tf.tensor(values.subarray(start, offset), [...shape])
  })
}
