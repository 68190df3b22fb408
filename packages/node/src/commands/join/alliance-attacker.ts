import path from 'node:path'
import type { AllianceState } from '@fednode/contracts'
import { createSimulatedAttacker, type SimulatedAttacker } from '../../attack/simulated-attacker.ts'
import type { Context } from '../../framework/context.ts'
import type { Plan } from '../../plan/plan.ts'
import type { JoinOptions } from './handler.ts'

/** Where attackers meet unless they are told: in the own directory, that is alone. */
const COLLUSION = 'collusion'

/** The attacker that the options ask for, and says that it is one; undefined for an honest node. It spoils what it proposes. */
export function allianceAttacker(
  {
    options,
    plan,
    state,
  }: { readonly options: JoinOptions; readonly plan: Plan; readonly state: AllianceState },
  context: Context,
): SimulatedAttacker | undefined {
  const { simulateAttack: attack, attackers, name: silo, directory, collusion } = options
  if (attack === undefined) return undefined
  context.stderr.write(`This node attacks on purpose (${attack}): a simulation.\n`)
  return createSimulatedAttacker({
    attack,
    silo,
    manifest: plan.manifest,
    attackers,
    silos: () => state.terms.proposers,
    folder:
      collusion === undefined
        ? path.join(directory, COLLUSION)
        : path.resolve(context.cwd, collusion),
  })
}
