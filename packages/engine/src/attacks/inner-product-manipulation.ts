import type { AttackKnowledge } from './attack.ts'
import { meanAndDeviation } from './mean-and-deviation.ts'

/** How far beyond the least epsilon that turns the plain mean around the default lies. */
const MARGIN = 2

/**
 * Inner product manipulation (IPM, Xie et al. 2019, arXiv 1903.03936, section 4): every colluder sends base - epsilon times the mean
 * change, so that the aggregate's inner product with the honest direction is negative. The mean is over the colluders' honest updates;
 * the paper's attacker sees everybody's.
 * @param epsilon - by default twice what turns the plain mean of n silos around, (n - m) / m. Small ones (0.1 to 0.5) do not stand out and
 * are aimed at robust methods.
 */
export function innerProductManipulation(
  { base, colluders, silos }: Pick<AttackKnowledge, 'base' | 'colluders' | 'silos'>,
  epsilon: number = (MARGIN * (silos - colluders.length)) / colluders.length,
): Float32Array {
  const { mean } = meanAndDeviation(colluders)
  return base.map((value, i) => value - epsilon * ((mean[i] as number) - value))
}
