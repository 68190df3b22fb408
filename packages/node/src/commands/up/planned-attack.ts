import { UserError } from '@fednode/protocol'
import type { PlannedAttack } from '../../local/plan.ts'

/** Colluders of ALIE need each other: the deviation of one update is 0. */
const FEWEST_ALIE = 2

type Asked = {
  readonly attack?: PlannedAttack['name'] | undefined
  readonly attackers?: number | undefined
}

/**
 * The attack that the command line asks for on a federation of `silos`; one silo attacks when nobody says how many.
 * @throws {UserError} usage: MISSING_ARGUMENT, TOO_MANY_ATTACKERS, TOO_FEW_ATTACKERS.
 */
export function plannedAttack(
  { attack, attackers }: Asked,
  silos: number,
): PlannedAttack | undefined {
  if (attack === undefined) {
    if (attackers === undefined) return undefined
    throw new UserError('usage', `--attackers ${attackers} needs to know what they do`, {
      code: 'MISSING_ARGUMENT',
      hint: 'For example  fednode up --attack sign-flip --attackers 2',
    })
  }
  const planned = { name: attack, attackers: attackers ?? (attack === 'alie' ? FEWEST_ALIE : 1) }
  checkNumber(planned, silos)
  return planned
}

function checkNumber({ name, attackers }: PlannedAttack, silos: number): void {
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
