import type { Dtype, TensorForm } from './tensor.ts'
import type { TensorSpec } from './weights.ts'

/** How the tensors of a model stand in a file of one dtype. */
export function weightForms(specs: readonly TensorSpec[], dtype: Dtype = 'F32'): TensorForm[] {
  return specs.map(({ name, shape }) => ({ name, dtype, shape }))
}
