import { binomial } from '../binomial.ts'

/** One kind of pair: a coalition of `size` with its complement of n - size. */
export type PairSize = {
  readonly size: number
  /** Pairs that there are. */
  readonly population: number
  /** Shapley kernel 1 / (k (n - k)) of both sizes together; of one where they are the same. */
  readonly kernel: number
}

/** All sizes from `smallest` to half of the players. */
export function pairSizes(players: number, smallest: number): PairSize[] {
  const sizes = Array.from({ length: Math.floor(players / 2) }, (_, i) => i + 1)
  return sizes.filter((size) => size >= smallest).map((size) => pairSize(size, players))
}

function pairSize(size: number, players: number): PairSize {
  const sides = 2 * size === players ? 1 : 2
  const population = (binomial(players, size) * sides) / 2
  return { size, population, kernel: sides / (size * (players - size)) }
}
