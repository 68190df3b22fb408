import type { StrategySpec } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { aggregate } from '../../../src/strategies/aggregate.ts'
import { coalitionModels } from '../../../src/strategies/coalition-models.ts'
import type { AggregationInput, UpdateSource } from '../../../src/strategies/types.ts'
import { EVERY_STRATEGY, titleOf } from '../../support/every-strategy.ts'
import { type ReferenceRound, referenceRound } from '../../support/reference-strategies.ts'
import { seededValues } from '../../support/seeded-values.ts'
import { keepInMemory, roundOf, update, valuesOf, vector } from '../../support/vectors.ts'

const LENGTH = 23
const SILOS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const nowhere = () => ({ write: () => {} })

/** What silo i sends: the base with a step that half agrees with everybody else's. */
function trained(base: Float32Array, round: number, i: number): Float32Array {
  const common = seededValues(round, LENGTH)
  const own = seededValues(1_000 * round + i, LENGTH, 1 + i / 4)
  return base.map((x, k) => x + (common[k] ?? 0) / 2 + (own[k] ?? 0) / 2)
}

function updatesOf(base: Float32Array, round: number, silos = SILOS): UpdateSource[] {
  return silos.map((silo) => {
    const i = SILOS.indexOf(silo)
    return update(silo, trained(base, round, i), { samples: 10 + 7 * i, steps: 2 + i })
  })
}

function inputOf(base: Float32Array, updates: readonly UpdateSource[]): AggregationInput {
  return roundOf(updates, { base: vector(base), localLearningRate: 0.05, clients: 9 })
}

/** Three rounds; silo d misses the second. */
async function playRounds(spec: StrategySpec) {
  let base = seededValues(5, LENGTH, 2)
  let state: AggregationInput['state'] = new Map()
  const models: Float32Array[] = []
  for (const round of [1, 2, 3]) {
    const silos = SILOS.filter((silo) => round !== 2 || silo !== 'd')
    const kept = keepInMemory(LENGTH)
    const input = { ...inputOf(base, updatesOf(base, round, silos)), state }
    base = (await aggregate(spec, input, kept.keep)).values
    state = kept.state
    models.push(base)
  }
  return { models, state }
}

function playReference(spec: StrategySpec, models: readonly Float32Array[]) {
  let state: ReferenceRound['state'] = new Map()
  return models.map((_, r) => {
    const base = models[r - 1] ?? seededValues(5, LENGTH, 2)
    const silos = SILOS.filter((silo) => r !== 1 || silo !== 'd')
    const outcome = referenceRound(spec, {
      base: [...base],
      updates: silos.map((silo) => {
        const i = SILOS.indexOf(silo)
        return { silo, values: [...trained(base, r + 1, i)], samples: 10 + 7 * i, steps: 2 + i }
      }),
      state,
      localLearningRate: 0.05,
      clients: 9,
    })
    // What a silo has not sent this round is carried over.
    state = new Map([...state, ...outcome.state])
    return { ...outcome, state }
  })
}

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length)
  const worst = Math.max(...Array.from(actual, (x, k) => Math.abs(x - (expected[k] ?? 0))))
  expect(worst).toBeLessThan(2e-6 * Math.max(1, ...Array.from(expected, Math.abs)))
}

describe.each(EVERY_STRATEGY.map((spec) => [titleOf(spec), spec] as const))('%s', (_, spec) => {
  it('does what its paper says, with its state over three rounds', async () => {
    const { models, state } = await playRounds(spec)
    const reference = playReference(spec, models)
    models.forEach((model, r) => {
      expectNear(model, reference[r]?.values ?? [])
    })
    const last = reference.at(-1)?.state ?? new Map<string, readonly number[]>()
    expect([...state.keys()].sort()).toEqual([...last.keys()].sort())
    for (const [name, source] of state) expectNear(valuesOf(source), last.get(name) ?? [])
  })

  it('gives the same bits in any order of updates and state', async () => {
    const base = seededValues(5, LENGTH, 2)
    const first = keepInMemory(LENGTH)
    await aggregate(spec, inputOf(base, updatesOf(base, 1)), first.keep)
    const updates = updatesOf(base, 2)
    const runs = []
    for (const isReversed of [false, true]) {
      const kept = keepInMemory(LENGTH)
      const state = [...first.state]
      const input = {
        ...inputOf(base, isReversed ? updates.toReversed() : updates),
        state: new Map(isReversed ? state.toReversed() : state),
      }
      const { values, counted } = await aggregate(spec, input, kept.keep)
      const states = [...kept.state].sort(([a], [b]) => (a < b ? -1 : 1))
      runs.push({ values, counted, state: states.map(([key, s]) => [key, valuesOf(s)]) })
    }
    expect(runs[1]).toEqual(runs[0])
  })

  it('moves with all models: a shift of base and updates shifts the result', async () => {
    const base = seededValues(5, LENGTH, 2)
    const shift = seededValues(77, LENGTH, 4)
    const shifted = (values: Float32Array) => values.map((x, k) => x + (shift[k] ?? 0))
    const here = await aggregate(spec, inputOf(base, updatesOf(base, 1)), nowhere)
    const moved = updatesOf(base, 1).map((one) => ({ ...one, ...vector(shifted(valuesOf(one))) }))
    const there = await aggregate(spec, inputOf(shifted(base), moved), nowhere)
    expectNear(there.values, shifted(here.values))
  })

  it('counts shares that sum to 1, in silo order', async () => {
    const base = seededValues(5, LENGTH, 2)
    const input = inputOf(base, updatesOf(base, 1).toReversed())
    const { counted } = await aggregate(spec, input, nowhere)
    expect(counted).toHaveLength(SILOS.length)
    expect(Math.min(...counted)).toBeGreaterThanOrEqual(0)
    expect(counted.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  })

  it('makes of a coalition what it makes of these updates alone', async () => {
    const base = seededValues(5, LENGTH, 2)
    const first = keepInMemory(LENGTH)
    await aggregate(spec, inputOf(base, updatesOf(base, 1)), first.keep)
    const updates = updatesOf(base, 2)
    const input = { ...inputOf(base, updates.toReversed()), state: first.state }
    const { modelOf } = await coalitionModels(spec, input)
    expectNear(modelValues(modelOf(0n), base, updates), base)
    for (const coalition of [0b1n, 0b10000001n, 0b111n, 0b1011010n, 0b11111111n]) {
      const members = updates.filter((_, i) => (coalition >> BigInt(i)) & 1n)
      const alone = await aggregate(spec, { ...input, updates: members }, nowhere)
      const model = modelOf(coalition)
      if (model.kind === 'weights') expect(model.values).toEqual(alone.values)
      else expectNear(modelValues(model, base, updates), alone.values)
    }
  })
})

function modelValues(
  model: ReturnType<Awaited<ReturnType<typeof coalitionModels>>['modelOf']>,
  base: Float32Array,
  updates: readonly UpdateSource[],
): Float32Array {
  if (model.kind === 'weights') return model.values
  const vectors = updates.map(valuesOf)
  return base.map((x, k) => {
    const terms = vectors.map((values, i) => (model.coefficients[i] ?? 0) * ((values[k] ?? 0) - x))
    return terms.reduce((sum, term) => sum + term, x)
  })
}
