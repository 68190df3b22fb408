import type { EstimatorName } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { recordingGame } from '../../../../src/contribution/recording-game.ts'
import { classValues } from '../../../../src/contribution/retrospective/class-values.ts'
import { estimateGame, federatedUtilities, gameOf, seedBytes } from '../../../support/games.ts'

const PLAYERS = 7
const SAMPLES = new Array<number>(PLAYERS).fill(10)
/** Of the validation rows. */
const PARTS = [0.5, 0.3, 0.2]
const RECALLS = [1, 2, 3].map((label) => federatedUtilities(PLAYERS, label))

const ACCURACY = Float64Array.from({ length: 2 ** PLAYERS }, (_, coalition) =>
  PARTS.reduce((sum, part, label) => sum + part * (RECALLS[label]?.[coalition] ?? 0), 0),
)

async function playRound(
  estimator: EstimatorName,
  evaluations: number,
): Promise<{
  readonly values: readonly number[]
  readonly byClass: readonly (readonly number[])[]
}> {
  const recorded = recordingGame(gameOf(ACCURACY))
  const result = await estimateGame(estimator, recorded, { budget: { evaluations } })
  const measured = recorded.evaluated().map(({ coalition }) => ({
    coalition,
    classes: RECALLS.map((recalls) => recalls[Number(coalition)] ?? Number.NaN),
  }))
  const byClass = await classValues({
    estimator,
    players: PLAYERS,
    measured,
    evaluations: result.evaluations,
    seed: seedBytes(1),
    samples: SAMPLES,
  })
  return { values: result.values, byClass }
}

describe('classValues', () => {
  it.each([
    ['exact', 128],
    ['auto', 128],
    ['auto', 60],
    ['leave-one-out', 60],
    ['permutation', 60],
    ['svarm', 60],
    ['leverageshap', 60],
    ['centered-regression', 60],
  ] as const)(
    '%s of %i evaluations: weighted by rows, classes sum to accuracy',
    async (name, evaluations) => {
      const { values, byClass } = await playRound(name, evaluations)
      expect(byClass).toHaveLength(3)
      values.forEach((value, player) => {
        const sum = PARTS.reduce((s, part, label) => s + part * (byClass[label]?.[player] ?? 0), 0)
        expect(sum).toBeCloseTo(value, 9)
      })
    },
  )

  it('says that truncated methods have none', async () => {
    await expect(playRound('gtg', 60)).rejects.toMatchObject({ code: 'CLASSES_UNKNOWN' })
  })

  it('says which coalition was not measured by class', async () => {
    const round = {
      estimator: 'own-utility',
      players: 2,
      measured: [{ coalition: 0n, classes: [0.1] }],
      evaluations: 3,
      seed: seedBytes(1),
      samples: [1, 1],
    } as const
    await expect(classValues(round)).rejects.toThrow('coalition 1 was not measured by class')
  })
})
