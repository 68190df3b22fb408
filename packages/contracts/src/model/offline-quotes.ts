import { type Address, isAddressEqual } from 'viem'
import type { PoolState } from '../reads/read-pool.ts'
import { MIN_TRADE, type Pool } from './pool.ts'
import { exitSingle, joinSingle } from './pool-single.ts'
import { swapExactIn, swapExactOut } from './pool-swap.ts'

/** Quotes of one pool at one block; wei. Each throws a ModelError where the pool would refuse. */
export type OfflineQuotes = {
  /** What `amountIn` buys. */
  readonly exactIn: (tokenIn: Address, tokenOut: Address, amountIn: bigint) => bigint
  /** What `amountOut` costs. */
  readonly exactOut: (tokenIn: Address, tokenOut: Address, amountOut: bigint) => bigint
  /** LP shares for `amountIn`. */
  readonly joinSingle: (tokenIn: Address, amountIn: bigint) => bigint
  /** Amount for `lpShares`. */
  readonly exitSingle: (tokenOut: Address, lpShares: bigint) => bigint
}

/**
 * Quotes without asking the chain again: to the wei what the pool's own views answer at the block of `state`.
 * The floor of a token depends on what it was listed with, which `state` does not say: a token that is nearly drained is quoted here
 * although the pool refuses to trade it.
 * @param state - of an open pool, see readPool.
 */
export function createOfflineQuotes(state: PoolState): OfflineQuotes {
  const pool = poolOf(state)
  // -1, which no pool holds, is refused as TOKEN_NOT_LISTED.
  const at = (token: Address): number =>
    state.tokens.findIndex((listed) => isAddressEqual(listed.token, token))
  return {
    exactIn: (tokenIn, tokenOut, amountIn) =>
      swapExactIn(pool, { tokenIn: at(tokenIn), tokenOut: at(tokenOut), amountIn }).swap.amountOut,
    exactOut: (tokenIn, tokenOut, amountOut) =>
      swapExactOut(pool, { tokenIn: at(tokenIn), tokenOut: at(tokenOut), amountOut }).swap.amountIn,
    joinSingle: (tokenIn, amountIn) => joinSingle(pool, at(tokenIn), amountIn).shares,
    exitSingle: (tokenOut, lpShares) => exitSingle(pool, at(tokenOut), lpShares).amount,
  }
}

function poolOf({ swapFee, lpSupply, tokens }: PoolState): Pool {
  const reserves = tokens.map(({ balance, weight, delisted }) => ({
    balance,
    weight,
    delisted,
    floor: MIN_TRADE,
  }))
  // Quotes do not need what the opening made, which the state does not say.
  return { fee: swapFee, openingShares: lpSupply, lpSupply, reserves }
}
