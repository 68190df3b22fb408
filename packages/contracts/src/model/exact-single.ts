import { EXACT_ONE, type Ratio } from './exact-number.ts'
import { exactPower } from './exact-power.ts'
import type { SingleSide } from './single-math.ts'
import { WAD } from './solady-pow-wad.ts'

/** LP shares for `amountIn` of one token without any rounding, in wei, as an exact number. */
export function exactSharesForIn({ supply, token, fee }: SingleSide, amountIn: bigint): bigint {
  const { balance, weight } = token
  const kept = keptOf(weight, fee)
  const before = balance * kept.denominator
  const ratio = { numerator: before + amountIn * kept.numerator, denominator: before }
  const power = exactPower(ratio, { numerator: weight, denominator: WAD })
  return supply * (power - EXACT_ONE)
}

/** One token for `shares` without any rounding, in wei, as an exact number. @param shares - below the supply. */
export function exactOutForShares({ supply, token, fee }: SingleSide, shares: bigint): bigint {
  const { balance, weight } = token
  const left = { numerator: supply - shares, denominator: supply }
  const power = exactPower(left, { numerator: WAD, denominator: weight })
  const kept = keptOf(weight, fee)
  return (balance * (EXACT_ONE - power) * kept.numerator) / kept.denominator
}

/** 1 - (1 - w) fee / (1 - w fee) = (1 - fee) / (1 - w fee). */
function keptOf(weight: bigint, fee: bigint): Ratio {
  return { numerator: (WAD - fee) * WAD, denominator: WAD * WAD - weight * fee }
}
