import { EXACT_LN2 } from './exact-ln.ts'
import { EXACT_BITS, EXACT_ONE } from './exact-number.ts'

/** exp is known at multiples of 2^-6 from 0 to ln 2. */
const TABLE_BITS = 6n
const TABLE: readonly bigint[] = Array.from(
  { length: Number((EXACT_LN2 >> (EXACT_BITS - TABLE_BITS)) + 1n) },
  (_, at) => series(BigInt(at) << (EXACT_BITS - TABLE_BITS)),
)

/** e ^ x to about 75 digits relative to 1, or to the result when that is larger. @param x - exact number of any sign. */
export function exactExp(x: bigint): bigint {
  const halvings = floorDiv(x, EXACT_LN2)
  const rest = x - halvings * EXACT_LN2
  const at = rest >> (EXACT_BITS - TABLE_BITS)
  const place = TABLE[Number(at)] ?? EXACT_ONE
  const power = (place * series(rest - (at << (EXACT_BITS - TABLE_BITS)))) >> EXACT_BITS
  return halvings >= 0n ? power << halvings : power >> -halvings
}

/** Taylor, for 0 <= x < 1. */
function series(x: bigint): bigint {
  let term = EXACT_ONE
  let sum = EXACT_ONE
  for (let k = 1n; term > 0n; k += 1n) {
    term = ((term * x) >> EXACT_BITS) / k
    sum += term
  }
  return sum
}

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b < 0n ? quotient - 1n : quotient
}
