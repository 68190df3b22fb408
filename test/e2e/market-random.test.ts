import { expect, it } from 'vitest'
import { createArena } from '../../packages/contracts/test/unit/indexer/support/arena.ts'
import { playRandomly } from '../../packages/contracts/test/unit/indexer/support/random-market.ts'
import {
  ALL_ACTIONS,
  RANDOM_TERMS,
} from '../../packages/contracts/test/unit/indexer/support/random-terms.ts'

const SEED = 53
const ACTIONS = 5_000
const ROUNDS = 70

it(`the index equals the contracts to the wei all through ${ACTIONS} random actions of every kind`, async () => {
  const arena = await createArena({ ...RANDOM_TERMS, rounds: ROUNDS })
  try {
    const run = await playRandomly(arena, {
      seed: SEED,
      actions: ACTIONS,
      rounds: ROUNDS,
      compareEvery: 5,
    })
    expect(run.differences).toEqual([])
    expect(ALL_ACTIONS.filter((name) => !run.done.has(name))).toEqual([])
    expect(run.comparisons).toBeGreaterThan(100)
    expect(run.whileSettling).toBeGreaterThan(5)
    expect(run.compared).toBeGreaterThan(30_000)
    // Clients came late, and the market took them in.
    const { clients, reserves } = arena.indexer.view()
    expect(clients).toHaveLength(RANDOM_TERMS.maxClients)
    expect(reserves).toHaveLength(RANDOM_TERMS.maxClients + 1)
  } finally {
    await arena.stop()
  }
}, 180_000)
