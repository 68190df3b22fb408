import { NumberError } from './number-error.ts'

/** The whole pot in share units. */
export const SHARE_UNITS = 1_000_000_000
// Values are scaled to integers below 2^52 relative to the largest: IEEE division and rounding give the same on every machine.
const SCALE = 2 ** 52

/**
 * Splits the pot by positive value: max(value, 0), normalised to integers that sum to exactly 1e9 by largest remainder, ties to the lower
 * index. No positive value: all zeros, the round is void. Pass the quantised values that are announced, so that others get the same.
 * @param values - any unit; finite.
 * @throws {NumberError} NUMBER_NOT_EXACT for NaN and infinities.
 */
export function sharesOf(values: readonly number[]): readonly number[] {
  const notFinite = values.find((value) => !Number.isFinite(value))
  if (notFinite !== undefined) {
    throw new NumberError('a value that is not finite', {
      code: 'NUMBER_NOT_EXACT',
      value: notFinite,
    })
  }
  const largest = Math.max(0, ...values)
  if (largest === 0) return values.map(() => 0)
  const parts = values.map((value) => BigInt(Math.round((Math.max(value, 0) / largest) * SCALE)))
  return largestRemainder(parts)
}

function largestRemainder(parts: readonly bigint[]): number[] {
  const total = parts.reduce((sum, part) => sum + part, 0n)
  const units = BigInt(SHARE_UNITS)
  const shares = parts.map((part) => Number((part * units) / total))
  const order = parts
    .map((part, index) => ({ index, remainder: (part * units) % total }))
    .sort((a, b) => compare(b.remainder, a.remainder) || a.index - b.index)
  const missing = SHARE_UNITS - shares.reduce((sum, share) => sum + share, 0)
  for (const { index } of order.slice(0, missing)) shares[index] = (shares[index] ?? 0) + 1
  return shares
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
