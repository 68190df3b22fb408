import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMoments, type Moments, poolMoments } from '../../../src/preprocessing/moments.ts'

function momentsOf(values: readonly number[]): Moments {
  const moments = createMoments()
  for (const value of values) moments.add(value)
  return moments.moments()
}

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true })

describe('moments', () => {
  it('pooled over parts are those of all numbers together', () => {
    fc.assert(
      fc.property(fc.array(fc.array(value, { maxLength: 30 }), { maxLength: 6 }), (parts) => {
        const all = parts.flat()
        const direct = momentsOf(all)
        const pooled = poolMoments(parts.map(momentsOf))
        expect(pooled.count).toBe(all.length)
        expect(Math.abs(pooled.mean - direct.mean)).toBeLessThanOrEqual(1e-9 * 1e6)
        const scale = Math.max(1, direct.squares)
        expect(Math.abs(pooled.squares - direct.squares) / scale).toBeLessThan(1e-8)
      }),
    )
  })

  it('are those of the definition', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6]
    const mean = values.reduce((sum, one) => sum + one, 0) / values.length
    const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0)
    expect(momentsOf(values).mean).toBeCloseTo(mean, 12)
    expect(momentsOf(values).squares).toBeCloseTo(squares, 12)
  })

  it('keep the variance of numbers whose mean is a billion times larger', () => {
    const base = 1e9
    const parts = [1, 2, 3].map((shift) => momentsOf([base + shift - 0.5, base + shift + 0.5]))
    const { mean, squares, count } = poolMoments(parts)
    expect(mean - base).toBeCloseTo(2, 6)
    // Between the parts 2 x (1 + 0 + 1), within each 0.5.
    expect(squares).toBeCloseTo(4 + 1.5, 5)
    expect(count).toBe(6)
  })

  it('of nothing pool to nothing', () => {
    expect(poolMoments([])).toEqual({ count: 0, mean: 0, squares: 0 })
    expect(poolMoments([momentsOf([]), momentsOf([])]).count).toBe(0)
  })
})
