const CENTRAL = 0.425
const CENTRAL_CONSTANT = 0.180625
const TAIL_SHIFT = 1.6
const TAIL_BOUND = 5
const FAR_SHIFT = 5

/** Numerator and denominator, constant term first (Wichura 1988, PPND7). */
const CENTRAL_RATIO = [
  [3.3871327179, 50.434271938, 159.29113202, 59.10937472],
  [1, 17.895169469, 78.757757664, 67.1875636],
] as const
const TAIL_RATIO = [
  [1.4234372777, 2.75681539, 1.3067284816, 0.17023821103],
  [1, 0.7370016425, 0.12021132975],
] as const
const FAR_RATIO = [
  [6.657905115, 3.081226386, 0.42868294337, 0.017337203997],
  [1, 0.24197894225, 0.012258202635],
] as const

/**
 * Inverse of the standard normal distribution function, to about seven digits (Wichura 1988, Applied Statistics 37, algorithm AS 241,
 * PPND7).
 * @param probability - 0 to 1; at the ends the result is infinite.
 */
export function normalQuantile(probability: number): number {
  const centred = probability - 0.5
  if (Math.abs(centred) <= CENTRAL) {
    return centred * ratio(CENTRAL_RATIO, CENTRAL_CONSTANT - centred * centred)
  }
  const tail = Math.min(probability, 1 - probability)
  if (tail <= 0) return centred < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const r = Math.sqrt(-Math.log(tail))
  const size = r <= TAIL_BOUND ? ratio(TAIL_RATIO, r - TAIL_SHIFT) : ratio(FAR_RATIO, r - FAR_SHIFT)
  return centred < 0 ? -size : size
}

function ratio(
  [numerator, denominator]: readonly [readonly number[], readonly number[]],
  at: number,
): number {
  return polynomial(numerator, at) / polynomial(denominator, at)
}

function polynomial(coefficients: readonly number[], at: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * at + coefficient, 0)
}
