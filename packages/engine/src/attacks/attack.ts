/** What a silo that wants to spoil a federation, or to be paid for nothing, may do; see craftUpdate and mirrorLabels. */
export const ATTACK_NAMES = [
  'label-flip',
  'sign-flip',
  'gaussian',
  'alie',
  'ipm',
  'free-rider',
  'replay',
] as const

/** Name of a simulated attack. */
export type AttackName = (typeof ATTACK_NAMES)[number]

/** One attack and how hard it hits; what `strength` means is said in each attack's file, and so is its default. */
export type AttackSpec = { readonly name: AttackName; readonly strength?: number }

/** What an attacker knows when it makes its update. All vectors are flat weights of one length, as after local training. */
export type AttackKnowledge = {
  /** The round's incoming model. */
  readonly base: Float32Array
  /** What the attacker would have sent if it were honest. */
  readonly own: Float32Array
  /** Honest updates of all attackers, the own one among them, in one order that all of them keep. */
  readonly colluders: readonly Float32Array[]
  /** What this attacker sent in an earlier round; absent in the first. */
  readonly sentBefore?: Float32Array
  /** Silos of the federation, attackers included. */
  readonly silos: number
  /** The manifest's limits.updateNorm: what lies above is refused, so an attacker stays below. */
  readonly largestNorm?: number
  /** Of this attacker and round; used by attacks with chance in them. */
  readonly seed: number
}
