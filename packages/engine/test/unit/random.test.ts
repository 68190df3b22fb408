import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, createRandomFrom, shuffle } from '../../src/random.ts'

const MASK = 0xffff_ffffn

/** The published algorithms once more, in bigint. */
function reference(seed: number, count: number): number[] {
  let a = BigInt(seed) & MASK
  const b = BigInt(seed) >> 32n
  const splitmix = (): bigint => {
    a = (a + 0x9e3779b9n) & MASK
    let z = a ^ b
    z = ((z ^ (z >> 16n)) * 0x21f0aaadn) & MASK
    z = ((z ^ (z >> 15n)) * 0x735a2d97n) & MASK
    return z ^ (z >> 15n)
  }
  const rotate = (x: bigint, by: bigint): bigint => ((x << by) | (x >> (32n - by))) & MASK
  let [s0, s1, s2, s3] = [splitmix(), splitmix(), splitmix(), splitmix()]
  return Array.from({ length: count }, () => {
    const result = (rotate((s1 * 5n) & MASK, 7n) * 9n) & MASK
    const t = (s1 << 9n) & MASK
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = rotate(s3, 11n)
    return Number(result)
  })
}

describe('createRandom', () => {
  it('is xoshiro128** seeded by splitmix32', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (seed) => {
        const random = createRandom(seed)
        expect(Array.from({ length: 20 }, () => random.uint32())).toEqual(reference(seed, 20))
      }),
      { seed: 1, numRuns: 50 },
    )
  })

  it('tells seeds apart that differ above 32 bits', () => {
    expect(createRandom(1).uint32()).not.toBe(createRandom(1 + 2 ** 32).uint32())
  })

  it('draws uniform numbers in [0, 1) with mean 1/2 and variance 1/12', () => {
    const random = createRandom(5)
    const draws = Array.from({ length: 100_000 }, () => random.uniform())
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length
    expect(Math.min(...draws.slice(0, 50_000))).toBeGreaterThanOrEqual(0)
    expect(Math.max(...draws.slice(0, 50_000))).toBeLessThan(1)
    expect(mean).toBeCloseTo(0.5, 2)
    expect(variance).toBeCloseTo(1 / 12, 2)
  })

  it('draws integers below a bound evenly', () => {
    const random = createRandom(6)
    const counts = [0, 0, 0, 0, 0, 0, 0]
    for (let i = 0; i < 70_000; i++) {
      const value = random.below(7)
      counts[value] = (counts[value] ?? 0) + 1
    }
    expect(counts).toHaveLength(7)
    // Five standard deviations of a binomial with n = 70,000 and p = 1/7.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(463)
  })
})

describe('shuffle', () => {
  it('keeps every value and depends on the seed', () => {
    const shuffled = (seed: number) =>
      shuffle(
        Array.from({ length: 50 }, (_, i) => i),
        createRandom(seed),
      )
    expect(shuffled(1)).toEqual(shuffled(1))
    expect(shuffled(1)).not.toEqual(shuffled(2))
    expect(shuffled(1).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i))
  })

  it('puts every value in every place about equally often', () => {
    const random = createRandom(9)
    const first = [0, 0, 0]
    for (let i = 0; i < 30_000; i++) {
      const [value = 0] = shuffle([0, 1, 2], random)
      first[value] = (first[value] ?? 0) + 1
    }
    for (const count of first) expect(Math.abs(count - 10_000)).toBeLessThan(410)
  })
})

describe('createRandomFrom', () => {
  const draws = (seed: Uint8Array): number[] => {
    const random = createRandomFrom(seed)
    return Array.from({ length: 8 }, () => random.uint32())
  }

  it('gives the same stream for the same bytes, wherever they lie', () => {
    const seed = Uint8Array.from({ length: 32 }, (_, i) => i)
    const shifted = Uint8Array.from({ length: 35 }, (_, i) => i - 3).subarray(3)
    expect(draws(shifted)).toEqual(draws(seed))
  })

  it('gives another stream when any bit differs', () => {
    const streams = new Set([String(draws(new Uint8Array(32)))])
    for (let bit = 0; bit < 256; bit++) {
      const seed = new Uint8Array(32)
      seed[bit >> 3] = 1 << (bit & 7)
      streams.add(String(draws(seed)))
    }
    expect(streams.size).toBe(257)
  })

  it('draws uniform numbers with mean 1/2', () => {
    const random = createRandomFrom(Uint8Array.from({ length: 32 }, (_, i) => 7 * i))
    const mean =
      Array.from({ length: 100_000 }, () => random.uniform()).reduce((a, b) => a + b) / 1e5
    expect(mean).toBeCloseTo(0.5, 2)
  })
})
