import { beforeAll, describe, expect, it } from 'vitest'
import { memorySource } from '../../../packages/aggregator/src/assessment/vector-pool.ts'
import { detectFreeRiders } from '../../../packages/aggregator/src/detection/detect-free-riders.ts'
import { craftUpdate, createEngine, type Dataset } from '../../../packages/engine/src/index.ts'
import { hasSharedData } from '../../lab/data/shared-data.ts'
import { digitsWorld } from '../../lab/digits-world.ts'
import { simulateFederation } from '../../lab/simulate.ts'
import type { SimulatedUpdate, SimulationOptions } from '../../lab/simulation.ts'
import { pickRows } from '../../lab/split-digits.ts'
import { sourceOf, valueRound } from '../../lab/value-round.ts'

const HONEST = 4
const NAMES = 5
const ROUNDS = 1
const SHARE_UNITS = 1e9
/** How much more of the pot a silo may get that comes under five names. */
const TOLERANCE = 0.05
/** On a busy machine; alone a case takes seconds. */
const TIMEOUT_MS = 600_000
const isAbsent = !hasSharedData('mnist')
const skipped = isAbsent ? ' (skipped: ../shared/data/mnist is not there)' : ''

describe.skipIf(isAbsent)(`T33: one silo under five names${skipped}`, () => {
  let options: SimulationOptions
  let own: Dataset

  beforeAll(async () => {
    const engine = await createEngine({ backend: 'wasm' })
    const world = digitsWorld(engine, { silos: HONEST + 1, split: 'even' })
    options = { ...world, rounds: ROUNDS, strategy: { name: 'fedavg', weighting: 'samples' } }
    own = world.silos[HONEST] as Dataset
  })

  /** Mean part of the pots that goes to the names that bring `data`, beside the honest silos. */
  async function shareOf(data: readonly Dataset[]): Promise<number> {
    const silos = [...options.silos.slice(0, HONEST), ...data]
    const { validation } = options
    let sum = 0
    const watch: SimulationOptions['watch'] = async ({ base, updates }) => {
      const { shares } = await valueRound({ ...options, silos }, { base, updates, validation })
      sum += shares.slice(HONEST).reduce((total, share) => total + share, 0)
    }
    await simulateFederation({ ...options, silos, watch })
    return sum / SHARE_UNITS / ROUNDS
  }

  function partOf(data: Dataset, part: number): Dataset {
    const rows = Array.from({ length: data.count }, (_, row) => row)
    return pickRows(
      data,
      rows.filter((row) => row % NAMES === part),
    )
  }

  it(
    'T33: five parts of its rows are not paid more than the whole',
    async () => {
      const parts = Array.from({ length: NAMES }, (_, part) => partOf(own, part))
      expect(await shareOf(parts)).toBeLessThanOrEqual((await shareOf([own])) + TOLERANCE)
    },
    TIMEOUT_MS,
  )

  it(
    'T33: five names that train on all of its rows are paid more, at most as five silos: only admission prevents it',
    async () => {
      const once = await shareOf([own])
      const copied = await shareOf(Array.from({ length: NAMES }, () => own))
      expect(copied, 'known limit, see docs/CONTRIBUTION.md').toBeGreaterThan(once)
      expect(copied).toBeLessThanOrEqual(NAMES / (HONEST + NAMES) + TOLERANCE)
    },
    TIMEOUT_MS,
  )

  it(
    'T33: five names for one update are reported, also with noise on it',
    async () => {
      const { base, updates } = await simulateFederation({ ...options, rounds: 1 })
      const last = updates[HONEST] as SimulatedUpdate
      const names = Array.from({ length: NAMES }, (_, i): SimulatedUpdate => {
        const known = { base: base.values, own: last.weights.values, silos: 9, seed: i }
        const values = craftUpdate(
          { name: 'ipm', strength: -1 },
          { ...known, colluders: [known.own] },
        )
        return { ...last, silo: HONEST + i, weights: { ...base, values } }
      })
      const { findings } = detectFreeRiders({
        base: memorySource(base.values),
        updates: [...updates.slice(0, HONEST), ...names].map(sourceOf),
        earlier: () => undefined,
      })
      const pairs = findings.filter(({ code }) => code === 'NEAR_DUPLICATE')
      expect(pairs).toHaveLength((NAMES * (NAMES - 1)) / 2)
      const honest = ['silo-001', 'silo-002', 'silo-003', 'silo-004']
      expect(findings.filter(({ silo }) => honest.includes(silo))).toEqual([])
    },
    TIMEOUT_MS,
  )
})
