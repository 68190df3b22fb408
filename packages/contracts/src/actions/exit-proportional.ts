import { type Address, encodeFunctionData } from 'viem'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/** Liquidity to be taken out in the pool's own proportions. */
export type ProportionalExit = {
  readonly pool: Address
  /** LP shares to give back, in wei. */
  readonly lpIn: bigint
  /** wei; the least that is accepted of each token, in the pool's order. */
  readonly minOut: readonly bigint[]
  /** Who gets the tokens; the account itself when left out. */
  readonly to?: Address
  /** Unix seconds after which the exit fails. */
  readonly deadline: bigint
}

/**
 * Takes liquidity out in all tokens at once; never stopped by anything but its own limits.
 * @returns `amounts` received, in the pool's order.
 * @throws {ChainError} OUT_BELOW_MIN, LENGTH_MISMATCH, DEADLINE_PASSED, INSUFFICIENT_BALANCE (usage).
 */
export function exitProportional(
  account: ChainAccount,
  args: ProportionalExit,
): Promise<Mined & { readonly lpShares: bigint; readonly amounts: readonly bigint[] }> {
  const { pool, lpIn, minOut, to = account.address, deadline } = args
  const data = encodeFunctionData({
    abi: meanPoolAbi,
    functionName: 'exitProportional',
    args: [lpIn, minOut, to, deadline],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: pool, data })
    const event = { address: pool, abi: meanPoolAbi, eventName: 'Exited' } as const
    const { lpShares, amounts } = onlyEvent(receipt, event)
    return { receipt, result: { lpShares, amounts } }
  })
}
