import { createRandomFrom } from '@fednode/engine'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../../src/contribution/estimator.ts'
import { centeredRegression } from '../../../../src/contribution/estimators/centered-regression.ts'
import { exactShapley } from '../../../../src/contribution/exact-shapley.ts'
import { recordingGame } from '../../../../src/contribution/recording-game.ts'
import { estimateGame, federatedUtilities, gameOf, seedBytes } from '../../../support/games.ts'

const sizeOf = (coalition: bigint): number => coalition.toString(2).replaceAll('0', '').length

/** The regression with every request answered, past the point where an estimate would be taken from the exact formula. */
function exhausted(players: number, utilities: Float64Array): Outcome {
  const samples = new Array<number>(players).fill(1)
  const random = createRandomFrom(seedBytes(1))
  const estimation = centeredRegression.estimate({ count: players, samples, random })
  let answer: readonly (readonly number[])[] = []
  for (;;) {
    const step = estimation.next(answer)
    if (step.done) return step.value ?? { values: [], standardErrors: [] }
    answer = step.value.units.map((unit) => unit.map((c) => utilities[Number(c)] ?? Number.NaN))
  }
}

describe('centered-regression', () => {
  it.each([4, 5, 6, 7, 8])(
    'is the Shapley value when all coalitions of %i silos are in it',
    (players) => {
      const utilities = federatedUtilities(players, players)
      const { values, standardErrors } = exhausted(players, utilities)
      exactShapley(players, utilities).forEach((exact, i) => {
        expect(values[i]).toBeCloseTo(exact, 10)
      })
      expect(standardErrors).toEqual(new Array(players).fill(0))
    },
  )

  it('evaluates the ends, all singletons and all-but-ones first', async () => {
    const recorded = recordingGame(gameOf(federatedUtilities(8, 1)))
    await estimateGame('centered-regression', recorded, { budget: { evaluations: 18 } })
    const sizes = recorded.evaluated().map(({ coalition }) => sizeOf(coalition))
    expect(sizes.toSorted((a, b) => a - b)).toEqual([
      0, 1, 1, 1, 1, 1, 1, 1, 1, 7, 7, 7, 7, 7, 7, 7, 7, 8,
    ])
  })

  it('draws the rest in pairs of complements, never twice, by the kernel', async () => {
    const players = 12
    const recorded = recordingGame(gameOf(federatedUtilities(players, 1)))
    await estimateGame('centered-regression', recorded, { budget: { evaluations: 26 + 200 } })
    const drawn = recorded.evaluated().slice(26)
    const all = (1n << BigInt(players)) - 1n
    const known = new Set(drawn.map(({ coalition }) => coalition))
    expect(known.size).toBe(200)
    expect(drawn.every(({ coalition }) => known.has(all & ~coalition))).toBe(true)
    const counts = [2, 3, 4, 5, 6].map(
      (size) => drawn.filter(({ coalition }) => sizeOf(coalition) === size).length,
    )
    // 1 / (k (12 - k)), of 200 coalitions over sizes 2 to 10.
    const kernel = [2, 3, 4, 5, 6].map((size) => 1 / (size * (players - size)))
    const total = 2 * kernel.reduce((sum, x) => sum + x, 0) - (kernel.at(-1) ?? 0)
    counts.forEach((count, i) => {
      expect(Math.abs(count - (200 * (kernel[i] ?? 0)) / total)).toBeLessThan(2)
    })
  })

  it('is not moved by any function of the size', async () => {
    const utilities = federatedUtilities(9, 2)
    const shifted = utilities.map(
      (u, coalition) =>
        u + ([0, 9, -4, 7, 1, 3, 30, -8, 2, 0][sizeOf(BigInt(coalition))] as number),
    )
    const budget = { evaluations: 90 }
    const one = await estimateGame('centered-regression', gameOf(utilities), { budget })
    const other = await estimateGame('centered-regression', gameOf(shifted), { budget })
    other.values.forEach((value, i) => {
      expect(value).toBeCloseTo(one.values[i] ?? Number.NaN, 9)
    })
  })
})
