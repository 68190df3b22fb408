import { beforeAll, describe, expect, it } from 'vitest'
import { deriveSeed } from '../../../packages/aggregator/src/assessment/derive-seed.ts'
import { validationRows } from '../../../packages/aggregator/src/assessment/validation-rows.ts'
import { createEngine, type Dataset } from '../../../packages/engine/src/index.ts'
import type { Weights } from '../../../packages/protocol/src/index.ts'
import { hasSharedData } from '../../lab/data/shared-data.ts'
import { digitsWorld } from '../../lab/digits-world.ts'
import { simulateFederation } from '../../lab/simulate.ts'
import type { SimulatedUpdate, SimulationOptions } from '../../lab/simulation.ts'
import { valueRound } from '../../lab/value-round.ts'

const SILOS = 5
const LAST = SILOS - 1
/** Rounds before the attack: later there is less to gain by honest work. */
const ROUNDS_BEFORE = 4
/** How long the cheat trains on what leaked. */
const EPOCHS = 20
const SHARE = 0.1
const LEAKED_SEED = 1
const FRESH_SEEDS = [2, 3, 4]
/** On a busy machine; alone a case takes seconds. */
const TIMEOUT_MS = 600_000
const isAbsent = !hasSharedData('mnist')
const skipped = isAbsent ? ' (skipped: ../shared/data/mnist is not there)' : ''

describe.skipIf(isAbsent)(`T34: an update tuned to the held-out rows${skipped}`, () => {
  let options: SimulationOptions
  let base: Weights
  let honest: readonly SimulatedUpdate[]

  beforeAll(async () => {
    const engine = await createEngine({ backend: 'wasm' })
    const world = digitsWorld(engine, { silos: SILOS, split: 'even' })
    const strategy = { name: 'fedavg', weighting: 'samples' } as const
    options = { ...world, strategy, rounds: ROUNDS_BEFORE + 1 }
    const played = await simulateFederation(options)
    base = played.base
    honest = played.updates
  }, TIMEOUT_MS)

  /** The round's updates with the last silo's trained long on `rows`. */
  async function tunedTo(rows: Dataset): Promise<readonly SimulatedUpdate[]> {
    const plan = { ...options.plan, epochs: EPOCHS }
    const { weights } = await options.engine.train(options.model, base, rows, { plan, seed: 9 })
    return honest.map((update) => (update.silo === LAST ? { ...update, weights } : update))
  }

  /** Value of the last silo in nats; on the rows that `seed` draws, or on all. */
  async function lastValue(updates: readonly SimulatedUpdate[], seed?: number): Promise<number> {
    const drawn = seed === undefined ? {} : { seed, validationShare: SHARE }
    const { validation } = options
    const { valuesPico } = await valueRound(options, { base, updates, validation, ...drawn })
    return (valuesPico[LAST] ?? 0) / 1e12
  }

  it(
    'T34: pays many times what honest work pays when all rows leak: they must never leave the aggregator',
    async () => {
      const own = options.silos[LAST] as Dataset
      const diligent = await lastValue(await tunedTo(own))
      const cheating = await lastValue(await tunedTo(options.validation))
      expect(cheating).toBeGreaterThan(0)
      expect(cheating).toBeGreaterThan(3 * diligent)
    },
    TIMEOUT_MS,
  )

  it(
    'T34: loses most of its gain when each round is measured on other rows than those that leaked',
    async () => {
      const seed = new Uint8Array(32).fill(LEAKED_SEED, 0, 1)
      const leaked = validationRows(options.validation, SHARE, deriveSeed(seed, 'validation'))
      const tuned = await tunedTo(leaked)
      const same = await lastValue(tuned, LEAKED_SEED)
      expect(same).toBeGreaterThan(0)
      let fresh = 0
      for (const other of FRESH_SEEDS) fresh += (await lastValue(tuned, other)) / FRESH_SEEDS.length
      expect(fresh).toBeLessThan(same / 2)
    },
    TIMEOUT_MS,
  )
})
