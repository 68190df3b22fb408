import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors } from '../../../src/codec/safetensors.ts'
import { decodeUpdate } from '../../../src/compression/decode-update.ts'
import { encodeUpdate } from '../../../src/compression/encode-update.ts'
import { anyWeights, weightsOf } from './sample-update.ts'

const compression = { kind: 'fp16' } as const

describe('an fp16 update', () => {
  it('holds the change of every weight as a half float, in the shapes of the model', () => {
    const base = weightsOf(1, 1, 1)
    const weights = weightsOf(1.5, 1, 1 - 2 ** -20, 0, 0, -2)
    const tensors = decodeSafetensors(encodeUpdate({ weights, base, compression }).bytes)
    const { dtype, shape, bytes } = tensors.get('dense_1/kernel') ?? {}
    expect({ dtype, shape }).toEqual({ dtype: 'F16', shape: [2, 3] })
    // 0.5, 0, -2^-20, 0, 0, -2 as little-endian binary16.
    expect([...(bytes ?? [])]).toEqual([0x00, 0x38, 0, 0, 0x10, 0x80, 0, 0, 0, 0, 0x00, 0xc0])
    expect([...tensors.keys()]).toEqual(['dense_1/kernel', 'dense_1/bias', 'gain'])
  })

  it('is off by half a unit in the last place of the change at most', () => {
    fc.assert(
      fc.property(anyWeights(1), anyWeights(1), (base, weights) => {
        const { bytes } = encodeUpdate({ weights, base, compression })
        decodeUpdate(bytes, base, compression).values.forEach((value, i) => {
          const exact = weights.values[i] as number
          const change = exact - (base.values[i] as number)
          // 2^-11 relative, 2^-25 where half floats are subnormal, 2^-22 for the rounding of change and sum to f32.
          const bound = Math.max(Math.abs(change) * 2 ** -11, 2 ** -25) + 2 ** -22
          expect(Math.abs(value - exact)).toBeLessThanOrEqual(bound)
        })
      }),
    )
  })

  it('refuses a change that half floats do not reach', () => {
    const work = () => encodeUpdate({ weights: weightsOf(65_520), base: weightsOf(), compression })
    expect(work).toThrow(/a weight changed by 65520, fp16 ends at 65504/)
  })
})
