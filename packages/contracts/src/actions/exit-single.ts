import { type Address, encodeFunctionData } from 'viem'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/** Liquidity to be taken out in one token. */
export type SingleExit = {
  readonly pool: Address
  readonly tokenOut: Address
  /** LP shares to give back, in wei. */
  readonly lpIn: bigint
  /** wei; the least that is accepted (T57). */
  readonly minOut: bigint
  /** Who gets the tokens; the account itself when left out. */
  readonly to?: Address
  /** Unix seconds after which the exit fails. */
  readonly deadline: bigint
}

/**
 * Takes liquidity out in one token; the part that is taken for the other tokens pays the swap fee.
 * @returns `amountOut` in wei.
 * @throws {ChainError} OUT_BELOW_MIN, DEADLINE_PASSED, AMOUNT_ABOVE_LIMIT, AMOUNT_TOO_SMALL, TOKEN_DELISTED, PAUSED,
 * INSUFFICIENT_BALANCE (usage).
 */
export function exitSingle(
  account: ChainAccount,
  args: SingleExit,
): Promise<Mined & { readonly amountOut: bigint }> {
  const { pool, tokenOut, lpIn, minOut, to = account.address, deadline } = args
  const data = encodeFunctionData({
    abi: meanPoolAbi,
    functionName: 'exitSingle',
    args: [tokenOut, lpIn, minOut, to, deadline],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: pool, data })
    const event = { address: pool, abi: meanPoolAbi, eventName: 'ExitedSingle' } as const
    return { receipt, result: { amountOut: onlyEvent(receipt, event).amount } }
  })
}
