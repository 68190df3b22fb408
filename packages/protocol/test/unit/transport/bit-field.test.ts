import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBitField, fullBitField, parseBitField } from '../../../src/transport/bit-field.ts'

describe('bit field', () => {
  it('is what was added, also after a journey as bytes', () => {
    const counts = fc.integer({ min: 0, max: 200 })
    const sets = counts.chain((count) =>
      fc.tuple(fc.constant(count), fc.array(fc.nat({ max: Math.max(0, count - 1) }))),
    )
    fc.assert(
      fc.property(sets, ([count, indices]) => {
        const field = createBitField(count)
        for (const index of indices) field.add(index)
        const expected = new Set(count === 0 ? [] : indices)
        const read = parseBitField(field.toBytes(), count)
        for (let index = 0; index < count; index++) {
          expect(read?.has(index)).toBe(expected.has(index))
        }
        expect(read?.size()).toBe(expected.size)
        expect(field.isFull()).toBe(expected.size === count)
      }),
      { seed: 1 },
    )
  })

  it('puts number i into bit i mod 8 of byte i / 8', () => {
    const field = createBitField(11)
    for (const index of [0, 3, 10]) field.add(index)
    expect(field.toBytes()).toEqual(Uint8Array.of(0b1001, 0b100))
  })

  it('leaves out what lies behind the last number', () => {
    const field = createBitField(3)
    for (const index of [-1, 3, 8, 2 ** 31]) field.add(index)
    expect(field.size()).toBe(0)
    expect(fullBitField(3).toBytes()).toEqual(Uint8Array.of(0b111))
  })

  it.each([
    ['too short', new Uint8Array(1), 9],
    ['too long', new Uint8Array(3), 9],
    ['with a bit behind the end', Uint8Array.of(0, 0b10), 9],
    ['not empty for nothing', new Uint8Array(1), 0],
  ])('does not take bytes that are %s', (_name, bytes, count) => {
    expect(parseBitField(bytes, count)).toBeUndefined()
  })
})
