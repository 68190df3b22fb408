import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeWeights } from '../../../src/codec/decode-weights.ts'
import { encodeWeights, maxWeightsBytes } from '../../../src/codec/encode-weights.ts'
import { encodeSafetensors } from '../../../src/codec/safetensors.ts'
import { sizeOf, type TensorSpec } from '../../../src/codec/weights.ts'

const specs: TensorSpec[] = [
  { name: 'dense_1/kernel', shape: [2, 3] },
  { name: 'dense_1/bias', shape: [3] },
]
const values = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)

function file(changes: (readonly [string, number[]])[]): Uint8Array {
  return encodeSafetensors(
    changes.map(([name, shape]) => ({
      name,
      dtype: 'F32',
      shape,
      bytes: new Uint8Array(4 * sizeOf(shape)),
    })),
  )
}

describe('weights', () => {
  it('reads back what it writes, bit by bit', () => {
    const bits = fc.array(fc.nat(0xffffffff), { minLength: 9, maxLength: 9 })
    fc.assert(
      fc.property(bits, (words) => {
        const all = new Float32Array(Uint32Array.from(words).buffer)
        const read = decodeWeights(encodeWeights({ specs, values: all }), specs)
        expect(new Uint8Array(read.values.buffer)).toEqual(new Uint8Array(all.buffer))
      }),
    )
  })

  it('copies: changing the file or a larger buffer around it changes nothing', () => {
    const around = Float32Array.of(0, ...values, 0)
    const bytes = encodeWeights({ specs, values: around.subarray(1, 10) })
    const read = decodeWeights(bytes, specs)
    bytes.fill(0)
    expect(read.values).toEqual(values)
  })

  it('keeps the order of the model in the data and stays below its announced largest size', () => {
    const bytes = encodeWeights({ specs, values })
    expect(new Float32Array(bytes.slice(-36).buffer)).toEqual(values)
    expect(bytes.length).toBeLessThanOrEqual(maxWeightsBytes(specs))
    expect(maxWeightsBytes(specs)).toBeLessThan(bytes.length + 8_192)
  })

  it('never exceeds its largest size, whatever the names and shapes', () => {
    const spec = fc.record({
      name: fc.stringMatching(/^[a-z0-9_/]{1,40}$/),
      shape: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }),
    })
    fc.assert(
      fc.property(fc.uniqueArray(spec, { maxLength: 30, selector: ({ name }) => name }), (list) => {
        fc.pre(list.every(({ name }) => name !== 'constructor' && name !== 'prototype'))
        const total = list.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
        const bytes = encodeWeights({ specs: list, values: new Float32Array(total) })
        expect(bytes.length).toBeLessThanOrEqual(maxWeightsBytes(list))
      }),
    )
  })

  it.each([
    ['a missing tensor', file([['dense_1/kernel', [2, 3]]])],
    [
      'one tensor too many',
      file([
        ['dense_1/kernel', [2, 3]],
        ['dense_1/bias', [3]],
        ['x', [1]],
      ]),
    ],
    [
      'another name',
      file([
        ['dense_1/kernel', [2, 3]],
        ['dense_2/bias', [3]],
      ]),
    ],
    [
      'another order',
      file([
        ['dense_1/bias', [3]],
        ['dense_1/kernel', [2, 3]],
      ]),
    ],
    [
      'another shape of the same size',
      file([
        ['dense_1/kernel', [3, 2]],
        ['dense_1/bias', [3]],
      ]),
    ],
    [
      'another rank',
      file([
        ['dense_1/kernel', [2, 3]],
        ['dense_1/bias', [3, 1]],
      ]),
    ],
  ])('refuses %s', (_, bytes) => {
    expect(() => decodeWeights(bytes, specs)).toThrow(
      expect.objectContaining({ info: expect.objectContaining({ code: 'CODEC_WRONG_TENSORS' }) }),
    )
  })

  it('refuses another dtype and values that do not fill the shapes', () => {
    const bytes = encodeSafetensors([
      { name: 'dense_1/kernel', dtype: 'I32', shape: [2, 3], bytes: new Uint8Array(24) },
      { name: 'dense_1/bias', dtype: 'F32', shape: [3], bytes: new Uint8Array(12) },
    ])
    expect(() => decodeWeights(bytes, specs)).toThrow(/is I32, not F32/)
    expect(() => encodeWeights({ specs, values: values.subarray(1) })).toThrow(/8 values/)
  })
})
