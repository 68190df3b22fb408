import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { largestIndices } from '../../../src/compression/largest-indices.ts'

describe('the largest values', () => {
  it.each([
    ['by magnitude, indices ascending', [1, -5, 3, 4, -2], 3, [1, 2, 3]],
    ['of equal ones the first', [2, -2, 1, 2, -2], 3, [0, 1, 3]],
    ['that differ in the lowest bit only', [1, 1 + 2 ** -23, 1], 1, [1]],
    ['zeros when there is nothing else', [0, 0, 7, -0], 3, [0, 1, 2]],
    ['all of them', [3, 1, 2], 3, [0, 1, 2]],
    ['none of them', [3, 1, 2], 0, []],
  ])('are found %s', (_, values, count, expected) => {
    expect([...largestIndices(Float32Array.from(values), count)]).toEqual(expected)
  })

  it('are those of a stable sort', () => {
    const values = fc.float32Array({ noNaN: true, minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(values, fc.nat(60), (all, most) => {
        const count = Math.min(most, all.length)
        const sorted = [...all.keys()].sort(
          (a, b) => Math.abs(all[b] as number) - Math.abs(all[a] as number) || a - b,
        )
        const expected = sorted.slice(0, count).sort((a, b) => a - b)
        expect([...largestIndices(all, count)]).toEqual(expected)
      }),
    )
  })
})
