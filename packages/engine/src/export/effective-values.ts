import type { LayerPlan, PlannedTensor } from '../models/layer-plan.ts'

/**
 * Values of one tensor as the forward pass uses them, row-major: of an Embedding with maskZero the vector of token 0 is 0, whatever was
 * stored there. Other programs have no such mask, or pass it on to later layers.
 */
export function effectiveValues(
  { spec }: LayerPlan,
  { offset, size, shape }: PlannedTensor,
  weights: Float32Array,
): Float32Array {
  const values = weights.slice(offset, offset + size)
  if (spec.className === 'Embedding' && spec.config.maskZero === true) values.fill(0, 0, shape[1])
  return values
}
