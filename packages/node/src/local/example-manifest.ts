import {
  type ChainManifest,
  checkManifest,
  minimumSilos,
  type StrategyName,
  UserError,
} from '@fednode/protocol'
import { requireChain } from '../plan/require-chain.ts'
import { exampleStrategy } from './example-strategy.ts'
import type { PlannedAttack } from './plan.ts'

/** Silos whose values the example measures exactly; above, the estimator chooses. */
const MAX_EXACT = 12

/** What the command line changes in the example's manifest. */
export type ExampleChanges = {
  readonly rounds?: number | undefined
  readonly silos: number
  readonly strategy?: StrategyName | undefined
  readonly attack?: PlannedAttack | undefined
}

/**
 * The example's manifest with what the command line asks for in it: what runs is what this manifest says.
 * @throws {UserError} BAD_EXAMPLE (usage) when the rules of manifests do not allow it.
 */
export function exampleManifest(written: ChainManifest, changes: ExampleChanges): ChainManifest {
  const { rounds, silos, strategy, attack } = changes
  const attackers = attack?.attackers ?? 0
  const estimator = silos > MAX_EXACT ? 'auto' : written.contribution.estimator
  const spec =
    strategy === undefined ? written.strategy : exampleStrategy(strategy, { silos, attackers })
  // An attacker's update may be refused; the round goes on with the others, unless the strategy needs all.
  const minSilos = Math.max(silos - attackers, Math.min(minimumSilos(spec), silos))
  const checked = checkManifest({
    ...written,
    strategy: spec,
    rounds: {
      ...written.rounds,
      count: rounds ?? written.rounds.count,
      minSilos,
      maxSilos: silos,
    },
    contribution: { ...written.contribution, estimator },
  })
  if (checked.ok) return requireChain(checked.manifest, 'the example')
  const [issue] = checked.issues
  const text = `${issue?.path}: got ${issue?.got}, expected ${issue?.expected}`
  throw new UserError('usage', `the example cannot be run so: ${text}`, { code: 'BAD_EXAMPLE' })
}
