import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine, type Dataset } from '../../../packages/engine/src/index.ts'
import type { StrategySpec } from '../../../packages/protocol/src/index.ts'
import { poisoned, withTrigger } from '../../lab/backdoor.ts'
import { classTargets } from '../../lab/class-targets.ts'
import { hasSharedData } from '../../lab/data/shared-data.ts'
import { type DigitsWorld, digitsWorld } from '../../lab/digits-world.ts'
import { simulateFederation } from '../../lab/simulate.ts'
import type { Simulation } from '../../lab/simulation.ts'
import { pickRows } from '../../lab/split-digits.ts'
import { valueRound } from '../../lab/value-round.ts'

const SILOS = 6
const TARGET = 0
/** On a busy machine; alone a case takes seconds. */
const TIMEOUT_MS = 600_000
const MEAN = { name: 'fedavg', weighting: 'equal' } as const
/** Model replacement: the change times the number of silos, so that the mean takes the attacker's model. Minus: not mirrored. */
const REPLACE = { name: 'sign-flip', strength: -SILOS } as const
const isAbsent = !hasSharedData('mnist')
const skipped = isAbsent ? ' (skipped: ../shared/data/mnist is not there)' : ''

describe.skipIf(isAbsent)(`T31: a backdoor by one of six silos${skipped}`, () => {
  let world: DigitsWorld
  /** Digits that are no zeros, with the trigger, and their right labels. */
  let checkSet: Dataset

  beforeAll(async () => {
    const engine = await createEngine({ backend: 'wasm' })
    const even = digitsWorld(engine, { silos: SILOS, split: 'even' })
    const silos = even.silos.map((data, i) => (i < SILOS - 1 ? data : poisoned(data, TARGET)))
    world = { ...even, silos, rounds: 5 }
    const { validation } = even
    const { labels } = classTargets(validation)
    const rows = [...labels.keys()].filter((row) => labels[row] !== TARGET)
    checkSet = withTrigger(pickRows(validation, rows))
  })

  /** Share of triggered digits that are read as the attacker wants. */
  function successOf({ model }: Simulation): number {
    const targets = classTargets(checkSet)
    const labels = targets.labels.map(() => TARGET)
    const wanted = { ...checkSet, targets: { ...targets, labels } }
    return world.engine.evaluate(world.model, model, wanted).metrics.accuracy ?? 0
  }

  it(
    'T31: takes over the plain mean, and neither norm clipping nor the median; accuracy hides it',
    async () => {
      const play = (strategy: StrategySpec): Promise<Simulation> =>
        simulateFederation({ ...world, strategy, attack: REPLACE, attackers: 1 })
      const mean = await play(MEAN)
      expect(successOf(mean)).toBeGreaterThan(0.8)
      expect(mean.rounds.at(-1)?.metrics.accuracy).toBeGreaterThan(0.7)
      for (const name of ['norm-clipping', 'median'] as const) {
        const defended = await play({ name, weighting: 'equal' })
        expect(successOf(defended), name).toBeLessThan(0.3)
        expect(defended.rounds.at(-1)?.metrics.accuracy, name).toBeGreaterThan(0.75)
      }
    },
    TIMEOUT_MS,
  )

  it(
    'T31: is reported when the held-out rows have a check set: the attacker is worth less than nothing',
    async () => {
      const options = { ...world, strategy: MEAN }
      const { base, updates } = await simulateFederation(options)
      const { valuesPico } = await valueRound(options, { base, updates, validation: checkSet })
      const attacker = valuesPico.at(-1) ?? 0
      expect(attacker).toBeLessThan(0)
      for (const honest of valuesPico.slice(0, -1)) expect(honest).toBeGreaterThan(attacker)
    },
    TIMEOUT_MS,
  )
})
