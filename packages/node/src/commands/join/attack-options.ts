import { defaulted, optional } from '../../framework/option.ts'
import { filePath, integer } from '../../framework/value-type.ts'
import { attackName } from '../../options/attack.ts'

/** More attackers than one machine runs. */
const MAX_ATTACKERS = 1_000

/** How `fednode up --attack` tells a silo of its own to attack. */
export const attackOptions = {
  simulateAttack: optional(
    attackName,
    'attack the federation on purpose, on the local chain 31337 only; see  fednode up --attack',
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
