import { expect, test } from 'vitest'
import { sharesOfGames } from '../../../bench/volatility/shares-of-games.ts'

/** Utilities of all coalitions of an additive game: Shapley values are the weights. */
function additive(weights: readonly number[]): Float64Array {
  return Float64Array.from({ length: 2 ** weights.length }, (_, bits) =>
    weights.reduce((sum, weight, silo) => sum + ((bits >> silo) & 1) * weight, 0),
  )
}

test('each round pays what is above zero in proportion, and the rounds count alike', async () => {
  const games = [additive([0.1, 0.3, -0.2]), additive([0.5, 0, 0])]
  for (const estimator of ['exact', 'leave-one-out', 'own-utility'] as const) {
    const shares = await sharesOfGames(games, { estimator, samples: [1, 1, 1] })
    expect(shares).toEqual([expect.closeTo(0.625), expect.closeTo(0.375), 0])
  }
})

test('a sampler that may evaluate all coalitions is exact', async () => {
  const games = [additive([0.4, 0.1, 0.2, 0.3, 0.5, 0.5])]
  const shares = await sharesOfGames(games, {
    estimator: 'centered-regression',
    samples: [1, 1, 1, 1, 1, 1],
  })
  expect(shares).toEqual([0.4, 0.1, 0.2, 0.3, 0.5, 0.5].map((weight) => expect.closeTo(weight / 2)))
})
