import type { EstimatorName } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { exactShapley } from '../../../src/contribution/exact-shapley.ts'
import { estimateGame, federatedUtilities, gameOf } from '../../support/games.ts'

const PLAYERS = 8
const UTILITIES = federatedUtilities(PLAYERS, 3)
const GAME = gameOf(UTILITIES)
const EXACT = exactShapley(PLAYERS, UTILITIES)
const REPEATS = 150

const UNBIASED: EstimatorName[] = ['permutation', 'antithetic']
const CONSISTENT: EstimatorName[] = ['svarm', 'kernelshap', 'leverageshap', 'centered-regression']
const SAMPLING: EstimatorName[] = [...UNBIASED, 'tmc', 'gtg', ...CONSISTENT]

type Repeated = { readonly values: readonly number[]; readonly standardErrors: readonly number[] }

const repeat = (name: EstimatorName, evaluations: number): Promise<readonly Repeated[]> =>
  Promise.all(
    Array.from({ length: REPEATS }, (_, seed) =>
      estimateGame(name, GAME, { budget: { evaluations }, seed }),
    ),
  )

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

const meanSquaredError = (runs: readonly Repeated[]): number =>
  sum(runs.flatMap(({ values }) => values.map((value, i) => (value - (EXACT[i] ?? 0)) ** 2))) /
  runs.length /
  sum([...EXACT].map((value) => value ** 2))

// Hundreds of estimates a test: a second on a free machine, half a minute on one that does ten other things.
describe('estimators against all coalitions of eight players', { timeout: 120_000 }, () => {
  it.each(UNBIASED)('%s is right on average', async (name) => {
    const runs = await repeat(name, 8 * PLAYERS)
    for (const [player, exact] of EXACT.entries()) {
      const values = runs.map((run) => run.values[player] ?? 0)
      const mean = sum(values) / REPEATS
      const variance = sum(values.map((value) => (value - mean) ** 2)) / (REPEATS - 1)
      expect(Math.abs(mean - exact)).toBeLessThan(4 * Math.sqrt(variance / REPEATS))
    }
  })

  it.each(CONSISTENT)('%s is nearly right on average', async (name) => {
    const runs = await repeat(name, 8 * PLAYERS)
    const means = [...EXACT.keys()].map(
      (i) => sum(runs.map(({ values }) => values[i] ?? 0)) / REPEATS,
    )
    const bias = meanSquaredError([{ values: means, standardErrors: [] }])
    expect(bias).toBeLessThan(0.1 * meanSquaredError(runs) + 1e-3)
  })

  it.each(SAMPLING)('%s errs less with four times the evaluations', async (name) => {
    const few = meanSquaredError(await repeat(name, 4 * PLAYERS))
    const many = meanSquaredError(await repeat(name, 16 * PLAYERS))
    expect(many).toBeLessThan(0.5 * few)
  })

  it('centered-regression errs less than half as much as GTG and permutations at 16 n', async () => {
    const ours = meanSquaredError(await repeat('centered-regression', 16 * PLAYERS))
    expect(meanSquaredError(await repeat('gtg', 16 * PLAYERS))).toBeGreaterThan(2 * ours)
    expect(meanSquaredError(await repeat('permutation', 16 * PLAYERS))).toBeGreaterThan(2 * ours)
  })

  // Two standard errors of a normal variable hold 95 %; ten draws and clumsy variances make it a little less.
  it.each([...UNBIASED, ...CONSISTENT])(
    '%s: two standard errors hold most of the errors',
    async (name) => {
      const runs = await repeat(name, 12 * PLAYERS)
      const held = runs.flatMap(({ values, standardErrors }) =>
        values.map((value, i) =>
          Math.abs(value - (EXACT[i] ?? 0)) <= 2 * (standardErrors[i] ?? 0) ? 1 : 0,
        ),
      )
      expect(sum(held) / held.length).toBeGreaterThan(0.85)
    },
  )

  it.each([...UNBIASED, ...CONSISTENT])('%s: standard errors are no idle bounds', async (name) => {
    const runs = await repeat(name, 12 * PLAYERS)
    const claimed = sum(runs.flatMap(({ standardErrors }) => standardErrors.map((e) => e ** 2)))
    const found = meanSquaredError(runs) * REPEATS * sum([...EXACT].map((value) => value ** 2))
    expect(claimed / found).toBeLessThan(4)
  })

  it.each(SAMPLING)('%s treats interchangeable players alike on average', async (name) => {
    // The average over all relabellings of 0 and 5.
    const swap = (coalition: number): number => {
      const [a, b] = [coalition & 1, (coalition >> 5) & 1]
      return (coalition & ~33) | b | (a << 5)
    }
    const game = gameOf(UTILITIES.map((utility, i) => (utility + (UTILITIES[swap(i)] ?? 0)) / 2))
    const differences = await Promise.all(
      Array.from({ length: REPEATS }, async (_, seed) => {
        const { values } = await estimateGame(name, game, { budget: { evaluations: 40 }, seed })
        return (values[0] ?? 0) - (values[5] ?? 0)
      }),
    )
    const mean = sum(differences) / REPEATS
    const variance = sum(differences.map((d) => (d - mean) ** 2)) / (REPEATS - 1)
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / REPEATS))
  })
})
