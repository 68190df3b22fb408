import type { StrategySpec } from '@fednode/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aggregate } from '../../../src/strategies/aggregate.ts'
import type { UpdateSource } from '../../../src/strategies/types.ts'
import { roundOf, update, valuesOf } from '../../support/vectors.ts'

const nowhere = () => ({ write: () => {} })
const LENGTH = 3
/** Rounding of a result, relative to the honest values; of Gram matrices, relative to everybody's. */
const SLACK = 1e-4

/** Whole numbers up to `most` times `unit`, exact in f32: no subnormals, which do not scale. */
function multiples(unit: number, most: number): fc.Arbitrary<number> {
  return fc.integer({ min: -most, max: most }).map((whole) => whole * unit)
}

/** Honest updates near each other, and as many attackers with anything at all, among ten silos in any order. */
function cohort(attackers: number) {
  const honest = multiples(2 ** -10, 2 ** 10)
  const any = fc.oneof(multiples(1, 10_000), multiples(2 ** -10, 2 ** 11))
  const vectorOf = (value: fc.Arbitrary<number>) =>
    fc.array(value, { minLength: LENGTH, maxLength: LENGTH })
  return fc.record({
    honest: fc.array(vectorOf(honest), { minLength: 10 - attackers, maxLength: 10 - attackers }),
    attackers: fc.array(vectorOf(any), { minLength: attackers, maxLength: attackers }),
    names: fc.shuffledSubarray([...'abcdefghij'], { minLength: 10 }),
  })
}

type Cohort = ReturnType<typeof cohort> extends fc.Arbitrary<infer C> ? C : never

function updatesOf({ honest, attackers, names }: Cohort): UpdateSource[] {
  return [...honest, ...attackers].map((values, i) => update(names[i] ?? '', values))
}

async function modelOf(spec: StrategySpec, parts: Cohort): Promise<readonly number[]> {
  return [...(await aggregate(spec, roundOf(updatesOf(parts)), nowhere)).values]
}

function columnsOf(vectors: readonly (readonly number[])[]): number[][] {
  return Array.from({ length: LENGTH }, (_, k) => vectors.map((values) => values[k] ?? 0))
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((x, k) => x - (b[k] ?? 0)))
}

/** Largest distance between two honest updates. */
function diameter({ honest }: Cohort): number {
  return Math.max(...honest.flatMap((a) => honest.map((b) => distance(a, b))))
}

function toHonest(model: readonly number[], { honest }: Cohort): number {
  return Math.min(...honest.map((values) => distance(model, values)))
}

async function holds(attackers: number, property: (parts: Cohort) => Promise<void>): Promise<void> {
  await fc.assert(fc.asyncProperty(cohort(attackers), property), { numRuns: 25 })
}

