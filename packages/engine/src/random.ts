/** A seeded stream of pseudo-random numbers; the same seed gives the same stream on every machine. */
export type Random = {
  /** 32 uniform bits, 0 to 2^32 - 1. */
  uint32(): number
  /** Uniform in [0, 1) with 53 bits. */
  uniform(): number
  /** Uniform integer in [0, bound), without modulo bias; `bound` is 1 to 2^32. */
  below(bound: number): number
}

const UINT32 = 4_294_967_296
/** 2^32 divided by the golden ratio: the increment of splitmix32. */
const GOLDEN = 0x9e3779b9

/**
 * xoshiro128** 1.1 (Blackman & Vigna 2018, https://prng.di.unimi.it/xoshiro128starstar.c), its state filled by splitmix32 from the
 * low and high 32 bits of `seed`. Not for secrets.
 * @param seed - a non-negative safe integer.
 */
export function createRandom(seed: number): Random {
  return randomOf(initialState(seed))
}

/**
 * xoshiro128** whose state is all of `seed`, absorbed 32 little-endian bits at a time by splitmix32's mixing function. Not for secrets.
 * @param seed - bytes that are already uniform, such as a digest; a whole number of 4-byte words.
 */
export function createRandomFrom(seed: Uint8Array): Random {
  const state = new Uint32Array(4)
  const view = new DataView(seed.buffer, seed.byteOffset, seed.byteLength)
  let chained = 0
  for (let word = 0; word < seed.length / 4; word++) {
    chained = mix32((chained + GOLDEN) ^ view.getUint32(4 * word, true))
    state[word % 4] = (state[word % 4] as number) ^ chained
  }
  return randomOf(withoutFixedPoint(state))
}

function randomOf(state: Uint32Array): Random {
  const uint32 = (): number => step(state)
  const uniform = (): number => {
    const high = uint32() >>> 5
    const low = uint32() >>> 6
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }
  const below = (bound: number): number => {
    // Values above the largest multiple of bound would favour small results.
    const limit = UINT32 - (UINT32 % bound)
    for (;;) {
      const value = uint32()
      if (value < limit) return value % bound
    }
  }
  return { uint32, uniform, below }
}

/** Fisher-Yates shuffle in place, from the last position down; returns its argument. */
export function shuffle<T extends { length: number; [index: number]: number }>(
  values: T,
  random: Random,
): T {
  for (let last = values.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const kept = values[last] as number
    values[last] = values[other] as number
    values[other] = kept
  }
  return values
}

function initialState(seed: number): Uint32Array {
  let a = seed >>> 0
  const b = Math.floor(seed / UINT32) >>> 0
  const splitmix = (): number => {
    a = (a + GOLDEN) >>> 0
    return mix32(a ^ b)
  }
  return withoutFixedPoint(Uint32Array.of(splitmix(), splitmix(), splitmix(), splitmix()))
}

/** The output function of splitmix32: a bijection of 32 bits. */
function mix32(value: number): number {
  let z = value
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return (z ^ (z >>> 15)) >>> 0
}

function withoutFixedPoint(state: Uint32Array): Uint32Array {
  // The all-zero state is the one fixed point of the generator.
  if (state.every((word) => word === 0)) state[0] = 1
  return state
}

function step(state: Uint32Array): number {
  const [s0, s1, s2, s3] = state as unknown as [number, number, number, number]
  const scaled = Math.imul(s1, 5)
  const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0
  const x2 = s2 ^ s0
  const x3 = s3 ^ s1
  state[1] = s1 ^ x2
  state[0] = s0 ^ x3
  state[2] = x2 ^ (s1 << 9)
  state[3] = (x3 << 11) | (x3 >>> 21)
  return result
}
