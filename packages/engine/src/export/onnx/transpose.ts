/** A tensor with its axes in another order: axis i of the result is axis order[i] of the values, row-major. */
export function transpose(
  values: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): { readonly values: Float32Array; readonly shape: readonly number[] } {
  const strides = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((product, length) => product * length, 1),
  )
  const lengths = order.map((axis) => shape[axis] as number)
  const steps = order.map((axis) => strides[axis] as number)
  const result = new Float32Array(values.length)
  const index = lengths.map(() => 0)
  let from = 0
  for (let to = 0; to < result.length; to++) {
    result[to] = values[from] as number
    // Counts up the index, the last axis first.
    for (let axis = index.length - 1; axis >= 0; axis--) {
      const next = (index[axis] as number) + 1
      from += steps[axis] as number
      if (next < (lengths[axis] as number)) {
        index[axis] = next
        break
      }
      index[axis] = 0
      from -= next * (steps[axis] as number)
    }
  }
  return { values: result, shape: lengths }
}
