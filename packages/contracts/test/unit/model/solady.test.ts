import { describe, expect, it } from 'vitest'
import { createSeededRandom } from '../../../scripts/seeded-random.ts'
import { exactExp } from '../../../src/model/exact-exp.ts'
import { exactLn } from '../../../src/model/exact-ln.ts'
import { EXACT_BITS, exactOf } from '../../../src/model/exact-number.ts'
import { expWad } from '../../../src/model/solady-exp-wad.ts'
import { lnWad } from '../../../src/model/solady-ln-wad.ts'
import { powWad, WAD } from '../../../src/model/solady-pow-wad.ts'

const POINTS = 10_000

/** Distance of `value` units of 1e-18 from an exact number, in such units. */
function unitsOff(value: bigint, exact: bigint): number {
  const distance = (value << EXACT_BITS) - exact * WAD
  return Math.abs(Number(distance >> 200n)) / 2 ** 56
}

function wad(value: bigint): bigint {
  return (
    exactOf({ numerator: value < 0n ? -value : value, denominator: WAD }) * (value < 0n ? -1n : 1n)
  )
}

describe("the mirror of Solady's logarithm and exponential", () => {
  // CONTRACTS.md 4: a known-answer table of 10,000 points; the answers are the exact model's.
  it('has a logarithm within 1.06 units of the last digit', () => {
    const random = createSeededRandom(0xfed010n)
    let worst = 0
    for (let i = 0; i < POINTS; i += 1) {
      const x = random.spread(WAD / 4n, 4n * WAD)
      worst = Math.max(worst, unitsOff(lnWad(x), exactLn(wad(x))))
    }
    expect(worst).toBeGreaterThan(0.9)
    expect(worst).toBeLessThanOrEqual(1.06)
  })

  it('has an exponential within 6e-19 of the result and a unit', () => {
    const random = createSeededRandom(0xfed011n)
    let worst = 0
    for (let i = 0; i < POINTS; i += 1) {
      const x = random.below(80n * WAD) - 40n * WAD
      const exact = exactExp(wad(x))
      const relative = Number((exact * WAD) >> EXACT_BITS) * 6e-19
      worst = Math.max(worst, unitsOff(expWad(x), exact) / (1 + relative))
    }
    expect(worst).toBeGreaterThan(0.9)
    expect(worst).toBeLessThanOrEqual(1)
  })

  // The limits that its source names, and what lies just inside them.
  it('knows the edges of Solady', () => {
    expect([lnWad(WAD), lnWad(1n), lnWad(2n ** 255n - 1n)]).toEqual([
      0n,
      -41446531673892822313n,
      135305999368893231589n,
    ])
    expect([expWad(0n), expWad(-41446531673892822313n), expWad(-41446531673892822312n)]).toEqual([
      WAD,
      0n,
      1n,
    ])
    expect(expWad(135305999368893231588n)).toBe(
      57896044618658097650144101621524338577433870140581303254786265309376407432913n,
    )
    expect(() => expWad(135305999368893231589n)).toThrow('the power does not fit')
    expect(powWad(2n * WAD, 0n)).toBe(WAD)
  })
})
