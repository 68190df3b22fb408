import { UserError } from '@fednode/protocol'
import { checkAttackers, FEWEST_ALIE } from '../../local/check-attackers.ts'
import type { PlannedAttack } from '../../local/plan.ts'

type Asked = {
  readonly attack?: PlannedAttack['name'] | undefined
  readonly attackers?: number | undefined
}

/**
 * The attack that the command line asks for; one silo attacks when nobody says how many.
 * @param silos - of the federation; undefined while nobody knows, and who learns it calls checkAttackers.
 * @throws {UserError} usage: MISSING_ARGUMENT, and as checkAttackers.
 */
export function plannedAttack(
  { attack, attackers }: Asked,
  silos: number | undefined,
): PlannedAttack | undefined {
  if (attack === undefined) {
    if (attackers === undefined) return undefined
    throw new UserError('usage', `--attackers ${attackers} needs to know what they do`, {
      code: 'MISSING_ARGUMENT',
      hint: 'For example  fednode up --attack sign-flip --attackers 2',
    })
  }
  const planned = { name: attack, attackers: attackers ?? (attack === 'alie' ? FEWEST_ALIE : 1) }
  if (silos !== undefined) checkAttackers(planned, silos)
  return planned
}
