import type { TrainingPlan } from '@fednode/protocol'
import type { Dataset } from '../../types.ts'

/**
 * Weights of the classes in the loss, as a plan gives them; `balanced`: rows / (classes x rows of the class), as scikit-learn has it, which
 * makes every class that has rows count alike. Undefined where all rows count alike.
 */
export function classWeightsOf(
  { targets, count }: Pick<Dataset, 'count' | 'targets'>,
  weights: TrainingPlan['classWeights'],
): Float64Array | undefined {
  if (weights === undefined || targets.kind !== 'classes') return undefined
  if (weights !== 'balanced') return Float64Array.from(weights)
  const rows = new Float64Array(targets.classes)
  for (const label of targets.labels) rows[label] = (rows[label] as number) + 1
  return rows.map((own) => (own === 0 ? 0 : count / (targets.classes * own)))
}
