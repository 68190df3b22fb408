import { type Address, encodeFunctionData } from 'viem'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import { spending } from '../spend.ts'
import type { ChainAccount, Mined, SwapResult } from '../types.ts'

/** A purchase of an exact amount. Limits are not optional: without them anyone who sees the trade could set its price (T57). */
export type SwapExactOut = {
  readonly pool: Address
  readonly tokenIn: Address
  readonly tokenOut: Address
  /** wei */
  readonly amountOut: bigint
  /** wei; the most that is paid. */
  readonly maxIn: bigint
  /** Who gets the tokens; the account itself when left out. */
  readonly to?: Address
  /** Unix seconds after which the trade fails. */
  readonly deadline: bigint
}

/**
 * Swaps as little as the pool takes for exactly `amountOut`. Approves exactly `maxIn` and takes back what is left (T56).
 * @throws {ChainError} IN_ABOVE_MAX, DEADLINE_PASSED, AMOUNT_ABOVE_LIMIT, AMOUNT_TOO_SMALL, MARKET_NOT_OPEN,
 * INSUFFICIENT_BALANCE (usage).
 */
export function swapExactOut(
  account: ChainAccount,
  args: SwapExactOut,
): Promise<Mined & SwapResult> {
  const { pool, tokenIn, tokenOut, to = account.address } = args
  const data = encodeFunctionData({
    abi: meanPoolAbi,
    functionName: 'swapExactOut',
    args: [tokenIn, tokenOut, args.amountOut, args.maxIn, to, args.deadline],
  })
  return act(account, async (send) => {
    const receipt = await spending(account, send, {
      token: tokenIn,
      spender: pool,
      amount: args.maxIn,
      job: () => send({ to: pool, data }),
    })
    const event = { address: pool, abi: meanPoolAbi, eventName: 'Swapped' } as const
    const { amountIn, amountOut } = onlyEvent(receipt, event)
    return { receipt, result: { amountIn, amountOut } }
  })
}
