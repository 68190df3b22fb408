import { describe, expect, it } from 'vitest'
import { smallStart } from '../../../../bench/reference/small-start.ts'

const weightsOf = (units: number) => ({
  specs: [
    { name: 'dense/kernel', shape: [4, units] },
    { name: 'dense/bias', shape: [units] },
  ],
  values: new Float32Array(5 * units),
})

describe('smallStart', () => {
  it('draws kernel and bias of one unit from U(-1/2, 1/2) for four inputs, the same for the same seed', () => {
    const { values } = smallStart(weightsOf(1), 3)
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.5)
    expect(new Set(values).size).toBe(5)
    expect(smallStart(weightsOf(1), 3).values).toEqual(values)
    expect(smallStart(weightsOf(1), 4).values).not.toEqual(values)
  })

  it('makes two units the halves of what one unit begins with', () => {
    const one = smallStart(weightsOf(1), 3).values
    const two = smallStart(weightsOf(2), 3).values
    one.forEach((value, i) => {
      expect((two[2 * i + 1] ?? 0) - (two[2 * i] ?? 0)).toBeCloseTo(value, 6)
    })
  })
})
