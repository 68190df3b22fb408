import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '../../../src/codec/safetensors.ts'
import { decodeUpdate } from '../../../src/compression/decode-update.ts'
import { encodeUpdate } from '../../../src/compression/encode-update.ts'
import { anyWeights, SPECS, weightsOf } from './sample-update.ts'

/** Three of the sample model's ten weights: ceil(0.25 * 10). */
const compression = { kind: 'top-k', ratio: 0.25 } as const
const base = weightsOf(1, 1, 1, 1, 1, 1, 1, 1, 1, 1)

function fileOf(indices: number[], values: number[]): Uint8Array {
  const bytesOf = (array: Uint32Array | Float32Array) => new Uint8Array(array.buffer)
  return encodeSafetensors([
    {
      name: 'indices',
      dtype: 'U32',
      shape: [indices.length],
      bytes: bytesOf(Uint32Array.from(indices)),
    },
    {
      name: 'values',
      dtype: 'F32',
      shape: [values.length],
      bytes: bytesOf(Float32Array.from(values)),
    },
  ])
}

describe('a top-k update', () => {
  it('sends the largest changes and keeps the others', () => {
    const weights = weightsOf(1, 1.5, 0, 1.25, 1, 1, 3, 1, 1.125, 1)
    const { bytes, residual } = encodeUpdate({ weights, base, compression })
    expect(bytes).toEqual(fileOf([1, 2, 6], [0.5, -1, 2]))
    expect([...(residual ?? [])]).toEqual([0, 0, 0, 0.25, 0, 0, 0, 0, 0.125, 0])
    const decoded = decodeUpdate(bytes, base, compression)
    expect([...decoded.values]).toEqual([1, 1.5, 0, 1, 1, 1, 3, 1, 1, 1])
  })

  it('adds what it kept to the next change', () => {
    const residual = Float32Array.of(0, 0, 0, 0.25, 0, 0, 0, 0, -4, 0)
    const weights = weightsOf(1, 1, 1, 1.5, 1, 1, 1.5, 1, 1.5, 1)
    const next = encodeUpdate({ weights, base, compression, residual })
    expect(next.bytes).toEqual(fileOf([3, 6, 8], [0.75, 0.5, -3.5]))
    expect([...(next.residual ?? [])]).toEqual(Array(10).fill(0))
  })

  it('telescopes: what was sent and what is kept are all changes together', () => {
    // Multiples of 2^-8 below 2^8: every sum is exact.
    const change = fc.array(fc.integer({ min: -4_096, max: 4_096 }), {
      minLength: 10,
      maxLength: 10,
    })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (rounds) => {
        const total = new Float64Array(10)
        const sent = new Float64Array(10)
        let residual: Float32Array | undefined
        for (const round of rounds) {
          const weights = weightsOf(...round.map((step) => 1 + step / 256))
          const encoded = encodeUpdate({ weights, base, compression, residual })
          residual = encoded.residual
          const { values } = decodeUpdate(encoded.bytes, base, compression)
          round.forEach((step, i) => {
            total[i] = (total[i] as number) + step / 256
            sent[i] = (sent[i] as number) + (values[i] as number) - 1
          })
        }
        expect(sent.map((value, i) => value + (residual?.[i] as number))).toEqual(total)
      }),
    )
  })

  it('with ratio 1 is the change itself', () => {
    const all = { kind: 'top-k', ratio: 1 } as const
    fc.assert(
      fc.property(anyWeights(1), anyWeights(1), (from, weights) => {
        const { bytes, residual } = encodeUpdate({ weights, base: from, compression: all })
        decodeUpdate(bytes, from, all).values.forEach((value, i) => {
          expect(Math.abs(value - (weights.values[i] as number))).toBeLessThanOrEqual(2 ** -22)
        })
        expect(residual?.every((kept) => kept === 0)).toBe(true)
      }),
    )
  })

  it.each([
    ['a repeated index', [1, 1, 2]],
    ['falling indices', [2, 1, 3]],
    ['an index past the end', [0, 1, 10]],
    ['the largest index', [0, 1, 4_294_967_295]],
  ])('T19: refuses %s', (_, indices) => {
    expect(() => decodeUpdate(fileOf(indices, [1, 2, 3]), base, compression)).toThrow(
      expect.objectContaining({ code: 'CODEC_BAD_COMPRESSION' }),
    )
  })

  it.each([
    ['more changes than the manifest allows', [0, 1, 2, 3], [1, 2, 3, 4]],
    ['fewer', [0, 1], [1, 2]],
    ['fewer values than indices', [0, 1, 2], [1, 2]],
  ])('refuses %s', (_, indices, values) => {
    expect(() => decodeUpdate(fileOf(indices, values), base, compression)).toThrow(
      expect.objectContaining({ code: 'CODEC_WRONG_TENSORS' }),
    )
  })

  it('names its tensors so that any reader of safetensors finds them', () => {
    const { bytes } = encodeUpdate({ weights: base, base, compression })
    expect([...decodeSafetensors(bytes).keys()]).toEqual(['indices', 'values'])
    expect(SPECS.some(({ name }) => name === 'indices')).toBe(false)
  })
})
