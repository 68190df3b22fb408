import type { TrainingPlan } from '@fednode/protocol'
import { layerWidth } from './layer-width.ts'
import type { ModelPlan } from './model-plan.ts'
import { createOptimizer } from './optimizer.ts'

const FLOAT_BYTES = 4
/** Those before and after the step, and gradients. */
const COPIES_OF_WEIGHTS = 3
/** What goes through the layers, and its gradients. */
const COPIES_OF_ACTIVATIONS = 2

/** Bytes of tensors that one step of training needs at least: weights, what the optimizer remembers of them, and what goes through the layers. */
export function trainingBytes(
  { adaptation, size, inputs, layers }: ModelPlan,
  plan: TrainingPlan,
): number {
  const moved = size * (COPIES_OF_WEIGHTS + createOptimizer(plan).slots)
  const given = adaptation?.base.length ?? 0
  const perRow = layers.reduce((sum, layer) => sum + layerWidth(layer), inputs)
  return FLOAT_BYTES * (moved + given + COPIES_OF_ACTIVATIONS * plan.batchSize * perRow)
}
