import type { Random } from '@fednode/engine'
import { everyone } from '../coalition-bits.ts'
import { randomCoalition } from '../random-coalition.ts'
import type { PairSize } from './pair-sizes.ts'

/** Draws pairs of one size, each at most once. */
export type DistinctPairs = {
  readonly size: PairSize
  drawn(): number
  isExhausted(): boolean
  /** One coalition of a pair that was not drawn before. */
  draw(): bigint
}

/** Uniform without repetition, by drawing again what came before. */
export function distinctPairs(size: PairSize, players: number, random: Random): DistinctPairs {
  const all = everyone(players)
  const seen = new Set<bigint>()
  return {
    size,
    drawn: () => seen.size,
    isExhausted: () => seen.size >= size.population,
    draw() {
      for (;;) {
        const coalition = randomCoalition(size.size, players, random)
        // Of two halves that are each other's complement, one stands for both.
        const complement = all & ~coalition
        const name = 2 * size.size === players && complement < coalition ? complement : coalition
        if (seen.has(name)) continue
        seen.add(name)
        return name
      }
    },
  }
}
