import { powDown, powUp } from './pow-margin.ts'
import { divUp } from './rounding.ts'
import { WAD } from './solady-pow-wad.ts'
import type { Side } from './swap-math.ts'

/** A single-token join or exit: LP supply in wei, the token, and the pool's fee, 1e18 = 100 %. */
export type SingleSide = { readonly supply: bigint; readonly token: Side; readonly fee: bigint }

/**
 * PoolMath.sharesForSingleInDown: LP shares for `amountIn` of one token, to the wei as on chain.
 * shares = S (((b + in (1 - fee) / (1 - w fee)) / b) ^ w - 1), rounded down.
 */
export function sharesForSingleIn({ supply, token, fee }: SingleSide, amountIn: bigint): bigint {
  const { balance, weight } = token
  const net = amountIn - singleFee(amountIn, weight, fee)
  const power = powDown(((balance + net) * WAD) / balance, weight)
  return power <= WAD ? 0n : (supply * (power - WAD)) / WAD
}

/**
 * PoolMath.outForSharesDown: one token for `shares`, to the wei as on chain.
 * out = b (1 - ((S - shares) / S) ^ (1 / w)) (1 - fee) / (1 - w fee), rounded down.
 * @param shares - below the supply.
 */
export function outForShares({ supply, token, fee }: SingleSide, shares: bigint): bigint {
  const { balance, weight } = token
  // The base is below one: the smaller exponent gives the larger power.
  const power = powUp(divUp((supply - shares) * WAD, supply), (WAD * WAD) / weight)
  if (power >= WAD) return 0n
  const gross = (balance * (WAD - power)) / WAD
  return gross - singleFee(gross, weight, fee)
}

/** PoolMath.singleFeeUp: the fee on the part that trades for the other tokens: (1 - w) fee / (1 - w fee), rounded up. */
function singleFee(amount: bigint, weight: bigint, fee: bigint): bigint {
  return divUp(amount * (WAD - weight) * fee, WAD * WAD - weight * fee)
}
