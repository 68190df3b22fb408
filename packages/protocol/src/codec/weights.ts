/** Name and shape of one weight tensor, in the order of the model. */
export type TensorSpec = { readonly name: string; readonly shape: readonly number[] }

/** All weights of one model: the tensors of `specs` one after the other, row-major, float32. */
export type Weights = { readonly specs: readonly TensorSpec[]; readonly values: Float32Array }

/** Number of elements of one tensor. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1)
}

/** Number of values of all tensors together. */
export function countValues(specs: readonly Pick<TensorSpec, 'shape'>[]): number {
  return specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
}
