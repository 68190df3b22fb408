import { execFile } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { type EstimatorName, MAX_EXACT_SILOS } from '@fednode/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Game } from '../../../src/contribution/estimator.ts'
import { ESTIMATORS } from '../../../src/contribution/estimators.ts'
import { exactShapley } from '../../../src/contribution/exact-shapley.ts'
import { recordingGame } from '../../../src/contribution/recording-game.ts'
import { estimateGame, federatedUtilities, gameOf } from '../../support/games.ts'

const NAMES = Object.keys(ESTIMATORS) as (keyof typeof ESTIMATORS)[]
const INEXACT = NAMES.filter((name) => name !== 'exact')
const UTILITIES = federatedUtilities(8, 9)
const GAME = gameOf(UTILITIES)

/** A game of any size: utilities by formula. */
const largeGame = (players: number): Game => ({
  players,
  utilities: async (coalitions) =>
    coalitions.map((coalition) => {
      const size = coalition.toString(2).replaceAll('0', '').length
      return 1 - 1 / (1 + size) + Number(coalition % 97n) / 1_000
    }),
})

describe('estimate', () => {
  it.each(INEXACT)('%s: evaluates no more distinct coalitions than allowed', async (name) => {
    const minimum = ESTIMATORS[name].minimumEvaluations(8)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: minimum, max: 200 }),
        fc.nat(99),
        async (evaluations, seed) => {
          const recorded = recordingGame(GAME)
          const result = await estimateGame(name, recorded, { budget: { evaluations }, seed })
          expect(result.evaluations).toBeLessThanOrEqual(evaluations)
          expect(recorded.evaluated()).toHaveLength(result.evaluations)
          expect([...result.values, ...result.standardErrors].every(Number.isFinite)).toBe(true)
          expect(result.standardErrors.every((error) => error >= 0)).toBe(true)
        },
      ),
      { seed: 3, numRuns: 15 },
    )
  })

  it.each(INEXACT)(
    '%s: what the clock ended is repeated from the number of evaluations',
    async (name) => {
      for (const seconds of [1, 2, 3]) {
        let now = 0
        const timed = await estimateGame(name, GAME, {
          budget: { evaluations: 250, seconds },
          elapsed: () => (now += 50),
        })
        const repeated = recordingGame(GAME)
        const again = await estimateGame(name, repeated, {
          budget: { evaluations: timed.evaluations },
        })
        expect(again.values).toEqual(timed.values)
        expect(again.standardErrors).toEqual(timed.standardErrors)
        expect(repeated.evaluated()).toHaveLength(timed.evaluations)
      }
    },
  )

  it.each(INEXACT)('%s: what a standard error ended is repeated as well', async (name) => {
    const precise = await estimateGame(name, GAME, {
      budget: { evaluations: 250, standardError: 0.05 },
    })
    const again = await estimateGame(name, GAME, { budget: { evaluations: precise.evaluations } })
    expect(again.values).toEqual(precise.values)
    if (precise.stoppedBy === 'standard-error')
      expect(Math.max(...precise.standardErrors)).toBeLessThanOrEqual(0.05)
  })

  it.each(INEXACT)(
    '%s: a smaller budget asks for the beginning of what a larger one asks',
    async (name) => {
      const asked = async (evaluations: number): Promise<readonly bigint[]> => {
        const recorded = recordingGame(GAME)
        await estimateGame(name, recorded, { budget: { evaluations } })
        return recorded.evaluated().map(({ coalition }) => coalition)
      }
      const [few, many] = [await asked(48), await asked(120)]
      expect(many.slice(0, few.length)).toEqual(few)
    },
  )

  it.each(['permutation', 'svarm', 'centered-regression'] as const)(
    '%s stops at the standard error that is good enough',
    async (name) => {
      const budget = { evaluations: 255, standardError: 0.1 }
      const result = await estimateGame(name, GAME, { budget })
      expect(result.stoppedBy).toBe('standard-error')
      expect(result.evaluations).toBeLessThan(255)
    },
  )

  it('gives other values from another seed', async () => {
    const budget = { evaluations: 64 }
    const one = await estimateGame('permutation', GAME, { budget, seed: 1 })
    const other = await estimateGame('permutation', GAME, { budget, seed: 2 })
    expect(other.values).not.toEqual(one.values)
  })

  it('gives the same bits in another process', async () => {
    const script = path.join(import.meta.dirname, '../../support/print-estimates.ts')
    const { stdout } = await promisify(execFile)(process.execPath, [script])
    const here: Record<string, unknown> = {}
    for (const name of NAMES) here[name] = await estimateGame(name, GAME)
    expect(JSON.parse(stdout)).toEqual(here)
  })

  it('is exact once a method has seen every coalition', async () => {
    const exact = [...exactShapley(8, UTILITIES)]
    for (const name of ['permutation', 'antithetic', 'svarm', 'centered-regression'] as const) {
      const result = await estimateGame(name, GAME, { budget: { evaluations: 256 } })
      expect(result).toEqual({
        values: exact,
        standardErrors: exact.map(() => 0),
        evaluations: 256,
        stoppedBy: 'complete',
      })
    }
  })

  it('auto is exact up to twelve silos and centered-regression above or on a limit', async () => {
    const auto = await estimateGame('auto', gameOf(federatedUtilities(MAX_EXACT_SILOS, 1)))
    expect([auto.evaluations, auto.stoppedBy]).toEqual([4_096, 'complete'])
    const large = await estimateGame('auto', largeGame(13))
    expect(large).toEqual(await estimateGame('centered-regression', largeGame(13)))
    const budget = { evaluations: 100 }
    const limited = await estimateGame('auto', GAME, { budget })
    expect(limited).toEqual(await estimateGame('centered-regression', GAME, { budget }))
  })

  it('spends 16 evaluations a silo by default', async () => {
    const result = await estimateGame('centered-regression', largeGame(20))
    expect([result.evaluations, result.stoppedBy]).toEqual([320, 'evaluations'])
  })

  it.each(INEXACT)('%s values a hundred silos', async (name) => {
    const result = await estimateGame(name, largeGame(100), { budget: { evaluations: 420 } })
    expect(result.values).toHaveLength(100)
    expect(result.values.every(Number.isFinite)).toBe(true)
  })

  it.each(NAMES)('%s values one, two and three silos', async (name) => {
    for (const players of [1, 2, 3]) {
      const utilities = federatedUtilities(players, 4)
      const result = await estimateGame(name, gameOf(utilities))
      expect(result.values).toHaveLength(players)
      expect(result.values.every(Number.isFinite)).toBe(true)
    }
  })

  it.each(NAMES)('%s refuses a budget that says nothing, with what it needs', async (name) => {
    const minimum = Math.min(ESTIMATORS[name].minimumEvaluations(8), 256)
    const budget = { evaluations: 1 }
    await expect(estimateGame(name, GAME, { budget })).rejects.toMatchObject({
      code: 'BUDGET_TOO_SMALL',
      info: { estimator: name, minimum, evaluations: 1 },
    })
  })

  it.each(INEXACT)('%s: what used less than is always enough is repeated as well', async (name) => {
    for (let seed = 0; seed < 40; seed++) {
      const game = gameOf(federatedUtilities(4, seed))
      const evaluations = Math.min(16, ESTIMATORS[name].minimumEvaluations(4))
      const first = await estimateGame(name, game, { budget: { evaluations }, seed })
      const budget = { evaluations: first.evaluations }
      const again = await estimateGame(name, game, { budget, seed })
      expect([again.values, again.standardErrors]).toEqual([first.values, first.standardErrors])
    }
  })

  it('refuses to be exact above twelve silos before anything is evaluated', async () => {
    const recorded = recordingGame(largeGame(13))
    await expect(estimateGame('exact', recorded)).rejects.toMatchObject({ code: 'TOO_MANY_SILOS' })
    expect(recorded.evaluated()).toHaveLength(0)
  })

  it('T40: a utility that is not finite is refused by its coalition', async () => {
    const game = gameOf(UTILITIES.map((utility, i) => (i === 16 ? Number.NaN : utility)))
    const names: EstimatorName[] = ['own-utility', 'exact', 'gtg', 'svarm']
    for (const name of names)
      await expect(estimateGame(name, game)).rejects.toMatchObject({
        code: 'UTILITY_NOT_FINITE',
        info: { coalition: '16' },
      })
  })
})
