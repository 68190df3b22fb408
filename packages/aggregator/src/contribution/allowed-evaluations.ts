import type { EstimationBudget, EstimatorName } from '@fednode/protocol'
import { ESTIMATORS } from './estimators.ts'

/** Distinct coalitions per player, when the manifest says nothing; see ESTIMATOR.md: below 4 nothing is reliable. */
const DEFAULT_EVALUATIONS_PER_PLAYER = 16

/** Distinct coalitions after which a method ends, whatever else may end it before: the budget's, or as many as fit the players. */
export function allowedEvaluations(
  estimator: Exclude<EstimatorName, 'auto'>,
  players: number,
  { evaluations }: EstimationBudget,
): number {
  if (evaluations !== undefined) return evaluations
  const all = 2 ** players
  const minimum = Math.min(ESTIMATORS[estimator].minimumEvaluations(players), all)
  return Math.max(minimum, Math.min(DEFAULT_EVALUATIONS_PER_PLAYER * players, all))
}
