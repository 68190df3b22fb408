import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactShapley } from '../../../src/contribution/exact-shapley.ts'

const TOLERANCE = 9
const RUNS = { seed: 7, numRuns: 40 }

/** Mean marginal gain over all n! orders: the definition, with no formula shared with the code under test. */
function overAllOrders(silos: number, utilities: Float64Array): number[] {
  const values = new Array<number>(silos).fill(0)
  let orders = 0
  const visit = (coalition: number, gains: readonly (readonly [number, number])[]): void => {
    if (gains.length === silos) {
      orders++
      for (const [silo, gain] of gains) values[silo] = (values[silo] ?? 0) + gain
      return
    }
    for (let silo = 0; silo < silos; silo++) {
      const next = coalition | (1 << silo)
      if (next === coalition) continue
      const gain = (utilities[next] ?? 0) - (utilities[coalition] ?? 0)
      visit(next, [...gains, [silo, gain]])
    }
  }
  visit(0, [])
  return values.map((value) => value / orders)
}

const game = (minimum: number, maximum: number): fc.Arbitrary<readonly [number, Float64Array]> =>
  fc.integer({ min: minimum, max: maximum }).chain((n) =>
    fc
      .array(fc.double({ min: -100, max: 100, noNaN: true }), {
        minLength: 2 ** n,
        maxLength: 2 ** n,
      })
      .map((values) => [n, Float64Array.from(values)] as const),
  )

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length)
  for (let i = 0; i < actual.length; i++)
    expect(actual[i]).toBeCloseTo(expected[i] ?? Number.NaN, TOLERANCE)
}

describe('exactShapley', () => {
  it('equals the mean over all orders', () => {
    fc.assert(
      fc.property(game(0, 6), ([n, u]) => expectClose(exactShapley(n, u), overAllOrders(n, u))),
      RUNS,
    )
  })

  it('equals the mean over all 40,320 orders of eight silos', () => {
    fc.assert(
      fc.property(game(8, 8), ([n, u]) => expectClose(exactShapley(n, u), overAllOrders(n, u))),
      { seed: 8, numRuns: 2 },
    )
  })

  it('sums to the utility of all minus that of none within 1e-9', () => {
    fc.assert(
      fc.property(game(1, 12), ([n, u]) => {
        const sum = exactShapley(n, u).reduce((a, b) => a + b, 0)
        expect(Math.abs(sum - ((u.at(-1) ?? 0) - (u[0] ?? 0)))).toBeLessThan(1e-9)
      }),
      RUNS,
    )
  })

  it('treats interchangeable silos alike', () => {
    fc.assert(
      fc.property(game(3, 6), ([n, u]) => {
        const swap = (s: number): number => (s & ~3) | ((s & 1) << 1) | ((s >> 1) & 1)
        const symmetric = u.map((value, s) => (value + (u[swap(s)] ?? 0)) / 2)
        const [first, second] = exactShapley(n, symmetric)
        expect(first).toBeCloseTo(second ?? Number.NaN, TOLERANCE)
      }),
      RUNS,
    )
  })

  it('gives nothing to a silo that never changes the utility', () => {
    fc.assert(
      fc.property(game(2, 7), ([n, u]) => {
        const idle = u.map((_, s) => u[s & ~1] ?? 0)
        expect(exactShapley(n, idle)[0]).toBe(0)
      }),
      RUNS,
    )
  })

  it('is linear in the utilities', () => {
    fc.assert(
      fc.property(game(4, 4), game(4, 4), ([n, u], [, v]) => {
        const mixed = u.map((value, s) => 2 * value - 3 * (v[s] ?? 0))
        const [a, b] = [exactShapley(n, u), exactShapley(n, v)]
        expectClose(
          exactShapley(n, mixed),
          a.map((x, i) => 2 * x - 3 * (b[i] ?? 0)),
        )
      }),
      RUNS,
    )
  })

  it('refuses too many silos, a missing coalition and a utility that is not finite', () => {
    const code = (code: string): unknown => expect.objectContaining({ code })
    expect(() => exactShapley(13, new Float64Array(2 ** 13))).toThrow(code('TOO_MANY_SILOS'))
    expect(() => exactShapley(2, new Float64Array(3))).toThrow(code('UTILITIES_LENGTH'))
    expect(() => exactShapley(1, Float64Array.of(0, Number.NaN))).toThrow(
      code('UTILITY_NOT_FINITE'),
    )
  })
})
