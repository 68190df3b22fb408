import { EXACT_BITS, EXACT_ONE } from './exact-number.ts'
import { exactPower } from './exact-power.ts'
import { WAD } from './solady-pow-wad.ts'
import type { Sides } from './swap-math.ts'

/** What `amountIn` buys without any rounding, in wei, as an exact number. */
export function exactOutForIn(sides: Sides, amountIn: bigint): bigint {
  const { in: from, out: to, fee } = sides
  const before = from.balance * WAD
  const power = exactPower(
    { numerator: before, denominator: before + amountIn * (WAD - fee) },
    { numerator: from.weight, denominator: to.weight },
  )
  return to.balance * (EXACT_ONE - power)
}

/** What `amountOut` costs without any rounding, in wei, as an exact number. @param amountOut - below the balance. */
export function exactInForOut(sides: Sides, amountOut: bigint): bigint {
  const { in: from, out: to, fee } = sides
  const power = exactPower(
    { numerator: to.balance, denominator: to.balance - amountOut },
    { numerator: to.weight, denominator: from.weight },
  )
  return (from.balance * (power - EXACT_ONE) * WAD) / (WAD - fee)
}

/** Most by which an exact amount of this module can be off: far below a wei. @param balance - the largest in the formula. */
export function exactError(balance: bigint): bigint {
  // Each power is known to about 2^-246.
  return balance << (EXACT_BITS - 240n)
}
