import { expect, it } from 'vitest'
import { createArena } from './support/arena.ts'
import { playRandomly } from './support/random-market.ts'
import { RANDOM_TERMS } from './support/random-terms.ts'

const ROUNDS = 100

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
