import type { PlannedAttack, PlannedSilo } from './plan.ts'

/** The same silos; the last ones attack when there is an attack. */
export function markAttackers(
  silos: readonly PlannedSilo[],
  attack: PlannedAttack | undefined,
): readonly PlannedSilo[] {
  if (attack === undefined) return silos
  const honest = silos.length - attack.attackers
  return silos.map((silo, index) => (index < honest ? silo : { ...silo, attack: attack.name }))
}
