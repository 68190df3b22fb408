/** Random integers that are the same on every machine. */
export type SeededRandom = {
  /** 0 to `below` - 1. */
  readonly below: (below: bigint) => bigint
  /** `least` to `most`, every order of magnitude as likely as the others. */
  readonly spread: (least: bigint, most: bigint) => bigint
}

const WORD = 64n
const MASK: bigint = (1n << WORD) - 1n

/** xorshift over 64 bits. @param seed - not zero. */
export function createSeededRandom(seed: bigint): SeededRandom {
  let state = seed & MASK
  const word = (): bigint => {
    state ^= (state << 13n) & MASK
    state ^= state >> 7n
    state ^= (state << 17n) & MASK
    return state
  }
  // 256 bits, so that the remainder favours nobody.
  const below = (limit: bigint): bigint =>
    ((((((word() << WORD) | word()) << WORD) | word()) << WORD) | word()) % limit
  const spread = (least: bigint, most: bigint): bigint => {
    const octaves = BigInt((most / least).toString(2).length)
    const low = least << below(octaves)
    const value = low + below(low)
    return value > most ? most : value
  }
  return { below, spread }
}
