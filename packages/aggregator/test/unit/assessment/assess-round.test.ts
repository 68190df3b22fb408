import { tmpdir } from 'node:os'
import { createEngine, type Engine } from '@fednode/engine'
import {
  type ContributionSpec,
  fromPico,
  type SiloName,
  type StrategySpec,
  type Weights,
} from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aggregateRound, type RoundInput } from '../../../src/assessment/aggregate-round.ts'
import { assessRound } from '../../../src/assessment/assess-round.ts'
import { createVectorPool, memorySource } from '../../../src/assessment/vector-pool.ts'
import { exactShapley } from '../../../src/contribution/exact-shapley.ts'
import { TINY_MODEL, tinyManifest, tinyValidation } from '../../support/tiny-federation.ts'

let engine: Engine

beforeAll(async () => {
  engine = await createEngine({ backend: 'cpu' })
})
afterAll(() => engine.dispose())

const SEED = new Uint8Array(32).fill(5)
const deps = () => ({ engine, elapsed: () => performance.now() })

function roundOf(options: {
  readonly updates: readonly (readonly number[])[]
  readonly strategy?: StrategySpec
  readonly contribution?: Partial<ContributionSpec>
}): RoundInput {
  const manifest = tinyManifest()
  const specs = engine.weightSpecs(TINY_MODEL)
  const base: Weights = { specs, values: new Float32Array(6) }
  return {
    manifest: {
      ...manifest,
      strategy: options.strategy ?? manifest.strategy,
      contribution: { ...manifest.contribution, ...options.contribution },
    },
    model: TINY_MODEL,
    base,
    updates: options.updates.map((values, i) => ({
      ...memorySource(Float32Array.from(values)),
      silo: `silo-${i}` as SiloName,
      samples: 10 * (i + 1),
      steps: 5,
    })),
    state: new Map(),
    clients: options.updates.length,
  }
}

/** Two helpful updates of different strength and a harmful one. */
const THREE = [
  [-1, 1, 0.1, 0, 0, 0],
  [-2, 2, 0, 0.1, 0, 0],
  [3, -3, 0, 0, 0.2, 0],
] as const

describe('assessRound', () => {
  it.each<StrategySpec>([
    { name: 'fedavg', weighting: 'samples' },
    { name: 'fedavg', weighting: 'equal' },
  ])('values updates as brute force over averaged models does: %o', async (strategy) => {
    const input = roundOf({ updates: THREE, strategy })
    const validation = tinyValidation()
    const { valuesPico, before, after, shares } = await assessRound(
      input,
      { validation, seed: SEED },
      deps(),
    )
    const utilities = Float64Array.from({ length: 8 }, (_, coalition) => {
      const members = input.updates.filter((_, i) => coalition & (1 << i))
      const values = meanOf(members, strategy.weighting === 'samples')
      return -engine.evaluate(TINY_MODEL, { ...input.base, values }, validation).loss
    })
    const expected = exactShapley(3, utilities)
    valuesPico.forEach((value, i) => {
      expect(fromPico(value)).toBeCloseTo(expected[i] ?? Number.NaN, 6)
    })
    expect(after.utility - before.utility).toBeCloseTo(
      valuesPico.reduce((sum, value) => sum + fromPico(value), 0),
      9,
    )
    expect(valuesPico[2]).toBeLessThan(0)
    expect(shares[2]).toBe(0)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(1e9)
  })

  it('measures the full coalition as the model that the strategy makes', async () => {
    for (const name of ['fedavg', 'median'] as const) {
      const input = roundOf({ updates: THREE, strategy: { name, weighting: 'equal' } })
      const pool = createVectorPool(tmpdir())
      const { weights } = await aggregateRound(input, pool)
      pool.close()
      const validation = tinyValidation()
      const { after } = await assessRound(input, { validation, seed: SEED }, deps())
      const { loss } = engine.evaluate(TINY_MODEL, weights, validation)
      expect(after.loss).toBeCloseTo(loss, 6)
    }
  })

  it('tells the utility of all but one, and what every class gains', async () => {
    const input = roundOf({ updates: THREE, contribution: { classWise: true } })
    const { withoutPico, measured } = await assessRound(
      input,
      { validation: tinyValidation(), seed: SEED },
      deps(),
    )
    const byCoalition = new Map(measured.map((entry) => [entry.coalition, entry]))
    expect(withoutPico).toEqual(
      [0b110n, 0b101n, 0b011n].map((c) => byCoalition.get(c)?.utilityPico),
    )
    expect(measured).toHaveLength(8)
    for (const { classesPico } of measured) expect(classesPico).toHaveLength(2)
  })

  it('pays nobody when all gains together are below the manifest’s minimum', async () => {
    const contribution = { minimumGain: 100 }
    const input = roundOf({ updates: THREE, contribution })
    const { shares, valuesPico } = await assessRound(
      input,
      { validation: tinyValidation(), seed: SEED },
      deps(),
    )
    expect(shares).toEqual([0, 0, 0])
    expect(valuesPico.some((value) => value > 0)).toBe(true)
  })

  it('T34: measures on rows that the seed draws, the same for the same seed', async () => {
    const input = roundOf({ updates: THREE, contribution: { validationShare: 0.3 } })
    const assessed = (seed: Uint8Array) =>
      assessRound(input, { validation: tinyValidation(), seed }, deps())
    const first = await assessed(SEED)
    expect((await assessed(SEED)).valuesPico).toEqual(first.valuesPico)
    expect((await assessed(new Uint8Array(32).fill(6))).valuesPico).not.toEqual(first.valuesPico)
  })

  it('repeats a sampled assessment to the bit from its seed and its number of evaluations', async () => {
    const updates = Array.from({ length: 14 }, (_, i) =>
      Array.from({ length: 6 }, (_, k) => Math.sin(7 * i + 3 * k)),
    )
    const input = roundOf({
      updates,
      contribution: { estimator: 'auto', budget: { evaluations: 80 } },
    })
    const validation = tinyValidation()
    const first = await assessRound(input, { validation, seed: SEED }, deps())
    expect(first.estimator).toBe('centered-regression')
    expect(first.evaluations).toBeLessThanOrEqual(80)
    expect(first.standardErrorsPico.every((error) => error > 0)).toBe(true)
    const { evaluations, estimator } = first
    const again = await assessRound(
      input,
      { validation, seed: SEED, budget: { evaluations }, estimator },
      deps(),
    )
    expect(again.valuesPico).toEqual(first.valuesPico)
    expect(again.measured).toEqual(first.measured)
  })
})

function meanOf(members: RoundInput['updates'], bySamples: boolean): Float32Array {
  const mean = new Float32Array(6)
  const total = members.reduce((sum, { samples }) => sum + (bySamples ? samples : 1), 0)
  for (const { read, samples } of members) {
    const values = new Float32Array(6)
    read(0, values)
    values.forEach((value, i) => {
      mean[i] = (mean[i] ?? 0) + (value * (bySamples ? samples : 1)) / total
    })
  }
  return mean
}