describe('T30: whatever attackers within the bound send', () => {
  it.each<[StrategySpec, number]>([
    [{ name: 'median', weighting: 'equal' }, 4],
    [{ name: 'trimmed-mean', weighting: 'equal', trim: 0.3 }, 3],
  ])('%j of %d attackers stays between the honest values of each coordinate', async (spec, f) => {
    await holds(f, async (parts) => {
      const model = await modelOf(spec, parts)
      columnsOf(parts.honest).forEach((column, k) => {
        expect(model[k]).toBeGreaterThanOrEqual(Math.min(...column) - 1e-6)
        expect(model[k]).toBeLessThanOrEqual(Math.max(...column) + 1e-6)
      })
    })
  })

  // A chosen attacker has n - f - 2 near ones, two of them honest at least: it lies no further from these than all honest ones from
  // each other, times the root of how many are summed.
  it.each<[StrategySpec, number]>([
    [{ name: 'krum', weighting: 'equal' }, 3],
    [{ name: 'multi-krum', weighting: 'equal', attackers: 3, keep: 5 }, 3],
  ])('%j of %d attackers stays near the honest updates', async (spec, f) => {
    await holds(f, async (parts) => {
      const model = await modelOf(spec, parts)
      const near = 10 - f - 2
      const bound = (Math.sqrt(near) + 1) * diameter(parts) + SLACK * 100
      expect(toHonest(model, parts)).toBeLessThanOrEqual(bound)
    })
  })

  it('bulyan stays within a range of the honest values on both sides, in each coordinate', async () => {
    await holds(1, async (parts) => {
      const model = await modelOf({ name: 'bulyan', weighting: 'equal' }, parts)
      columnsOf(parts.honest).forEach((column, k) => {
        const [low, high] = [Math.min(...column), Math.max(...column)]
        expect(model[k]).toBeGreaterThanOrEqual(low - (high - low) - 1e-6)
        expect(model[k]).toBeLessThanOrEqual(high + (high - low) + 1e-6)
      })
    })
  })

  // 2 (1 - a) / (1 - 2 a) times the honest radius is the bound of the exact point for a share a of attackers (Lopuhaä & Rousseeuw 1991).
  it('the geometric median stays within its breakdown bound', async () => {
    const spec = { name: 'geometric-median', weighting: 'equal', iterations: 300 } as const
    await holds(3, async (parts) => {
      const model = await modelOf(spec, parts)
      const centre = columnsOf(parts.honest).map(
        (column) => (Math.min(...column) + Math.max(...column)) / 2,
      )
      const radius = Math.max(...parts.honest.map((values) => distance(values, centre)))
      expect(distance(model, centre)).toBeLessThanOrEqual(((2 * 0.7) / 0.4) * radius + 0.05)
    })
  })

  it.each<StrategySpec>([
    { name: 'norm-clipping', weighting: 'equal', bound: 0.25 },
    { name: 'centered-clipping', weighting: 'equal', radius: 0.25 },
  ])('%j moves the model no further than its bound', async (spec) => {
    await holds(9, async (parts) => {
      expect(Math.hypot(...(await modelOf(spec, parts)))).toBeLessThanOrEqual(0.25 + 1e-5)
    })
  })

  it('foolsgold does not count sybils of one direction, however long their updates are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 }),
        async (lengths) => {
          const sybils = lengths.map((s, i) => update(`sybil-${i}`, [s, s, 0, 0]))
          const honest = [update('a', [0, 0, 1, 0]), update('b', [0, 0, 0, 1])]
          const spec = { name: 'foolsgold', weighting: 'equal' } as const
          const { values } = await aggregate(spec, roundOf([...sybils, ...honest]), nowhere)
          expect([...values]).toEqual([0, 0, 0.5, 0.5])
        },
      ),
    )
  })

  it('the plain mean goes wherever one attacker wants', async () => {
    const updates = [...'abcdefghi'].map((silo) => update(silo, [1]))
    const spec = { name: 'fedavg', weighting: 'equal' } as const
    const { values } = await aggregate(spec, roundOf([...updates, update('z', [-991])]), nowhere)
    expect([...values]).toEqual([-98.2].map(Math.fround))
  })
})

describe('scale', () => {
  it.each<StrategySpec>([
    { name: 'fedavg', weighting: 'samples' },
    { name: 'fednova', weighting: 'samples' },
    { name: 'median', weighting: 'equal' },
    { name: 'trimmed-mean', weighting: 'equal' },
    { name: 'krum', weighting: 'equal' },
    { name: 'multi-krum', weighting: 'equal' },
    { name: 'bulyan', weighting: 'equal' },
    { name: 'norm-clipping', weighting: 'equal' },
    { name: 'centered-clipping', weighting: 'equal' },
    { name: 'foolsgold', weighting: 'equal' },
  ])('%j scales with its updates: a power of two changes no bit but the exponent', async (spec) => {
    await fc.assert(
      fc.asyncProperty(cohort(2), fc.integer({ min: -6, max: 6 }), async (parts, exponent) => {
        const updates = updatesOf(parts)
        const scaled = updates.map((one) =>
          update(
            one.silo,
            [...valuesOf(one)].map((x) => x * 2 ** exponent),
          ),
        )
        const { values } = await aggregate(spec, roundOf(updates), nowhere)
        const { values: other } = await aggregate(spec, roundOf(scaled), nowhere)
        expect([...other]).toEqual([...values].map((x) => x * 2 ** exponent))
      }),
      { numRuns: 15 },
    )
  })
})
