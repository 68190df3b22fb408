import { expWad } from './solady-exp-wad.ts'
import { lnWad } from './solady-ln-wad.ts'

/** 1e18 = 1. */
export const WAD: bigint = 10n ** 18n

/**
 * Solady's `FixedPointMathLib.powWad` (0.1.26), bit for bit.
 * @param base - above 0, 1e18 = 1. @param exponent - 1e18 = 1.
 * @throws {ModelError} POW_OVERFLOW
 */
export function powWad(base: bigint, exponent: bigint): bigint {
  // A division of bigints rounds toward zero, as Solidity's of int256 does.
  return expWad((lnWad(base) * exponent) / WAD)
}
