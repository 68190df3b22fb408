import { type Address, isAddressEqual } from 'viem'
import { ONE_TOKEN } from '../amounts.ts'
import { ChainError } from '../chain-error.ts'
import { type JudgedLiquidity, priceImpact } from '../price-impact.ts'
import type { SwapResult } from '../types.ts'
import type { PoolState, PoolToken } from './read-pool.ts'

/** Two tokens of one pool. */
export type SwapPair = {
  readonly pool: Address
  readonly tokenIn: Address
  readonly tokenOut: Address
}

/** What a swap would do now; amounts in wei. */
export type SwapQuote = SwapResult & {
  /** Part of amountIn that stays with the liquidity providers, rounded up. */
  readonly feeIn: bigint
  /** How much worse than the spot price because of its size, fee left aside; 1e18 = 100 %. */
  readonly priceImpact: bigint
  readonly blockNumber: bigint
}

/** LP shares against one token, now; wei. */
export type LiquidityQuote = {
  /** Of the token, in or out. */
  readonly amount: bigint
  readonly lpShares: bigint
  /** How much worse than for a very small amount because of its size, fee left aside; 1e18 = 100 %. */
  readonly priceImpact: bigint
  readonly blockNumber: bigint
}

/** What joinImpact and exitImpact judge: LP shares against one token of a pool. */
export function judgedLiquidity(
  state: PoolState,
  of: { readonly token: Address; readonly amount: bigint; readonly lpShares: bigint },
): JudgedLiquidity {
  const { token, amount, lpShares } = of
  const { swapFee: fee, lpSupply } = state
  return { side: sideOf(state, token), amount, lpShares, lpSupply, fee }
}

/** Completes a quote from the pool it was made on. */
export function toQuote(state: PoolState, swap: SwapPair & SwapResult): SwapQuote {
  const { amountIn, amountOut } = swap
  const { swapFee: fee, blockNumber } = state
  const impact = priceImpact({
    in: sideOf(state, swap.tokenIn),
    out: sideOf(state, swap.tokenOut),
    amountIn,
    amountOut,
    fee,
  })
  const feeIn = (amountIn * fee + ONE_TOKEN - 1n) / ONE_TOKEN
  return { amountIn, amountOut, feeIn, priceImpact: impact, blockNumber }
}

function sideOf(state: PoolState, token: Address): PoolToken {
  const side = state.tokens.find((entry) => isAddressEqual(entry.token, token))
  if (side !== undefined) return side
  throw new ChainError(`the pool ${state.pool} does not hold token ${token}`, {
    code: 'UNKNOWN_TOKEN',
    fault: 'usage',
  })
}
