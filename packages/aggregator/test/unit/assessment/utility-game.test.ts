import type { CoalitionModel, Evaluation } from '@fednode/engine'
import { describe, expect, it } from 'vitest'
import { utilityGame } from '../../../src/assessment/utility-game.ts'

const evaluationOf = (utility: number): Evaluation => ({ loss: 0, utility })

function gameOf(utility: (coefficients: Float64Array) => number, signal?: AbortSignal) {
  const batches: number[] = []
  const game = utilityGame({
    players: 2,
    modelOf: (coalition) => ({
      kind: 'combination',
      coefficients: Float64Array.of(Number(coalition & 1n), Number(coalition >> 1n)),
    }),
    evaluator: {
      async evaluate(models: readonly CoalitionModel[]) {
        batches.push(models.length)
        return models.map((model) =>
          evaluationOf(model.kind === 'combination' ? utility(model.coefficients) : Number.NaN),
        )
      },
    },
    ...(signal === undefined ? {} : { signal }),
  })
  return { game, batches }
}

describe('utilityGame', () => {
  it('quantises utilities to 1e-12, in the order asked for', async () => {
    const { game, batches } = gameOf(([a = 0, b = 0]) => a + b / 3)
    expect(await game.utilities([2n, 0n, 3n])).toEqual([0.333333333333, 0, 1.333333333333])
    expect(batches).toEqual([3])
    expect(game.evaluationOf(3n)?.utility).toBe(1 + 1 / 3)
  })

  it('T40: refuses a utility that is not finite and says whose', async () => {
    const { game } = gameOf(([a = 0]) => (a === 1 ? Number.NaN : 0))
    await expect(game.utilities([0n, 3n])).rejects.toMatchObject({
      info: { code: 'UTILITY_NOT_FINITE', coalition: '3' },
    })
  })

  it('stops when it is told to', async () => {
    const { game } = gameOf(() => 0, AbortSignal.abort(new Error('enough')))
    await expect(game.utilities([0n])).rejects.toThrow('enough')
  })
})
