import type { AttackKnowledge } from './attack.ts'
import { changeNorm } from './change-norm.ts'
import { noise } from './noise.ts'

/** Norm of the noise over the norm of an honest change. */
const RELATIVE_NORM = 100

/**
 * Noise instead of training: base + N(0, s^2 I), as in the first experiments on Byzantine workers (Blanchard et al. 2017, arXiv 1703.02757,
 * section 5). Their s is absolute; here the noise is expected to be `relativeNorm` times as long as the own honest change, so that it
 * means the same for every model.
 */
export function gaussianNoise(
  { base, own, seed }: Pick<AttackKnowledge, 'base' | 'own' | 'seed'>,
  relativeNorm = RELATIVE_NORM,
): Float32Array {
  return noise(base, { norm: relativeNorm * changeNorm(own, base), seed })
}
