import path from 'node:path'
import type { Registry } from '@fednode/contracts'
import { createSimulatedAttacker, type SimulatedAttacker } from '../../attack/simulated-attacker.ts'
import { attackName } from '../../options/attack.ts'
import type { SiloParts } from './start-silo.ts'

/** Where attackers meet unless they are told: in the own directory, that is alone. */
const COLLUSION = 'collusion'

/** The attacker that the options ask for, and says that it is one; undefined for an honest silo. */
export function attackerOf(
  { options, context, plan }: Pick<SiloParts, 'options' | 'context' | 'plan'>,
  registry: Pick<Registry, 'members'>,
): SimulatedAttacker | undefined {
  const { simulateAttack, attackers, name: silo, directory } = options
  const attack = attackName.parse(simulateAttack ?? '')
  if (attack === undefined) return undefined
  context.stderr.write(`This silo attacks on purpose (${attack}): a simulation.\n`)
  const folder =
    options.collusion === undefined
      ? path.join(directory, COLLUSION)
      : path.resolve(context.cwd, options.collusion)
  const silos = (): number => registry.members().length
  return createSimulatedAttacker({
    attack,
    silo,
    manifest: plan.manifest,
    attackers,
    silos,
    folder,
  })
}
