import { EXACT_BITS, EXACT_ONE } from './exact-number.ts'

/** 2^6 places between 1 and 2 whose logarithms are known: the rest of an argument is within 2^-7 of one of them. */
const TABLE_BITS = 6n
const HEX_DIGIT_BITS = 4n

/** Places are the middles of equal parts of 1 to 2. */
const PLACES: readonly bigint[] = Array.from(
  { length: 2 ** Number(TABLE_BITS) },
  (_, at) => EXACT_ONE + ((2n * BigInt(at) + 1n) << (EXACT_BITS - TABLE_BITS - 1n)),
)
const PLACE_LOGS: readonly bigint[] = PLACES.map((place) => lnOfQuotient(place, EXACT_ONE))

/** ln 2. */
export const EXACT_LN2: bigint = lnOfQuotient(2n, 1n)

/**
 * Natural logarithm to about 75 digits.
 * @param x - exact number above 0.
 */
export function exactLn(x: bigint): bigint {
  const octave = bitLength(x) - 1n - EXACT_BITS
  const mantissa = octave >= 0n ? x >> octave : x << -octave
  const at = Number((mantissa - EXACT_ONE) >> (EXACT_BITS - TABLE_BITS))
  const place = PLACES[at] ?? EXACT_ONE
  return octave * EXACT_LN2 + (PLACE_LOGS[at] ?? 0n) + lnOfQuotient(mantissa, place)
}

/** ln(a / b) = 2 atanh((a - b) / (a + b)); few terms when a is near b. */
function lnOfQuotient(a: bigint, b: bigint): bigint {
  const z = ((a - b) << EXACT_BITS) / (a + b)
  const square = (z * z) >> EXACT_BITS
  let term = z
  let sum = z
  // Ends because |z| <= 1/3; a negative term would stay at -1 if it were shifted without this cut.
  for (let k = 3n; term > 1n || term < -1n; k += 2n) {
    term = (term * square) >> EXACT_BITS
    sum += term / k
  }
  return 2n * sum
}

function bitLength(x: bigint): bigint {
  const hex = x.toString(16)
  const first = Number.parseInt(hex.charAt(0), 16)
  return (
    BigInt(hex.length) * HEX_DIGIT_BITS - BigInt(Math.clz32(first) - (32 - Number(HEX_DIGIT_BITS)))
  )
}
