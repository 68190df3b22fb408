import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactExp } from '../../../src/model/exact-exp.ts'
import { exactLn } from '../../../src/model/exact-ln.ts'
import { EXACT_BITS, EXACT_ONE, exactCeil, exactFloor } from '../../../src/model/exact-number.ts'
import { exactPower } from '../../../src/model/exact-power.ts'

const DIGITS = 70n

/** The first 70 digits behind the point, and what is before it. */
function digitsOf(value: bigint): string {
  const text = ((value * 10n ** DIGITS) >> EXACT_BITS).toString().padStart(Number(DIGITS) + 1, '0')
  return `${text.slice(0, -Number(DIGITS))}.${text.slice(-Number(DIGITS))}`
}

/** floor(x ^ (1/n)) by bisection in integers: no logarithm, no series. */
function integerRoot(x: bigint, n: bigint): bigint {
  let low = 0n
  let high = 1n << (BigInt(x.toString(2).length) / n + 1n)
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (middle ** n <= x) low = middle
    else high = middle
  }
  return low
}

describe('exact powers', () => {
  it('knows ln 2, ln 10, e, 1/e and the square root of 2 to 70 digits', () => {
    // OEIS A002162, A002392, A001113, A068985, A002193.
    expect(digitsOf(exactLn(2n * EXACT_ONE))).toBe(
      '0.6931471805599453094172321214581765680755001343602552541206800094933936',
    )
    expect(digitsOf(exactLn(10n * EXACT_ONE))).toBe(
      '2.3025850929940456840179914546843642076011014886287729760333279009675726',
    )
    expect(digitsOf(exactExp(EXACT_ONE))).toBe(
      '2.7182818284590452353602874713526624977572470936999595749669676277240766',
    )
    expect(digitsOf(exactExp(-EXACT_ONE))).toBe(
      '0.3678794411714423215955237701614608674458111310317678345078368016974614',
    )
    const half = { numerator: 1n, denominator: 2n }
    expect(digitsOf(exactPower({ numerator: 2n, denominator: 1n }, half))).toBe(
      '1.4142135623730950488016887242096980785696718753769480731766797379907324',
    )
  })

  it('agrees with integer roots to 60 digits, whatever the base and the exponent', () => {
    const base = fc.record({
      numerator: fc.bigInt({ min: 1n, max: 10n ** 12n }),
      denominator: fc.bigInt({ min: 1n, max: 10n ** 12n }),
    })
    const exponent = fc.record({
      numerator: fc.bigInt({ min: 1n, max: 6n }),
      denominator: fc.bigInt({ min: 1n, max: 6n }),
    })
    fc.assert(
      fc.property(base, exponent, (x, y) => {
        const scale = 10n ** 60n
        // (n/d)^(p/q) * 10^60 = root_q(n^p * 10^(60 q) / d^p)
        const inside =
          (x.numerator ** y.numerator * scale ** y.denominator) / x.denominator ** y.numerator
        const root = integerRoot(inside, y.denominator)
        const power = (exactPower(x, y) * scale) >> EXACT_BITS
        // Relative to 1 or to the result: the model promises digits behind the point for results up to 10^10.
        const slack = 1n + root / 10n ** 65n
        expect(power >= root - slack && power <= root + slack).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('multiplies when exponents are added', () => {
    const x = { numerator: 13n, denominator: 10n }
    const left =
      (exactPower(x, { numerator: 217n, denominator: 3n }) *
        exactPower(x, { numerator: 983n, denominator: 3n })) >>
      EXACT_BITS
    const right = exactPower(x, { numerator: 400n, denominator: 1n })
    const difference = left > right ? left - right : right - left
    expect(difference * 10n ** 60n < right).toBe(true)
  })

  it('rounds to whole units on either side', () => {
    expect([exactFloor(EXACT_ONE * 3n), exactCeil(EXACT_ONE * 3n)]).toEqual([3n, 3n])
    expect([exactFloor(EXACT_ONE * 3n + 1n), exactCeil(EXACT_ONE * 3n + 1n)]).toEqual([3n, 4n])
  })
})
