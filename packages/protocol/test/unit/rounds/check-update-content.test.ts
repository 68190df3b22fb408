import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeWeights } from '../../../src/codec/encode-weights.ts'
import type { TensorSpec, Weights } from '../../../src/codec/weights.ts'
import { checkUpdateContent } from '../../../src/rounds/check-update-content.ts'

const specs: TensorSpec[] = [
  { name: 'dense_1/kernel', shape: [2, 3] },
  { name: 'dense_1/bias', shape: [3] },
]
const base: Weights = { specs, values: new Float32Array(9).fill(0.5) }
const options = { base, maxNorm: 1 }

/** An update equal to the base but for some values. */
function update(changes: Record<number, number>): Uint8Array {
  const values = Float32Array.from(base.values)
  for (const [index, value] of Object.entries(changes)) values[Number(index)] = value
  return encodeWeights({ specs, values })
}

describe('the content of an update', () => {
  it('passes when it is finite and near the base', () => {
    const checked = checkUpdateContent(update({ 0: 1.25, 8: 0.5 }), options)
    expect(checked).toMatchObject({ ok: true, norm: 0.75 })
    expect(checked.ok && checked.weights.values[0]).toBe(1.25)
  })

  it('passes at the norm bound and is refused above it, naming the tensor', () => {
    expect(checkUpdateContent(update({ 7: 1.5 }), options).ok).toBe(true)
    expect(checkUpdateContent(update({ 0: 1, 7: 1.5 }), options)).toMatchObject({
      code: 'NORM_TOO_LARGE',
      tensor: 'dense_1/bias',
    })
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'T21 is refused with %d anywhere, naming the tensor',
    (value) => {
      for (let index = 0; index < 9; index++) {
        expect(checkUpdateContent(update({ [index]: value }), options)).toMatchObject({
          code: 'NOT_FINITE',
          tensor: index < 6 ? 'dense_1/kernel' : 'dense_1/bias',
        })
      }
    },
  )

  it('T21 is refused with huge but finite values, without overflow', () => {
    const checked = checkUpdateContent(update({ 0: 3.4e38, 1: -3.4e38 }), { base, maxNorm: 1e30 })
    expect(checked).toMatchObject({ code: 'NORM_TOO_LARGE', tensor: 'dense_1/kernel' })
  })

  it('is refused when the base itself is not finite', () => {
    const broken = { specs, values: base.values.with(4, Number.NaN) }
    expect(checkUpdateContent(update({}), { base: broken, maxNorm: 1 })).toEqual({
      ok: false,
      code: 'NOT_FINITE',
      detail: 'its base is not finite',
    })
  })

  it('T21 has its subnormal values read as zero, the smallest normal one kept', () => {
    const checked = checkUpdateContent(update({ 0: 1e-40, 1: -1e-45, 2: 2 ** -126 }), {
      base,
      maxNorm: 9,
    })
    expect(checked.ok && [...checked.weights.values.subarray(0, 3)]).toEqual([0, 0, 2 ** -126])
  })

  it('T21 is refused with wrong shapes, and as bad content when it is no safetensors file', () => {
    const other: TensorSpec[] = [{ name: 'dense_1/kernel', shape: [9] }]
    const bytes = encodeWeights({ specs: other, values: base.values })
    expect(checkUpdateContent(bytes, options)).toMatchObject({ code: 'WRONG_SHAPES' })
    expect(checkUpdateContent(new Uint8Array(100), options)).toMatchObject({ code: 'BAD_CONTENT' })
    expect(checkUpdateContent(update({}).subarray(0, -1), options)).toMatchObject({
      code: 'BAD_CONTENT',
    })
  })

  it('never throws and never passes anything that is not finite', () => {
    const bytes = update({})
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const damaged = Uint8Array.from(bytes)
        damaged[at] = value
        const checked = checkUpdateContent(damaged, options)
        if (checked.ok) expect(checked.weights.values.every(Number.isFinite)).toBe(true)
        else expect(checked.detail).not.toBe('')
      }),
      { numRuns: 1_000 },
    )
  })
})
