import type { AttackKnowledge } from './attack.ts'
import { meanAndDeviation } from './mean-and-deviation.ts'
import { normalQuantile } from './normal-quantile.ts'

/**
 * "A little is enough" (ALIE, Baruch et al. 2019, arXiv 1902.06156, algorithm 1): every colluder sends mean - z deviation, taken per
 * coordinate over the colluders' honest updates, so that it hides among the honest ones. Mean and deviation need at least two colluders:
 * one alone sends its honest update.
 * @param z - deviations from the mean; by default the largest that a majority still covers, see largestHiddenDeviation.
 */
export function littleIsEnough(
  { colluders, silos }: Pick<AttackKnowledge, 'colluders' | 'silos'>,
  z: number = largestHiddenDeviation(silos, colluders.length),
): Float32Array {
  const { mean, deviation } = meanAndDeviation(colluders)
  return Float32Array.from(mean, (value, i) => value - z * (deviation[i] as number))
}

/**
 * z of ALIE for n silos of which m attack: with s = floor(n / 2 + 1) - m honest silos more the attackers are a majority, and z is the
 * normal quantile of (n - m - s) / (n - m). 0 when it would be negative: the attackers need nobody.
 */
export function largestHiddenDeviation(silos: number, attackers: number): number {
  const honest = silos - attackers
  const supporters = Math.floor(silos / 2 + 1) - attackers
  return Math.max(normalQuantile((honest - supporters) / honest), 0)
}
