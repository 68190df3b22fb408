import { jackknife } from './jackknife.ts'
import { centredStratum, type Equations, normalEquations } from './normal-equations.ts'
import type { PairStratum } from './pair-stratum.ts'
import { solveSymmetric } from './solve-symmetric.ts'

/** Values, and what they cost to be sure of. */
export type PairRegression = {
  readonly values: readonly number[]
  /** By the jackknife: one solution a pair, computed when asked for. */
  standardErrors(): readonly number[]
}

/**
 * Weighted least squares on pairs, under the constraint that the values sum to `gain`: unknowns that sum to 0, shifted by gain / n.
 */
export function regressPairs(
  strata: readonly PairStratum[],
  { players, gain }: { readonly players: number; readonly gain: number },
): PairRegression {
  const parts = strata.map((stratum) => centredStratum(stratum, players))
  const equations = normalEquations(parts, players)
  const solution = solutionOf(equations)
  const mean = solution.reduce((sum, value) => sum + value, 0) / players
  return {
    values: Array.from(solution, (value) => value - mean + gain / players),
    standardErrors: () => jackknife(parts, equations, solution),
  }
}

function solutionOf({ matrix, right }: Equations): Float64Array {
  return solveSymmetric(matrix.slice(), right.slice())
}
