/** Values in [-1, 1) times `scale` that only depend on the seed (mulberry32). */
export function seededValues(seed: number, length: number, scale = 1): Float32Array {
  let state = seed >>> 0
  return Float32Array.from({ length }, () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return scale * (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1)
  })
}
