import { defaulted, optional } from '../../framework/option.ts'
import { filePath, integer } from '../../framework/value-type.ts'
import { allianceAttackName } from '../../options/attack.ts'

/** More attackers than one machine runs. */
const MAX_ATTACKERS = 1_000

/** How `fednode up` tells a process of its own to attack. */
export const attackOptions = {
  simulateAttack: optional(
    allianceAttackName,
    'attack on purpose, on the local chain 31337 only; see  fednode up --attack  and  --network',
  ),
  attackers: defaulted(
    integer('K', 1, MAX_ATTACKERS),
    1,
    'how many silos attack, with --simulate-attack',
  ),
  collusion: optional(
    filePath('DIR'),
    'folder in which attackers show each other their updates, with --simulate-attack',
  ),
} as const
