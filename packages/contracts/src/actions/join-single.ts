import { type Address, encodeFunctionData } from 'viem'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import { spending } from '../spend.ts'
import type { ChainAccount, Mined } from '../types.ts'

/** Liquidity to be added in one token. */
export type SingleJoin = {
  readonly pool: Address
  readonly tokenIn: Address
  /** wei */
  readonly amountIn: bigint
  /** wei; the fewest LP shares that are accepted (T57). */
  readonly minLp: bigint
  /** Who gets the LP shares; the account itself when left out. */
  readonly to?: Address
  /** Unix seconds after which the join fails. */
  readonly deadline: bigint
}

/**
 * Adds liquidity in one token; the part that the other tokens lack pays the swap fee. Approves exactly `amountIn` (T56).
 * @returns `lpShares` in wei.
 * @throws {ChainError} OUT_BELOW_MIN, DEADLINE_PASSED, AMOUNT_ABOVE_LIMIT, AMOUNT_TOO_SMALL, TOKEN_DELISTED, MARKET_NOT_OPEN, PAUSED,
 * INSUFFICIENT_BALANCE (usage).
 */
export function joinSingle(
  account: ChainAccount,
  args: SingleJoin,
): Promise<Mined & { readonly lpShares: bigint }> {
  const { pool, tokenIn, amountIn, minLp, to = account.address, deadline } = args
  const data = encodeFunctionData({
    abi: meanPoolAbi,
    functionName: 'joinSingle',
    args: [tokenIn, amountIn, minLp, to, deadline],
  })
  return act(account, async (send) => {
    const receipt = await spending(account, send, {
      token: tokenIn,
      spender: pool,
      amount: amountIn,
      job: () => send({ to: pool, data }),
    })
    const event = { address: pool, abi: meanPoolAbi, eventName: 'JoinedSingle' } as const
    return { receipt, result: { lpShares: onlyEvent(receipt, event).lpShares } }
  })
}
