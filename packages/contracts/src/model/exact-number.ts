/** Bits behind the point of an exact number: 77 decimal digits, of which errors may take the last few. */
export const EXACT_BITS = 256n
/** 1 as an exact number. */
export const EXACT_ONE: bigint = 1n << EXACT_BITS

/** A quotient of two integers, never rounded; the denominator is positive. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint }

/** The quotient as an exact number, rounded down. */
export function exactOf({ numerator, denominator }: Ratio): bigint {
  return (numerator << EXACT_BITS) / denominator
}

/** Whole units of a number that is not negative. */
export function exactFloor(value: bigint): bigint {
  return value >> EXACT_BITS
}

/** Least whole number of units that is not below. */
export function exactCeil(value: bigint): bigint {
  return (value + EXACT_ONE - 1n) >> EXACT_BITS
}
