import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CodecError } from '../../../src/codec/errors.ts'
import { decodeSafetensors, encodeSafetensors } from '../../../src/codec/safetensors.ts'
import { DTYPE_BYTES, type Dtype, type NamedTensor } from '../../../src/codec/tensor.ts'
import { MAX_SAFETENSORS_HEADER_BYTES, MAX_TENSORS } from '../../../src/limits.ts'
import { fromHex, readVectors, toHex } from '../read-vectors.ts'

type FileVector = {
  readonly hex: string
  readonly tensors: readonly { name: string; dtype: Dtype; shape: number[]; hex: string }[]
}

/** A file with any header text over `dataBytes` zero bytes. */
function fileOf(header: string | Uint8Array, dataBytes = 0): Uint8Array {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header
  const file = new Uint8Array(8 + json.length + dataBytes)
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true)
  file.set(json, 8)
  return file
}

function refusal(file: Uint8Array): string {
  try {
    decodeSafetensors(file)
  } catch (error) {
    if (error instanceof CodecError) return error.code
    throw error
  }
  return 'nothing thrown'
}

const entry = (begin: number, end: number, shape = [end - begin], dtype = 'U8'): object => ({
  dtype,
  shape,
  data_offsets: [begin, end],
})

const tensor = fc
  .record({
    dtype: fc.constantFrom(...(Object.keys(DTYPE_BYTES) as Dtype[])),
    shape: fc.array(fc.nat(4), { maxLength: 3 }),
  })
  .chain(({ dtype, shape }) => {
    const length = DTYPE_BYTES[dtype] * shape.reduce((a, b) => a * b, 1)
    return fc.record({
      dtype: fc.constant(dtype),
      shape: fc.constant(shape),
      bytes: fc.uint8Array({ minLength: length, maxLength: length }),
    })
  })
const tensors: fc.Arbitrary<NamedTensor[]> = fc
  .uniqueArray(fc.stringMatching(/^[A-Za-z0-9_.:/-]{1,12}$/), { maxLength: 6 })
  .map((names) =>
    names.filter(
      (name) => !['__metadata__', '__proto__', 'constructor', 'prototype'].includes(name),
    ),
  )
  .chain((names) => fc.tuple(...names.map((name) => tensor.map((value) => ({ name, ...value })))))

