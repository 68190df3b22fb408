import { UserError } from '@fednode/protocol'
import type { PlannedAttack } from './plan.ts'

/** Colluders of ALIE need each other: the deviation of one update is 0. */
export const FEWEST_ALIE = 2

/** @throws {UserError} usage: TOO_MANY_ATTACKERS, TOO_FEW_ATTACKERS unless so many of `silos` can attack. */
export function checkAttackers({ name, attackers }: PlannedAttack, silos: number): void {
  if (2 * attackers >= silos) {
    const most = Math.ceil(silos / 2) - 1
    throw new UserError(
      'usage',
      `${attackers} of ${silos} silos cannot attack: no method bears half`,
      {
        code: 'TOO_MANY_ATTACKERS',
        hint: `At most  --attackers ${most}  with ${silos} silos; the example takes more with --silos.`,
      },
    )
  }
  if (name !== 'alie' || attackers >= FEWEST_ALIE) return
  throw new UserError(
    'usage',
    'one attacker alone cannot do ALIE: it hides in what colluders have',
    {
      code: 'TOO_FEW_ATTACKERS',
      hint: `At least  --attackers ${FEWEST_ALIE}`,
    },
  )
}
