/** Digits behind the point of every number in this file. */
const SCALE = 10n ** 70n

/** A positive quotient of two integers, at SCALE. */
export function ratio(numerator: bigint, denominator: bigint): bigint {
  return (numerator * SCALE) / denominator
}

/** base ^ (numerator / denominator) to about 65 digits: exp(y ln x) with both series summed until they add nothing. */
export function exactPower(base: bigint, numerator: bigint, denominator: bigint): bigint {
  return exp((ln(base) * numerator) / denominator)
}

/** floor(value * (1 - power)), both sides exact for the amounts of a swap. */
export function shareBelowOne(value: bigint, power: bigint): bigint {
  return (value * (SCALE - power)) / SCALE
}

/** ceil(value * (power - 1)). */
export function shareAboveOne(value: bigint, power: bigint): bigint {
  return (
    -((-value * (power - SCALE)) / SCALE) + ((value * (power - SCALE)) % SCALE === 0n ? 0n : 1n)
  )
}

/** ln x = 2 atanh((x - 1) / (x + 1)); x is near 1 here, so the series is short. */
function ln(x: bigint): bigint {
  const z = ((x - SCALE) * SCALE) / (x + SCALE)
  const square = (z * z) / SCALE
  let term = z
  let sum = 0n
  for (let k = 1n; term !== 0n; k += 2n) {
    sum += term / k
    term = (term * square) / SCALE
  }
  return 2n * sum
}

/** exp(x) = exp(x / 2^10) ^ (2^10). */
function exp(x: bigint): bigint {
  const halvings = 10n
  const small = x >> halvings
  let term = SCALE
  let sum = 0n
  for (let k = 1n; term !== 0n; k += 1n) {
    sum += term
    term = (term * small) / SCALE / k
  }
  for (let i = 0n; i < halvings; i += 1n) sum = (sum * sum) / SCALE
  return sum
}
