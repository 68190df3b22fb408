import { ModelError } from './model-error.ts'

const MAX_SQUARED = 1n << 128n
const WORD = 1n << 256n

/**
 * Solady's `FixedPointMathLib.rpow` (0.1.26): base ^ exponent by squaring, every product rounded to the nearest unit.
 * @param base - `unit` = 1. @param exponent - a whole number, not negative.
 * @throws {ModelError} POW_OVERFLOW
 */
export function rpow(base: bigint, exponent: bigint, unit: bigint): bigint {
  if (base === 0n) return exponent === 0n ? unit : 0n
  let result = exponent % 2n === 0n ? unit : base
  let square = base
  for (let rest = exponent >> 1n; rest > 0n; rest >>= 1n) {
    if (square >= MAX_SQUARED) throw overflow()
    square = rounded(square * square, unit)
    if (rest % 2n === 1n) result = rounded(result * square, unit)
  }
  return result
}

function rounded(product: bigint, unit: bigint): bigint {
  const sum = product + (unit >> 1n)
  if (sum >= WORD) throw overflow()
  return sum / unit
}

function overflow(): ModelError {
  return new ModelError('the power does not fit', { code: 'POW_OVERFLOW' })
}
