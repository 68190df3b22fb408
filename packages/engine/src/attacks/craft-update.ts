import type { AttackKnowledge, AttackSpec } from './attack.ts'
import { capChange } from './cap-change.ts'
import { changeNorm } from './change-norm.ts'
import { freeRide } from './free-ride.ts'
import { gaussianNoise } from './gaussian-noise.ts'
import { innerProductManipulation } from './inner-product-manipulation.ts'
import { littleIsEnough } from './little-is-enough.ts'
import { noise } from './noise.ts'
import { replay } from './replay.ts'
import { signFlip } from './sign-flip.ts'

/** Norm of a colluder's noise over that of its change. */
const DISGUISE = 1e-3

/**
 * The update that an attacker sends instead of its honest one; inputs are not mutated. A label flip changes the data before training
 * (mirrorLabels), so its update is the honest one of wrong data. What is larger than `largestNorm` is scaled down to it.
 */
export function craftUpdate(attack: AttackSpec, known: AttackKnowledge): Float32Array {
  const crafted = craft(attack, known)
  return known.largestNorm === undefined
    ? crafted
    : capChange(crafted, { base: known.base, largestNorm: known.largestNorm })
}

function craft({ name, strength }: AttackSpec, known: AttackKnowledge): Float32Array {
  switch (name) {
    case 'label-flip':
      return known.own
    case 'sign-flip':
      return signFlip(known, strength)
    case 'gaussian':
      return gaussianNoise(known, strength)
    case 'alie':
      return disguise(littleIsEnough(known, strength), known)
    case 'ipm':
      return disguise(innerProductManipulation(known, strength), known)
    case 'free-rider':
      return freeRide(known, strength)
    case 'replay':
      return replay(known)
  }
}

/** Colluders make the same vector; equal bytes would be refused as copies, so each adds a little noise of its own. */
function disguise(crafted: Float32Array, { base, seed }: AttackKnowledge): Float32Array {
  return noise(crafted, { norm: DISGUISE * changeNorm(crafted, base), seed })
}
