import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NumberError } from '../../src/number-error.ts'
import { SHARE_UNITS, sharesOf } from '../../src/shares.ts'
import { readVectors } from './read-vectors.ts'

type ShareVector = { readonly values: number[]; readonly shares: number[] }

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

describe('shares of the pot', () => {
  it('are those of the vectors, which exact fractions give too', () => {
    for (const { values, shares } of readVectors<ShareVector[]>('shares')) {
      expect(sharesOf(values)).toEqual(shares)
    }
  })

  it('sum to the whole pot, or to nothing when no value is positive', () => {
    fc.assert(
      fc.property(fc.array(finite, { maxLength: 100 }), (values) => {
        const sum = sharesOf(values).reduce((a, b) => a + b, 0)
        expect(sum).toBe(values.some((value) => value > 0) ? SHARE_UNITS : 0)
      }),
    )
  })

  it('give nothing for negative values and at least as much for a larger one', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 2, maxLength: 12 }), (values) => {
        const shares = sharesOf(values)
        for (const [i, a] of values.entries()) {
          if (a <= 0) expect(shares[i]).toBe(0)
          for (const [j, b] of values.entries()) {
            if (a > b) expect(shares[i]).toBeGreaterThanOrEqual(shares[j] ?? 0)
          }
        }
      }),
    )
  })

  it('stay within one unit of the exact quota and do not depend on the unit of the values', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 }), (values) => {
        const total = values.reduce((a, b) => a + b, 0)
        fc.pre(total > 0)
        const shares = sharesOf(values)
        for (const [i, value] of values.entries()) {
          const quota = (value / total) * SHARE_UNITS
          expect(Math.abs((shares[i] ?? 0) - quota)).toBeLessThan(1 + 1e-3)
        }
        expect(sharesOf(values.map((value) => value * 4))).toEqual(shares)
      }),
    )
  })

  it('refuse values that are not finite', () => {
    expect(() => sharesOf([1, Number.NaN])).toThrow(NumberError)
    expect(() => sharesOf([Number.POSITIVE_INFINITY])).toThrow(NumberError)
  })
})
