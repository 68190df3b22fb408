import { type EstimationBudget, type EstimatorName, MAX_EXACT_SILOS } from '@fednode/protocol'

/**
 * The method behind a name of the manifest. `auto` is exact up to MAX_EXACT_SILOS players unless the budget may end before all 2^n
 * coalitions are evaluated, and centered-regression otherwise.
 */
export function chooseEstimator(
  name: EstimatorName,
  players: number,
  budget: EstimationBudget = {},
): Exclude<EstimatorName, 'auto'> {
  if (name !== 'auto') return name
  const { evaluations = Infinity, standardError, seconds } = budget
  const isLimited =
    evaluations < 2 ** players || standardError !== undefined || seconds !== undefined
  return players <= MAX_EXACT_SILOS && !isLimited ? 'exact' : 'centered-regression'
}
