import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHalfFloat, toHalfFloats } from '../../../src/compression/half-floats.ts'

function halfOf(value: number): number {
  return toHalfFloats(Float32Array.of(value))[0] as number
}

describe('half floats', () => {
  // Table of IEEE 754 binary16 values: bits, exact value.
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3bff, 0.99951171875],
    [0x3c00, 1],
    [0x3c01, 1.0009765625],
    [0xc000, -2],
    [0x7bff, 65_504],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
  ])('%i is %d, in both directions', (bits, value) => {
    expect(fromHalfFloat(bits)).toBe(value)
    expect(halfOf(value)).toBe(bits)
  })

  it.each([
    ['between two, a tie goes to the even one below', 1 + 2 ** -11, 0x3c00],
    ['between two, a tie goes to the even one above', 1 + 3 * 2 ** -11, 0x3c02],
    ['just above a tie goes up', 1 + 2 ** -11 + 2 ** -23, 0x3c01],
    ['half of the smallest goes to zero', 2 ** -25, 0x0000],
    ['three halves of the smallest go to two', 1.5 * 2 ** -24, 0x0002],
    ['just above half of the smallest goes up', 2 ** -25 * (1 + 2 ** -23), 0x0001],
    ['the largest subnormal rounds into the normal range', 2 ** -14 - 2 ** -26, 0x0400],
    ['a carry runs into the exponent', 2 - 2 ** -12, 0x4000],
    ['just below the middle to 2^16 stays finite', 65_519.996, 0x7bff],
    ['the middle to 2^16 is infinite', 65_520, 0x7c00],
    ['the largest float32 is infinite', -3.4e38, 0xfc00],
  ])('%s', (_, value, bits) => {
    expect(halfOf(value)).toBe(bits)
  })

  it('keeps NaN', () => {
    expect(fromHalfFloat(halfOf(Number.NaN))).toBeNaN()
    expect(fromHalfFloat(0x7c01)).toBeNaN()
  })

  it('gives every half float back', () => {
    for (let bits = 0; bits < 65_536; bits++) {
      const value = fromHalfFloat(bits)
      if (!Number.isNaN(value)) expect(halfOf(value)).toBe(bits)
    }
  })

  it('takes the nearest of all half floats, whatever the value', () => {
    const value = fc.float({ min: -65_504, max: 65_504, noNaN: true })
    fc.assert(
      fc.property(value, (exact) => {
        const bits = halfOf(exact)
        const error = Math.abs(fromHalfFloat(bits) - exact)
        for (const other of [bits - 1, bits + 1]) {
          const near = fromHalfFloat(other & 0xffff)
          if (Number.isFinite(near)) expect(Math.abs(near - exact)).toBeGreaterThanOrEqual(error)
        }
      }),
    )
  })
})
