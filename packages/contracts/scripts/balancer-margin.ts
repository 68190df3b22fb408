import { divUp } from '../src/model/rounding.ts'
import { powWad, WAD } from '../src/model/solady-pow-wad.ts'
import type { Harness } from './harness.ts'

/** Balancer's FixedPoint.powUp adds this part of the power, whatever the exponent, and one unit (CONTRACTS.md 2.5, B1). */
const MAX_POW_RELATIVE_ERROR = 10_000n
const COLUMNS = 6

/** Directions that it answers. */
export const PEER_DIRECTIONS: readonly string[] = ['exact-in', 'exact-out']

/**
 * A peer in the harness's place: the weighted pool formulas of Balancer v3 (WeightedMath, pkg/solidity-utils) with their roundings and
 * their fixed margin, around the same pow as ours, so that the margins are compared and nothing else.
 */
export const balancerMargin: Harness = async (name, numbers) => {
  const rows = Array.from({ length: numbers.length / COLUMNS }, (_, i) =>
    numbers.slice(i * COLUMNS, (i + 1) * COLUMNS),
  )
  return rows.map(name === 'outsForExactIn' ? outForExactIn : inForExactOut)
}

function outForExactIn([
  balanceIn = 0n,
  weightIn = 0n,
  balanceOut = 0n,
  weightOut = 1n,
  amountIn = 0n,
  fee = 0n,
]: readonly bigint[]): bigint {
  const net = amountIn - divUp(amountIn * fee, WAD)
  const base = divUp(balanceIn * WAD, balanceIn + net)
  const power = powUp(base, (weightIn * WAD) / weightOut)
  return power >= WAD ? 0n : (balanceOut * (WAD - power)) / WAD
}

function inForExactOut([
  balanceIn = 0n,
  weightIn = 1n,
  balanceOut = 0n,
  weightOut = 0n,
  amountOut = 0n,
  fee = 0n,
]: readonly bigint[]): bigint {
  const base = divUp(balanceOut * WAD, balanceOut - amountOut)
  const power = powUp(base, divUp(weightOut * WAD, weightIn))
  return divUp(divUp(balanceIn * (power - WAD), WAD) * WAD, WAD - fee)
}

function powUp(base: bigint, exponent: bigint): bigint {
  if (exponent === WAD) return base
  const raw = powWad(base, exponent)
  return raw + divUp(raw * MAX_POW_RELATIVE_ERROR, WAD) + 1n
}
