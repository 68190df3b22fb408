import { encode } from '@ipld/dag-cbor'
import fc from 'fast-check'
import { CID } from 'multiformats/cid'
import { describe, expect, it } from 'vitest'
import { decodeCanonical, encodeCanonical } from '../../../src/codec/canonical.ts'
import { CodecError } from '../../../src/codec/errors.ts'
import { cidOfBytes } from '../../../src/ids.ts'
import { MAX_DEPTH } from '../../../src/limits.ts'
import { fromHex, readVectors, toHex } from '../read-vectors.ts'

type ObjectVector = { readonly value: unknown; readonly hex: string }

const key = fc
  .string({ unit: 'grapheme', maxLength: 8 })
  .filter((text) => !/^(__proto__|constructor|prototype)$/.test(text))
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array({ maxLength: 16 }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof CodecError) return error.code
    throw error
  }
  return 'nothing thrown'
}

describe('canonical encoding', () => {
  it('writes the bytes of the vectors and reads them back', () => {
    for (const { value, hex } of readVectors<{ objects: ObjectVector[] }>('ids').objects) {
      expect(toHex(encodeCanonical(value))).toBe(hex)
      expect(decodeCanonical(fromHex(hex))).toEqual(value)
    }
  })

  it('reads back whatever it writes', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = encodeCanonical(value)
        expect(toHex(encodeCanonical(decodeCanonical(bytes)))).toBe(toHex(bytes))
      }),
    )
  })

  it('gives one encoding whatever the order of the keys', () => {
    expect(toHex(encodeCanonical({ b: 1, a: 2, ab: 3 }))).toBe(
      toHex(encodeCanonical({ ab: 3, a: 2, b: 1 })),
    )
  })

  it.each([
    ['a fraction', 0.5],
    ['NaN', Number.NaN],
    ['an infinity', Number.POSITIVE_INFINITY],
    ['an integer beyond 2^53', 2 ** 53],
    ['a bigint', 1n],
    ['undefined', undefined],
    ['undefined in an object', { a: undefined }],
    ['a hole in an array', Array(2)],
    ['a function', () => 1],
    ['a Map', new Map()],
    ['a Date', new Date(0)],
    ['a lone surrogate', '\ud800'],
    ['a key with a lone surrogate', { '\ud800': 1 }],
    ['a CID object', CID.parse(cidOfBytes(new Uint8Array(1)))],
  ])('refuses to encode %s', (_, value) => {
    expect(codeOf(() => encodeCanonical(value))).toBe('CODEC_NOT_ENCODABLE')
  })

  it.each(['__proto__', 'constructor', 'prototype'])(
    'T17 refuses the key %s on both ways',
    (name) => {
      const value = JSON.parse(`{"${name}": {"polluted": 1}}`)
      expect(codeOf(() => encodeCanonical(value))).toBe('CODEC_FORBIDDEN_KEY')
      expect(codeOf(() => decodeCanonical(encode(value)))).toBe('CODEC_FORBIDDEN_KEY')
      expect(codeOf(() => decodeCanonical(encode([{ a: value }])))).toBe('CODEC_FORBIDDEN_KEY')
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    },
  )

  it.each([
    ['an indefinite array', '9fff'],
    ['an indefinite map', 'bfff'],
    ['an indefinite text', '7f6161ff'],
    ['a break alone', 'ff'],
    ['an integer that is not in its shortest form', '1805'],
    ['a length that is not in its shortest form', '780161'],
    ['keys out of order', 'a2616201616101'],
    ['longer key before shorter', 'a262616101616202'],
    ['a duplicate key', 'a2616101616101'],
    ['a key that is not text', 'a10101'],
    ['a float', 'fb3ff0000000000000'],
    ['a half float', 'f93c00'],
    ['undefined', 'f7'],
    ['a simple value', 'f0'],
    ['a tag', 'c101'],
    ['a CID tag', 'd82a4101'],
    ['invalid UTF-8', '62c328'],
    ['bytes after the end', '0101'],
    ['nothing', ''],
    ['a text that ends early', '6261'],
    ['a reserved length', '1c'],
    ['a missing item', '8201'],
  ])('T18 refuses %s', (_, hex) => {
    expect(codeOf(() => decodeCanonical(fromHex(hex)))).toBe('CODEC_NOT_CANONICAL')
  })

  it('T18 refuses an integer beyond 2^53', () => {
    expect(codeOf(() => decodeCanonical(fromHex('1b0020000000000000')))).toBe('CODEC_NOT_ENCODABLE')
  })

  it.each([
    ['2^31 items', '9a80000000'],
    ['2^53 items', '9b0020000000000000'],
    ['2^64 - 1 items', '9bffffffffffffffff'],
    ['2^31 bytes', '5a80000000'],
    ['2^53 bytes of text', '7b0020000000000000'],
    ['2^63 pairs', 'bb8000000000000000'],
  ])('T8 refuses a declared length of %s before anything is allocated', (_, hex) => {
    expect(codeOf(() => decodeCanonical(fromHex(hex)))).toBe('CODEC_NOT_CANONICAL')
  })

  it('T18 refuses nesting beyond the cap, however deep, on both ways', () => {
    const nested = (depth: number): Uint8Array => {
      const bytes = new Uint8Array(depth + 1).fill(0x81)
      bytes[depth] = 0
      return bytes
    }
    expect(decodeCanonical(nested(MAX_DEPTH))).toBeInstanceOf(Array)
    expect(codeOf(() => decodeCanonical(nested(MAX_DEPTH + 1)))).toBe('CODEC_TOO_DEEP')
    expect(codeOf(() => decodeCanonical(nested(1_000_000)))).toBe('CODEC_TOO_DEEP')
    let value: unknown = 0
    for (let i = 0; i <= MAX_DEPTH; i++) value = [value]
    expect(codeOf(() => encodeCanonical(value))).toBe('CODEC_TOO_DEEP')
  })

  it('refuses more bytes than the caller allows', () => {
    const bytes = encodeCanonical('four')
    expect(decodeCanonical(bytes, { maxBytes: bytes.length })).toBe('four')
    expect(codeOf(() => decodeCanonical(bytes, { maxBytes: bytes.length - 1 }))).toBe(
      'CODEC_TOO_LARGE',
    )
  })

  it('T18 throws nothing but its own error on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          expect(toHex(encodeCanonical(decodeCanonical(bytes)))).toBe(toHex(bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(CodecError)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