describe('safetensors', () => {
  it('writes and reads the files of the vectors, which upstream safetensors reads too', () => {
    for (const { hex, tensors } of readVectors<{ files: FileVector[] }>('safetensors').files) {
      const named = tensors.map(({ hex, ...rest }) => ({ ...rest, bytes: fromHex(hex) }))
      expect(toHex(encodeSafetensors(named))).toBe(hex)
      const read = decodeSafetensors(fromHex(hex))
      expect(read.size).toBe(named.length)
      for (const { name, ...rest } of named) expect(read.get(name)).toEqual(rest)
    }
  })

  it('reads back what it writes, with aligned data, at any position in memory', () => {
    fc.assert(
      fc.property(tensors, (named) => {
        const file = encodeSafetensors(named)
        const shifted = new Uint8Array(file.length + 1)
        shifted.set(file, 1)
        const view = shifted.subarray(1)
        const read = decodeSafetensors(view)
        expect(new Set(read.keys())).toEqual(new Set(named.map(({ name }) => name)))
        for (const { name, dtype, shape, bytes } of named) {
          expect(read.get(name)).toEqual({ dtype, shape, bytes })
          const start = (read.get(name)?.bytes.byteOffset ?? 0) - view.byteOffset
          expect(start % DTYPE_BYTES[dtype]).toBe(0)
        }
      }),
    )
  })

  it('gives the same bytes for the same tensors and refuses a repeated name', () => {
    const a = { name: 'a', dtype: 'U8', shape: [1], bytes: Uint8Array.of(1) } as const
    expect(toHex(encodeSafetensors([a]))).toBe(toHex(encodeSafetensors([a])))
    expect(() => encodeSafetensors([a, a])).toThrow(CodecError)
    expect(() => encodeSafetensors([{ ...a, shape: [2] }])).toThrow(CodecError)
    expect(() => encodeSafetensors([{ ...a, name: 'a\u202e' }])).toThrow(CodecError)
  })

  it('reads a foreign header: any key order, white space, metadata', () => {
    const header = `{ "b": ${JSON.stringify(entry(2, 3))} ,"__metadata__":{"format":"pt"}, "a":${JSON.stringify(entry(0, 2))} }  `
    expect([...decodeSafetensors(fileOf(header, 3)).keys()]).toEqual(['a', 'b'])
  })

  it.each([
    ['overlapping tensors', { a: entry(0, 2), b: entry(1, 3) }, 3],
    ['equal ranges', { a: entry(0, 2), b: entry(0, 2) }, 2],
    ['a gap', { a: entry(0, 1), b: entry(2, 3) }, 3],
    ['a gap at the beginning', { a: entry(1, 2) }, 2],
    ['data after the last tensor', { a: entry(0, 1) }, 2],
    ['an offset beyond the file', { a: entry(0, 3) }, 2],
    ['an end before the beginning', { a: { dtype: 'U8', shape: [1], data_offsets: [1, 0] } }, 1],
    ['a negative offset', { a: { dtype: 'U8', shape: [2], data_offsets: [-1, 1] } }, 1],
    ['a fractional offset', { a: { dtype: 'U8', shape: [1], data_offsets: [0.5, 1.5] } }, 1],
    ['three offsets', { a: { dtype: 'U8', shape: [1], data_offsets: [0, 1, 1] } }, 1],
    ['a wrong dtype', { a: entry(0, 1, [1], 'F8') }, 1],
    ['a dtype from the prototype', { a: entry(0, 1, [1], 'toString') }, 1],
    ['a dtype that does not fill the range', { a: entry(0, 3, [1], 'F32') }, 3],
    ['a shape that does not fill the range', { a: entry(0, 3, [2]) }, 3],
    ['a negative dimension', { a: entry(0, 1, [-1, -1]) }, 1],
    ['a fractional dimension', { a: entry(0, 1, [0.5, 2]) }, 1],
    ['a shape that overflows', { a: entry(0, 0, [2 ** 40, 2 ** 40, 0]) }, 0],
    ['a rank of 9', { a: entry(0, 1, [1, 1, 1, 1, 1, 1, 1, 1, 1]) }, 1],
    ['a shape that is a text', { a: { dtype: 'U8', shape: '1', data_offsets: [0, 1] } }, 1],
    ['an unknown key', { a: { ...entry(0, 1), more: 1 } }, 1],
    ['an entry that is an array', { a: [] }, 0],
    ['an empty name', { '': entry(0, 1) }, 1],
    ['a name with a control character', { 'a\u0000': entry(0, 1) }, 1],
    ['a name with bidi', { 'a\u202e': entry(0, 1) }, 1],
    ['a long name', { ['a'.repeat(201)]: entry(0, 1) }, 1],
    ['metadata that is no map of texts', { __metadata__: { a: 1 } }, 0],
  ])('T19 refuses %s', (_, header, dataBytes) => {
    expect(refusal(fileOf(JSON.stringify(header), dataBytes))).toBe('CODEC_BAD_SAFETENSORS')
  })

  it('writes notes about the file where other readers find them, and reads past them', () => {
    const tensor = { name: 'a', dtype: 'F32', shape: [1], bytes: new Uint8Array(4) } as const
    const bytes = encodeSafetensors([tensor], { round: '7', federation: 'hearts "A"' })
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true))
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))
    expect(header.__metadata__).toEqual({ federation: 'hearts "A"', round: '7' })
    expect([...decodeSafetensors(bytes).keys()]).toEqual(['a'])
  })

  it('T19 treats a path in a name as a label and nothing else', () => {
    const file = fileOf(JSON.stringify({ '../../etc/passwd': entry(0, 1) }), 1)
    expect([...decodeSafetensors(file).keys()]).toEqual(['../../etc/passwd'])
  })

  it('T19 refuses duplicate names, also when JSON.parse would hide them', () => {
    const one = JSON.stringify(entry(0, 1))
    expect(refusal(fileOf(`{"a":${one},"a":${one}}`, 1))).toBe('CODEC_BAD_JSON')
    expect(refusal(fileOf(`{"a":${one},"\\u0061":${one}}`, 1))).toBe('CODEC_BAD_JSON')
  })

  it('T17 refuses __proto__ as a name', () => {
    expect(refusal(fileOf(`{"__proto__":${JSON.stringify(entry(0, 1))}}`, 1))).toBe(
      'CODEC_FORBIDDEN_KEY',
    )
  })

  it.each([
    ['2^31', 2n ** 31n],
    ['2^53', 2n ** 53n],
    ['2^64 - 1', 2n ** 64n - 1n],
    ['one above the cap', BigInt(MAX_SAFETENSORS_HEADER_BYTES) + 1n],
  ])('T8 T19 refuses a header length of %s', (_, length) => {
    const file = new Uint8Array(64)
    new DataView(file.buffer).setBigUint64(0, length, true)
    expect(refusal(file)).toBe('CODEC_TOO_LARGE')
  })

  it.each([
    ['nothing', new Uint8Array(0)],
    ['seven bytes', new Uint8Array(7)],
    ['an empty header', new Uint8Array(8)],
    ['a header longer than the file', fileOf('{}').subarray(0, 9)],
    ['a leading space', fileOf(' {}')],
    ['an array', fileOf('[]')],
    ['broken UTF-8', fileOf(Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d))],
  ])('T19 refuses %s', (_, file) => {
    expect(refusal(file)).toBe('CODEC_BAD_SAFETENSORS')
  })

  it('T19 refuses one tensor too many, whether or not there is metadata', () => {
    const most = Object.fromEntries(
      Array.from({ length: MAX_TENSORS }, (_, i) => [`t${i}`, entry(0, 0)]),
    )
    for (const metadata of [{}, { __metadata__: { format: 'pt' } }]) {
      const header = { ...metadata, ...most }
      expect(decodeSafetensors(fileOf(JSON.stringify(header))).size).toBe(MAX_TENSORS)
      const tooMany = fileOf(JSON.stringify({ ...header, one: entry(0, 0) }))
      expect(refusal(tooMany)).toBe('CODEC_BAD_SAFETENSORS')
    }
  })

  it('T19 throws nothing but its own error on damaged files', () => {
    const { files } = readVectors<{ files: FileVector[] }>('safetensors')
    const damage = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.constantFrom(...files), damage, fc.nat(400), ({ hex }, changes, cut) => {
        const whole = fromHex(hex)
        for (const [at, value] of changes) whole[at % whole.length] = value
        const bytes = whole.subarray(0, Math.max(0, whole.length - (cut < 300 ? 0 : cut - 300)))
        try {
          let covered = 0
          for (const tensor of decodeSafetensors(bytes).values()) covered += tensor.bytes.length
          expect(covered).toBeLessThanOrEqual(bytes.length)
        } catch (error) {
          expect(error).toBeInstanceOf(CodecError)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
