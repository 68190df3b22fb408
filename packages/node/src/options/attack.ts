import type { AttackName } from '@fednode/engine'
import { choice } from '../framework/value-type.ts'

/** As ATTACK_NAMES of the engine, whose package is too heavy for --help; every name by its type. */
const ATTACKS = Object.keys({
  'label-flip': true,
  'sign-flip': true,
  gaussian: true,
  alie: true,
  ipm: true,
  'free-rider': true,
  replay: true,
} satisfies Record<AttackName, true>)

/** One of the simulated attacks. */
export const attackName = choice('ATTACK', ATTACKS as readonly AttackName[])

/** What a node of an alliance can do besides; silos have no votes. */
const ALLIANCE_MISCHIEF = ['lying-votes', 'silence'] as const

/** One of the attacks on an alliance. */
export const allianceAttackName = choice('ATTACK', [
  ...(ATTACKS as readonly AttackName[]),
  ...ALLIANCE_MISCHIEF,
])
