import { describe, expect, it } from 'vitest'
import type { Game } from '../../../../src/contribution/estimator.ts'
import { exactShapley } from '../../../../src/contribution/exact-shapley.ts'
import { recordingGame } from '../../../../src/contribution/recording-game.ts'
import { estimateGame, federatedUtilities, gameOf } from '../../../support/games.ts'

const PLAYERS = 8

const sizeOf = (coalition: bigint): number => coalition.toString(2).replaceAll('0', '').length

/** Utility of all, whatever the order of joining: each player adds a part of the rest. */
const saturating = (part: number): Float64Array =>
  Float64Array.from({ length: 2 ** PLAYERS }, (_, coalition) => {
    return 1 - (1 - part) ** sizeOf(BigInt(coalition))
  })

describe('gtg', () => {
  it('does not measure a round that changes nothing, and says how: equal parts of what there is', async () => {
    const utilities = federatedUtilities(PLAYERS, 2)
    utilities[2 ** PLAYERS - 1] = (utilities[0] ?? 0) + 0.0001
    const recorded = recordingGame(gameOf(utilities))
    const result = await estimateGame('gtg', recorded, { budget: { evaluations: 128 } })
    expect(result.stoppedBy).toBe('converged')
    expect(result.values).toHaveLength(PLAYERS)
    for (const value of result.values) expect(value).toBeCloseTo(0.0001 / PLAYERS, 12)
    // The ends and the singletons are all that was asked for.
    expect(recorded.evaluated()).toHaveLength(PLAYERS + 2)
  })

  it('measures a late round whose gain is small because all its changes are', async () => {
    const late = federatedUtilities(PLAYERS, 2).map((utility) => 0.9 + utility / 10_000)
    const exact = exactShapley(PLAYERS, late)
    const { values, evaluations } = await estimateGame('gtg', gameOf(late), {
      budget: { evaluations: 200 },
    })
    expect(evaluations).toBeGreaterThan(100)
    // Published thresholds of 0.001 and 0.01 would leave nothing but zeros.
    expect(Math.sign(values[1] ?? 0)).toBe(Math.sign(exact[1] ?? 0))
    expect(values[1]).toBeCloseTo(exact[1] ?? Number.NaN, 4)
  })

  it('gives the same shares whatever the unit of the utility', async () => {
    const utilities = federatedUtilities(PLAYERS, 6)
    const budget = { evaluations: 100 }
    const one = await estimateGame('gtg', gameOf(utilities), { budget })
    const scaled = gameOf(utilities.map((utility) => 5 + utility / 1_024))
    const other = await estimateGame('gtg', scaled, { budget })
    expect(other.evaluations).toBe(one.evaluations)
    other.values.forEach((value, i) => {
      expect(value * 1_024).toBeCloseTo(one.values[i] ?? Number.NaN, 6)
    })
  })

  it('stops walking an order near the utility of all, and what follows has marginal 0', async () => {
    const recorded = recordingGame(gameOf(saturating(0.8)))
    const { values } = await estimateGame('gtg', recorded, { budget: { evaluations: 60 } })
    // 1 - 0.2^3 is within a hundredth of 1 - 0.2^8.
    const sizes = recorded.evaluated().map(({ coalition }) => sizeOf(coalition))
    expect(sizes.every((size) => size <= 3 || size === PLAYERS)).toBe(true)
    const sum = values.reduce((total, value) => total + value, 0)
    expect(sum).toBeLessThanOrEqual(1)
    expect(sum).toBeGreaterThan(0.99)
  })

  it('lets every player lead equally often', async () => {
    const players = 12
    // Who comes first brings 110, everybody else 10: only balanced leaders make all values the same.
    const game: Game = {
      players,
      utilities: async (coalitions) =>
        coalitions.map((coalition) => (coalition === 0n ? 0 : 100 + 10 * sizeOf(coalition))),
    }
    const result = await estimateGame('gtg', game, { budget: { evaluations: 2_000 } })
    expect(result.stoppedBy).toBe('converged')
    for (const value of result.values) expect(value).toBeCloseTo(220 / players, 9)
  })

  it('ends by its own rule once 30 orders have settled', async () => {
    // Additive: every order gives the same marginals.
    const additive = Float64Array.from({ length: 2 ** PLAYERS }, (_, coalition) =>
      [1, 2, 3, 4, 5, 6, 7, 8].reduce(
        (sum, x, i) => sum + (((coalition >> i) & 1) === 1 ? x : 0),
        0,
      ),
    )
    const result = await estimateGame('gtg', gameOf(additive), { budget: { evaluations: 255 } })
    expect(result.stoppedBy).toBe('converged')
    result.values.forEach((value, i) => {
      expect(value).toBeCloseTo(i + 1, 9)
    })
  })
})
