import { type Address, encodeFunctionData } from 'viem'
import { ask } from '../ask.ts'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Federator only, while a round is open: brings the next client that registered late into the open pool, in index order. The tokens
 * have waited for it since the registration; no LP shares are made. The client takes part in the round, which has been open for a
 * challenge window: LPs had that long to leave.
 * @returns the client's `token` and the `amount` of it that the pool got, in wei.
 * @throws {ChainError} NOT_FEDERATOR, NOTHING_TO_LIST, CHALLENGE_WINDOW_RUNNING, WRONG_PHASE, MARKET_NOT_OPEN, WEIGHT_OUT_OF_RANGE,
 * PAUSED.
 */
export function listClient(
  account: ChainAccount,
  args: { readonly scenario: Address },
): Promise<Mined & { readonly token: Address; readonly amount: bigint }> {
  const contract = { address: args.scenario, abi: scenarioAbi } as const
  const data = encodeFunctionData({ abi: scenarioAbi, functionName: 'listClient' })
  return act(account, async (send) => {
    const pool = await ask(account.public.readContract({ ...contract, functionName: 'pool' }))
    const receipt = await send({ to: args.scenario, data })
    const event = { address: pool, abi: meanPoolAbi, eventName: 'Listed' } as const
    const { token, amount } = onlyEvent(receipt, event)
    return { receipt, result: { token, amount } }
  })
}
