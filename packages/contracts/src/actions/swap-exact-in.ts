import { type Address, encodeFunctionData } from 'viem'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import { spending } from '../spend.ts'
import type { ChainAccount, Mined, SwapResult } from '../types.ts'

/** A sale of an exact amount. Limits are not optional: without them anyone who sees the trade could set its price (T57). */
export type SwapExactIn = {
  readonly pool: Address
  readonly tokenIn: Address
  readonly tokenOut: Address
  /** wei */
  readonly amountIn: bigint
  /** wei; the least that is accepted. */
  readonly minOut: bigint
  /** Who gets the tokens; the account itself when left out. */
  readonly to?: Address
  /** Unix seconds after which the trade fails. */
  readonly deadline: bigint
}

/**
 * Swaps exactly `amountIn` for as much as the pool gives. Approves exactly that (T56).
 * @throws {ChainError} OUT_BELOW_MIN, DEADLINE_PASSED, AMOUNT_ABOVE_LIMIT, AMOUNT_TOO_SMALL, MARKET_NOT_OPEN,
 * INSUFFICIENT_BALANCE (usage).
 */
export function swapExactIn(account: ChainAccount, args: SwapExactIn): Promise<Mined & SwapResult> {
  const { pool, tokenIn, tokenOut, to = account.address } = args
  const data = encodeFunctionData({
    abi: meanPoolAbi,
    functionName: 'swapExactIn',
    args: [tokenIn, tokenOut, args.amountIn, args.minOut, to, args.deadline],
  })
  return act(account, async (send) => {
    const receipt = await spending(account, send, {
      token: tokenIn,
      spender: pool,
      amount: args.amountIn,
      job: () => send({ to: pool, data }),
    })
    const event = { address: pool, abi: meanPoolAbi, eventName: 'Swapped' } as const
    const { amountIn, amountOut } = onlyEvent(receipt, event)
    return { receipt, result: { amountIn, amountOut } }
  })
}
