import { divUp } from './rounding.ts'
import { powWad, WAD } from './solady-pow-wad.ts'

/** PoolMath's margin: raw * (2 * exponent + 8) / 1e18 + 4, twice what was measured (CONTRACTS.md 2.5). */
const MARGIN_SLOPE = 2n
const MARGIN_WAD = 8n * WAD
const MARGIN_UNITS = 4n

/** PoolMath.powUp: base ^ exponent, never below the exact value; 1e18 = 1. @throws {ModelError} POW_OVERFLOW */
export function powUp(base: bigint, exponent: bigint): bigint {
  if (exponent === WAD) return base
  const raw = powWad(base, exponent)
  return raw + marginOf(raw, exponent)
}

/** PoolMath.powDown: base ^ exponent, never above the exact value; 1e18 = 1. @param base - at least 1e18. */
export function powDown(base: bigint, exponent: bigint): bigint {
  const raw = powWad(base, exponent)
  return raw - marginOf(raw, exponent)
}

function marginOf(raw: bigint, exponent: bigint): bigint {
  return divUp(raw * (MARGIN_SLOPE * exponent + MARGIN_WAD), WAD * WAD) + MARGIN_UNITS
}
