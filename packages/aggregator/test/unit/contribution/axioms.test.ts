import type { EstimatorName } from '@fednode/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateGame, gameOf } from '../../support/games.ts'

const PLAYERS = 6
/** Below 2^6, where everything would be exact, and enough for every method. */
const BUDGET = { evaluations: 40 }
const RUNS = { seed: 5, numRuns: 25 }

const EFFICIENT: EstimatorName[] = [
  'exact',
  'equal',
  'samples',
  'permutation',
  'antithetic',
  'svarm',
  'kernelshap',
  'leverageshap',
  'centered-regression',
]
const NULL_PLAYER: EstimatorName[] = [
  'exact',
  'leave-one-out',
  'own-utility',
  'permutation',
  'antithetic',
  'tmc',
  'gtg',
]
const LINEAR: EstimatorName[] = [...EFFICIENT, 'leave-one-out', 'own-utility']
/** Whatever is drawn; the others treat players alike on average, see estimators.test.ts. */
const SYMMETRIC: EstimatorName[] = ['exact', 'leave-one-out', 'own-utility', 'equal']

const utilities = fc
  .array(fc.double({ min: -10, max: 10, noNaN: true }), {
    minLength: 2 ** PLAYERS,
    maxLength: 2 ** PLAYERS,
  })
  .map((values) => Float64Array.from(values))
const seeds = fc.nat(1_000)

const valuesOf = async (
  name: EstimatorName,
  game: Float64Array,
  seed: number,
): Promise<readonly number[]> => {
  const budget = name === 'exact' ? {} : { budget: BUDGET }
  const samples = [3, 1, 4, 1, 5, 9]
  return (await estimateGame(name, gameOf(game), { ...budget, seed, samples })).values
}

describe('axioms', () => {
  it.each(EFFICIENT)('%s: values sum to the gain', async (name) => {
    await fc.assert(
      fc.asyncProperty(utilities, seeds, async (game, seed) => {
        const values = await valuesOf(name, game, seed)
        const gain = (game.at(-1) ?? 0) - (game[0] ?? 0)
        expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(gain, 8)
      }),
      RUNS,
    )
  })

  it.each(NULL_PLAYER)('%s: who changes no coalition has value 0', async (name) => {
    const player = 2
    await fc.assert(
      fc.asyncProperty(utilities, seeds, async (game, seed) => {
        const without = game.map((_, coalition) => game[coalition & ~(1 << player)] ?? 0)
        expect((await valuesOf(name, without, seed))[player]).toBeCloseTo(0, 10)
      }),
      RUNS,
    )
  })

  it.each(LINEAR)('%s: the values of a sum of games are the sums of their values', async (name) => {
    await fc.assert(
      fc.asyncProperty(utilities, utilities, seeds, async (one, other, seed) => {
        const both = one.map((utility, i) => 2 * utility - 3 * (other[i] ?? 0))
        const values = await valuesOf(name, both, seed)
        const [first, second] = [await valuesOf(name, one, seed), await valuesOf(name, other, seed)]
        values.forEach((value, i) => {
          expect(value).toBeCloseTo(2 * (first[i] ?? 0) - 3 * (second[i] ?? 0), 6)
        })
      }),
      RUNS,
    )
  })

  it.each(SYMMETRIC)('%s: players who are interchangeable have the same value', async (name) => {
    const [a, b] = [1, 4]
    const swapped = (coalition: number): number => {
      const hasA = (coalition >> a) & 1
      const hasB = (coalition >> b) & 1
      return (coalition & ~(1 << a) & ~(1 << b)) | (hasB << a) | (hasA << b)
    }
    await fc.assert(
      fc.asyncProperty(utilities, seeds, async (game, seed) => {
        const alike = game.map((utility, coalition) => utility + (game[swapped(coalition)] ?? 0))
        const values = await valuesOf(name, alike, seed)
        expect(values[a]).toBeCloseTo(values[b] ?? Number.NaN, 9)
      }),
      RUNS,
    )
  })
})
