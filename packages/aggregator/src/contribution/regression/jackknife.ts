import { addProduct, addScaled, type CentredStratum, type Equations } from './normal-equations.ts'
import { solveSymmetric } from './solve-symmetric.ts'

/**
 * Standard errors by leaving out one pair at a time (stratified delete-one jackknife, Jones 1974), with the finite-population
 * correction 1 - m / M of each stratum: an exhausted stratum adds nothing. A stratum of one pair counts with the change that leaving
 * it out makes.
 * @param solution - of `equations`.
 */
export function jackknife(
  strata: readonly CentredStratum[],
  equations: Equations,
  solution: Float64Array,
): number[] {
  const variances = new Float64Array(solution.length)
  for (const part of strata) {
    const count = part.rows.length
    const drawn = 1 - count / part.stratum.population
    if (drawn <= 0) continue
    const scale = drawn * (count === 1 ? 1 : (count - 1) / count)
    for (let left = 0; left < count; left++) {
      const without = solveWithout(part, left, equations)
      for (const [i, value] of without.entries())
        variances[i] = (variances[i] ?? 0) + scale * (value - (solution[i] ?? 0)) ** 2
    }
  }
  return Array.from(variances, Math.sqrt)
}

/** The solution without one pair: its stratum's mean is over one less, and measured from a centre that moved. */
function solveWithout(part: CentredStratum, left: number, equations: Equations): Float64Array {
  const { rows, differences, stratum } = part
  const count = rows.length
  const rest = { matrix: equations.matrix.slice(), right: equations.right.slice() }
  const after = count === 1 ? 0 : stratum.weight / (count - 1)
  addScaled(rest, part, after - stratum.weight / count)
  const moved = stratum.centre === 'origin' || count === 1 ? 1 : count / (count - 1)
  addProduct(rest, {
    row: rows[left] ?? new Float64Array(),
    difference: differences[left] ?? 0,
    factor: -after * moved,
  })
  return solveSymmetric(rest.matrix, rest.right)
}
