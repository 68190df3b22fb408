import { type Arena, type ArenaPlaces, createArena } from './arena.ts'
import { chainDifferences } from './chain-differences.ts'
import { playRandomly } from './random-market.ts'
import { RANDOM_TERMS } from './random-terms.ts'

export const ROUNDS = 100

/** A market in which that many random actions were done, indexed in memory unless a file is given. */
export async function playedMarket(
  args: { readonly seed: number; readonly actions: number },
  places: Partial<ArenaPlaces> = {},
): Promise<Arena> {
  const arena = await createArena({ ...RANDOM_TERMS, rounds: ROUNDS }, places)
  await playRandomly(arena, { ...args, rounds: ROUNDS, compareEvery: Number.POSITIVE_INFINITY })
  return arena
}

/** Numbers of an index of this market that differ from the chain's. */
export async function differencesOf(
  arena: Arena,
  indexer: Arena['indexer'] = arena.indexer,
): Promise<readonly string[]> {
  const accounts = [...arena.accounts, arena.world.federator.address]
  const { differences } = await chainDifferences(arena.anvil.rpcUrl, indexer, {
    accounts,
    rounds: ROUNDS,
  })
  return differences
}
