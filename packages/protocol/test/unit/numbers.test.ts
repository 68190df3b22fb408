import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NumberError } from '../../src/number-error.ts'
import { fromMicros, fromPico, toMicros, toPico } from '../../src/numbers.ts'

describe('quantisers', () => {
  it('round to the nearest unit', () => {
    expect(toMicros(0.1234564)).toBe(123_456)
    expect(toMicros(-2.5)).toBe(-2_500_000)
    expect(toPico(0.941)).toBe(941_000_000_000)
    expect(Object.is(toMicros(-0), 0)).toBe(true)
    expect(Object.is(toPico(-1e-20), 0)).toBe(true)
  })

  it('lose at most half a unit, and nothing the second time', () => {
    fc.assert(
      fc.property(fc.double({ min: -1_000, max: 1_000, noNaN: true }), (value) => {
        expect(Math.abs(fromPico(toPico(value)) - value)).toBeLessThanOrEqual(0.6e-12)
        expect(Math.abs(fromMicros(toMicros(value)) - value)).toBeLessThanOrEqual(0.6e-6)
        expect(toPico(fromPico(toPico(value)))).toBe(toPico(value))
      }),
    )
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1e300, 9.1e9])('refuse %d', (value) => {
    expect(() => toMicros(value)).toThrow(NumberError)
    expect(() => toPico(value)).toThrow(NumberError)
  })
})
