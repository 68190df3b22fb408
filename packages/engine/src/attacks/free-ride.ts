import type { AttackKnowledge } from './attack.ts'
import { changeNorm } from './change-norm.ts'
import { noise } from './noise.ts'

/** Norm of the disguise over the norm of an honest change. */
const RELATIVE_NORM = 1e-3

/**
 * No training, only the incoming model with a little noise so that it looks new (disguised free-rider, Fraboni et al. 2020, arXiv 2006.11901).
 * @param relativeNorm - norm of the noise over the norm of an honest change; 0 returns the base itself.
 */
export function freeRide(
  { base, own, seed }: Pick<AttackKnowledge, 'base' | 'own' | 'seed'>,
  relativeNorm = RELATIVE_NORM,
): Float32Array {
  return noise(base, { norm: relativeNorm * changeNorm(own, base), seed })
}
