/** Random numbers that are the same for the same seed (mulberry32). */
export type SeededRandom = {
  /** 0 to `bound` - 1. */
  below(bound: number): number
  chance(part: number): boolean
  pick<T>(from: readonly T[]): T
  /** Between a millionth and all of `amount`, small ones as often as large ones. */
  partOf(amount: bigint): bigint
}

export function createRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  return {
    below,
    chance: (part) => next() < part,
    pick<T>(from: readonly T[]): T {
      const found = from[below(from.length)]
      if (found === undefined) throw new Error('nothing to pick from')
      return found
    },
    partOf: (amount) => (amount * BigInt(Math.ceil(10 ** (next() * 6)))) / 1_000_000n,
  }
}
