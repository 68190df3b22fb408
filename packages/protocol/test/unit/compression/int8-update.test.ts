import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '../../../src/codec/safetensors.ts'
import type { NamedTensor } from '../../../src/codec/tensor.ts'
import { decodeUpdate } from '../../../src/compression/decode-update.ts'
import { encodeUpdate } from '../../../src/compression/encode-update.ts'
import { anyWeights, weightsOf } from './sample-update.ts'

const compression = { kind: 'int8' } as const
const base = weightsOf()

/** A file of an int8 update of the sample model. */
function fileOf(parts: { kernelScales: number[]; kernel: number[] }): Uint8Array {
  const floats = (name: string, values: number[]): NamedTensor => ({
    name: `${name}:scale`,
    dtype: 'F32',
    shape: [values.length],
    bytes: new Uint8Array(Float32Array.from(values).buffer),
  })
  const bytes = (name: string, values: number[], shape: number[]): NamedTensor => ({
    name,
    dtype: 'I8',
    shape,
    bytes: new Uint8Array(Int8Array.from(values).buffer),
  })
  return encodeSafetensors([
    floats('dense_1/kernel', parts.kernelScales),
    floats('dense_1/bias', [0]),
    floats('gain', [0]),
    bytes('dense_1/kernel', parts.kernel, [2, 3]),
    bytes('dense_1/bias', [0, 0, 0], [3]),
    bytes('gain', [0], []),
  ])
}

describe('an int8 update', () => {
  it('has one scale per output unit of a kernel and one per bias', () => {
    // Units of the kernel: (127, 63.5), (-1.2, 2), (0, 0).
    const weights = weightsOf(127, -1.2, 0, 63.5, 2, 0, 13, -25.4, 1, -3)
    const { bytes } = encodeUpdate({ weights, base, compression })
    const tensors = decodeSafetensors(bytes)
    const floats = (name: string) => [
      ...new Float32Array(tensors.get(name)?.bytes.slice().buffer ?? new ArrayBuffer()),
    ]
    const signed = (name: string) => [...new Int8Array(tensors.get(name)?.bytes ?? [])]
    expect(floats('dense_1/kernel:scale')).toEqual([1, Math.fround(2 / 127), 0])
    expect(floats('dense_1/bias:scale')).toEqual([Math.fround(Math.fround(25.4) / 127)])
    expect(floats('gain:scale')).toEqual([Math.fround(3 / 127)])
    expect(signed('dense_1/kernel')).toEqual([127, -76, 0, 64, 127, 0])
    expect(signed('dense_1/bias').map((q) => q & 0xff)).toEqual([65, 129, 5])
    expect(tensors.get('dense_1/kernel')?.shape).toEqual([2, 3])
  })

  it('is off by half a step of its channel at most', () => {
    fc.assert(
      fc.property(anyWeights(1), anyWeights(1), (from, weights) => {
        const { bytes } = encodeUpdate({ weights, base: from, compression })
        const change = weights.values.map((value, i) => value - (from.values[i] as number))
        const largest = (indices: number[]) =>
          Math.max(...indices.map((i) => Math.abs(change[i] ?? 0)))
        const units = [0, 1, 2].map((unit) => largest([unit, unit + 3]))
        const channels = [...units, ...units, ...Array(3).fill(largest([6, 7, 8])), largest([9])]
        decodeUpdate(bytes, from, compression).values.forEach((value, i) => {
          const bound = (channels[i] ?? 0) / 254 + 2 ** -22
          expect(Math.abs(value - (weights.values[i] as number))).toBeLessThanOrEqual(bound)
        })
      }),
    )
  })

  it('does not move a channel whose scale would be subnormal', () => {
    const { bytes } = encodeUpdate({ weights: weightsOf(1e-38), base, compression })
    expect(decodeUpdate(bytes, base, compression).values).toEqual(base.values)
  })

  it('T19: refuses a negative scale and a byte of -128', () => {
    const decode = (file: Uint8Array) => () => decodeUpdate(file, base, compression)
    const kernel = [1, 2, 3, 4, 5, 6]
    expect(decode(fileOf({ kernelScales: [1, 1, 1], kernel }))).not.toThrow()
    expect(decode(fileOf({ kernelScales: [1, -1, 1], kernel }))).toThrow(/a scale of -1/)
    expect(decode(fileOf({ kernelScales: [1, 1, 1], kernel: kernel.with(3, -128) }))).toThrow(
      expect.objectContaining({ code: 'CODEC_BAD_COMPRESSION' }),
    )
  })
})
