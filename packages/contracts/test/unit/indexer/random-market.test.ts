import { expect, it } from 'vitest'
import { createArena } from './support/arena.ts'
import { playRandomly } from './support/random-market.ts'
import { RANDOM_TERMS } from './support/random-terms.ts'

const ROUNDS = 100

it('equals the contracts in a federation without a market', async () => {
  const withoutPool = { seedCurrency: 0n, poolBps: 0, clientBps: 9_500 }
  const arena = await createArena({ ...RANDOM_TERMS, ...withoutPool, rounds: 12 })
  try {
    const game = { seed: 1, actions: 300, rounds: 12, compareEvery: 4 }
    const run = await playRandomly(arena, game)
    expect(run.differences).toEqual([])
    expect(run.done.get('finalize')).toBeGreaterThan(3)
    expect(run.done.get('claim')).toBeGreaterThan(20)
    const view = arena.indexer.view()
    expect([arena.indexer.terms.pool, view.reserves, view.prices()]).toEqual([null, [], []])
    const [first] = view.clients
    expect(arena.indexer.priceHistory(first?.token ?? arena.scenario)).toEqual([])
  } finally {
    await arena.stop()
  }
}, 60_000)

// test/e2e/market-random.test.ts plays thousands.
it('equals the contracts to the wei in every number after every few of 400 random actions', async () => {
  const arena = await createArena({ ...RANDOM_TERMS, rounds: ROUNDS })
  try {
    const run = await playRandomly(arena, {
      seed: 20_261_121,
      actions: 400,
      rounds: ROUNDS,
      compareEvery: 4,
    })
    expect(run.differences).toEqual([])
    expect(run.compared).toBeGreaterThan(2_000)
  } finally {
    await arena.stop()
  }
}, 60_000)
