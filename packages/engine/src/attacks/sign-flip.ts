import type { AttackKnowledge } from './attack.ts'

/** Of Li et al.'s experiments: with three of ten silos the plain mean then moves backwards, (7 - 3 x 4) / 10 < 0. */
const SCALE = 4

/**
 * The own change, mirrored at the base and made `scale` times as large (RSA, Li et al. 2019, arXiv 1811.03761, section "sign-flipping").
 */
export function signFlip(
  { base, own }: Pick<AttackKnowledge, 'base' | 'own'>,
  scale = SCALE,
): Float32Array {
  return base.map((value, i) => value - scale * ((own[i] as number) - value))
}
