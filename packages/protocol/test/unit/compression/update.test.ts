import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeWeights, maxWeightsBytes } from '../../../src/codec/encode-weights.ts'
import { CodecError } from '../../../src/codec/errors.ts'
import { decodeUpdate } from '../../../src/compression/decode-update.ts'
import { encodeUpdate } from '../../../src/compression/encode-update.ts'
import { maxUpdateBytes } from '../../../src/compression/max-update-bytes.ts'
import type { CompressionSpec } from '../../../src/manifest/types.ts'
import { checkUpdateContent } from '../../../src/rounds/check-update-content.ts'
import { anyWeights, SPECS, weightsOf } from './sample-update.ts'

const KINDS: readonly CompressionSpec[] = [
  { kind: 'none' },
  { kind: 'fp16' },
  { kind: 'int8' },
  { kind: 'top-k', ratio: 0.3 },
]
const base = weightsOf(1, -2, 3)

describe.each(KINDS)('an update by $kind', (compression) => {
  it('is the same bytes and the same bits again', () => {
    fc.assert(
      fc.property(anyWeights(10), anyWeights(10), (from, weights) => {
        const first = encodeUpdate({ weights, base: from, compression })
        const second = encodeUpdate({ weights, base: from, compression })
        expect(second).toEqual(first)
        const bits = (bytes: Uint8Array) =>
          new Uint32Array(decodeUpdate(bytes, from, compression).values.buffer)
        // Also from bytes that lie at an odd address.
        const shifted = new Uint8Array(first.bytes.length + 1)
        shifted.set(first.bytes, 1)
        expect(bits(shifted.subarray(1))).toEqual(bits(first.bytes))
      }),
    )
  })

  it('T8: is never larger than may be fetched', () => {
    fc.assert(
      fc.property(anyWeights(10), (weights) => {
        const { bytes } = encodeUpdate({ weights, base, compression })
        expect(bytes.length).toBeLessThanOrEqual(maxUpdateBytes(SPECS, compression))
      }),
    )
  })

  it('of weights that did not change gives the base, bit by bit', () => {
    const { bytes } = encodeUpdate({ weights: base, base, compression })
    expect(decodeUpdate(bytes, base, compression).values).toEqual(base.values)
  })

  it('passes the checks of its content, measured after it was decoded', () => {
    const weights = weightsOf(1, -2, 3.5)
    const { bytes } = encodeUpdate({ weights, base, compression })
    expect(checkUpdateContent(bytes, { base, maxNorm: 0.6, compression })).toMatchObject({
      ok: true,
      norm: 0.5,
      weights,
    })
    expect(checkUpdateContent(bytes, { base, maxNorm: 0.4, compression })).toMatchObject({
      ok: false,
      code: 'NORM_TOO_LARGE',
      tensor: 'dense_1/kernel',
    })
  })

  it('T19, T21: whatever the bytes, they are decoded or refused, never more', () => {
    const { bytes } = encodeUpdate({ weights: weightsOf(2, 3, -4), base, compression })
    const edit = fc.record({
      cut: fc.option(fc.nat(bytes.length), { nil: undefined }),
      edits: fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 6 }),
    })
    const damaged = edit.map(({ cut, edits }) => {
      const copy = bytes.slice()
      for (const [at, value] of edits) copy[at] = value
      return cut === undefined ? copy : copy.subarray(0, cut)
    })
    const anything = fc.oneof(damaged, damaged, fc.uint8Array({ maxLength: 300 }))
    fc.assert(
      fc.property(anything, (file) => {
        const checked = checkUpdateContent(file, { base, maxNorm: 100, compression })
        if (checked.ok) expect(checked.weights.values.every(Number.isFinite)).toBe(true)
        else expect(checked.detail).not.toBe('')
      }),
      { numRuns: 2_000 },
    )
  })

  it('refuses the file of another form as the wrong tensors', () => {
    const others = KINDS.filter(({ kind }) => kind !== compression.kind)
    for (const other of others) {
      const { bytes } = encodeUpdate({ weights: base, base, compression: other })
      expect(checkUpdateContent(bytes, { base, maxNorm: 1, compression })).toMatchObject({
        code: 'WRONG_SHAPES',
      })
    }
  })
})

describe('an update', () => {
  it('travels as it is when the manifest says nothing', () => {
    const compression = undefined
    const { bytes, residual } = encodeUpdate({ weights: base, base, compression })
    expect(bytes).toEqual(encodeWeights(base))
    expect(residual).toBeUndefined()
    expect(decodeUpdate(bytes, base, compression)).toEqual(base)
    expect(maxUpdateBytes(SPECS, compression)).toBe(maxWeightsBytes(SPECS))
  })

  it('T8: a compressed one may be as large as its form needs, not as the weights', () => {
    const large = [{ name: 'dense_1/kernel', shape: [1_000, 1_000] }]
    const sizes = KINDS.map((compression) => maxUpdateBytes(large, compression) / 1e6)
    expect(sizes.map((size) => Number(size.toFixed(1)))).toEqual([4, 2, 1, 2.4])
  })

  it.each(KINDS.slice(1))('T21: $kind is refused when a decoded weight is not finite', (spec) => {
    const { bytes } = encodeUpdate({ weights: weightsOf(2, -2, 3), base, compression: spec })
    const poisoned = poison(bytes, spec)
    expect(checkUpdateContent(poisoned, { base, maxNorm: 1e9, compression: spec })).toMatchObject({
      code: 'NOT_FINITE',
      tensor: 'dense_1/kernel',
    })
  })

  it.each(KINDS.slice(1))('$kind does not encode a change that is not finite', (compression) => {
    const work = (value: number) => () =>
      encodeUpdate({ weights: weightsOf(value), base: weightsOf(-value), compression })
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 3.4e38]) {
      expect(work(value)).toThrow(expect.objectContaining({ code: 'CODEC_NOT_ENCODABLE' }))
    }
  })

  it('refuses a base or a residual of another length', () => {
    const compression = { kind: 'top-k', ratio: 0.3 } as const
    const short = { specs: SPECS, values: new Float32Array(9) }
    expect(() => encodeUpdate({ weights: base, base: short, compression })).toThrow(CodecError)
    const residual = new Float32Array(11)
    expect(() => encodeUpdate({ weights: base, base, compression, residual })).toThrow(
      /11 values where the update has 10/,
    )
  })
})

/** Puts an infinity where the first number of a compressed update lies. */
function poison(bytes: Uint8Array, { kind }: CompressionSpec): Uint8Array {
  const copy = bytes.slice()
  const data = 8 + new DataView(bytes.buffer).getUint32(0, true)
  const view = new DataView(copy.buffer, data)
  if (kind === 'fp16') view.setUint16(0, 0x7c00, true)
  // The first scale of int8; of top-k the first of three values, after three indices.
  else view.setFloat32(kind === 'int8' ? 0 : 12, Number.POSITIVE_INFINITY, true)
  return copy
}
