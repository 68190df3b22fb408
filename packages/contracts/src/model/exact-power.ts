import { exactExp } from './exact-exp.ts'
import { exactLn } from './exact-ln.ts'
import { exactOf, type Ratio } from './exact-number.ts'

/**
 * base ^ exponent as an exact number: at least 60 digits behind the point for results up to 10^10 and exponents up to 400.
 * Computed as exp(y ln x) with 256 bits behind the point; it shares nothing with the code that it judges (Solady's powWad).
 * @param base - above 0. @param exponent - any ratio.
 */
export function exactPower(base: Ratio, exponent: Ratio): bigint {
  const log = exactLn(exactOf(base))
  return exactExp((log * exponent.numerator) / exponent.denominator)
}
