import type { AttackSpec } from '../../packages/engine/src/index.ts'

/** An attack as the tables name it. */
export type AttackCase = { readonly label: string; readonly attack: AttackSpec }

/** z with which ALIE is usually shown; with three of ten silos its own formula gives 0.18, which hardly moves anything. */
const USUAL_Z = 1.5
/** An IPM that does not stand out, aimed at robust methods (Xie et al. 2019, section 5). */
const SMALL_EPSILON = 0.5

/** Every attack at its default strength, and the two whose strength is the point. */
export const ATTACK_CASES: readonly AttackCase[] = [
  { label: 'label-flip', attack: { name: 'label-flip' } },
  { label: 'sign-flip', attack: { name: 'sign-flip' } },
  { label: 'gaussian', attack: { name: 'gaussian' } },
  { label: 'alie', attack: { name: 'alie' } },
  { label: 'alie-1.5', attack: { name: 'alie', strength: USUAL_Z } },
  { label: 'ipm', attack: { name: 'ipm' } },
  { label: 'ipm-0.5', attack: { name: 'ipm', strength: SMALL_EPSILON } },
  { label: 'free-rider', attack: { name: 'free-rider' } },
  { label: 'replay', attack: { name: 'replay' } },
]
