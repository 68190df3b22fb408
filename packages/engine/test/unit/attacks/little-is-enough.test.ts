import { describe, expect, it } from 'vitest'
import { largestHiddenDeviation } from '../../../src/attacks/little-is-enough.ts'
import { normalQuantile } from '../../../src/attacks/normal-quantile.ts'

describe('largestHiddenDeviation', () => {
  it('is the 1.45 that the paper rounds to 1.5 for 24 of 51 workers', () => {
    expect(largestHiddenDeviation(51, 24)).toBeCloseTo(1.446, 2)
  })

  it('is small for three of ten, and nothing where attackers need too many supporters', () => {
    expect(largestHiddenDeviation(10, 3)).toBeCloseTo(0.18, 2)
    expect(largestHiddenDeviation(4, 1)).toBe(0)
  })
})

describe('normalQuantile', () => {
  it.each([
    [0.5, 0],
    [0.841344746, 1],
    [0.975, 1.959963985],
    [0.999, 3.090232306],
    [1e-12, -7.034483825],
  ])('at %d is %d', (probability, expected) => {
    expect(normalQuantile(probability)).toBeCloseTo(expected, 5)
  })

  it('is odd about one half, and infinite at the ends', () => {
    expect(normalQuantile(0.03)).toBeCloseTo(-normalQuantile(0.97), 6)
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY)
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY)
  })
})
