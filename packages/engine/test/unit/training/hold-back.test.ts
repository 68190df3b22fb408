import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/random.ts'
import { holdBack } from '../../../src/training/hold-back.ts'

const split = (data: { count: number; groups?: Int32Array }, share: number, seed = 1) =>
  holdBack(data, share, createRandom(seed))

describe('holdBack', () => {
  it('gives every row to one side, some to each, as many as asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 200 }),
        fc.double({ min: 0.01, max: 0.5, noNaN: true }),
        fc.nat(1e6),
        (count, share, seed) => {
          const { trained, held } = split({ count }, share, seed)
          const all = [...trained, ...held].toSorted((a, b) => a - b)
          expect(all).toEqual([...Array(count).keys()])
          expect(held).toHaveLength(Math.max(1, Math.round(share * count)))
        },
      ),
      { seed: 2 },
    )
  })

  it('never has rows of one group on both sides', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 60 }),
        fc.nat(1e6),
        (numbers, seed) => {
          fc.pre(new Set(numbers).size > 1)
          const data = { count: numbers.length, groups: Int32Array.from(numbers) }
          const { trained, held } = split(data, 0.3, seed)
          const sides = [trained, held].map((rows) => new Set([...rows].map((r) => numbers[r])))
          expect([...(sides[0] ?? [])].filter((group) => sides[1]?.has(group))).toEqual([])
          expect(trained.length * held.length).toBeGreaterThan(0)
        },
      ),
      { seed: 2 },
    )
  })

  it('depends on the seed', () => {
    const draw = (seed: number) => split({ count: 100 }, 0.2, seed).held
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
  })

  it('refuses what cannot be split', () => {
    expect(() => split({ count: 1 }, 0.2)).toThrow('two rows at least')
    expect(() => split({ count: 3, groups: Int32Array.of(4, 4, 4) }, 0.2)).toThrow(
      'two groups at least',
    )
  })
})
