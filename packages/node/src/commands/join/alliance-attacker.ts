import path from 'node:path'
import type { AllianceState } from '@fednode/contracts'
import type { AllianceChain } from '../../alliance/alliance-chain.ts'
import { lyingChain } from '../../alliance/mischief/lying-chain.ts'
import { silentChain } from '../../alliance/mischief/silent-chain.ts'
import { createSimulatedAttacker, type SimulatedAttacker } from '../../attack/simulated-attacker.ts'
import type { Context } from '../../framework/context.ts'
import type { Plan } from '../../plan/plan.ts'
import type { JoinOptions } from './handler.ts'

/** Where attackers meet unless they are told: in the own directory, that is alone. */
const COLLUSION = 'collusion'

/** What a malicious node of an alliance does to its rows, to what it proposes, and to what it tells the chain. */
export type AllianceAttacker = Partial<SimulatedAttacker> & {
  readonly spoilChain?: (chain: AllianceChain) => AllianceChain
}

/** The attacker that the options ask for, and says that it is one; undefined for an honest node. */
export function allianceAttacker(
  {
    options,
    plan,
    state,
  }: { readonly options: JoinOptions; readonly plan: Plan; readonly state: AllianceState },
  context: Context,
): AllianceAttacker | undefined {
  const { simulateAttack: attack, attackers, name: silo, directory, collusion } = options
  if (attack === undefined) return undefined
  context.stderr.write(`This node attacks on purpose (${attack}): a simulation.\n`)
  if (attack === 'lying-votes') return { spoilChain: lyingChain }
  if (attack === 'silence') return { spoilChain: silentChain }
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
