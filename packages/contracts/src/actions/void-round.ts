import { type Address, encodeFunctionData } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Gives up an open round: the federator at any time, anyone after its timeout. Its pot is carried to the next one.
 * @returns `carried` in wei.
 * @throws {ChainError} ROUND_NOT_TIMED_OUT, WRONG_ROUND, WRONG_PHASE.
 */
export function voidRound(
  account: ChainAccount,
  args: { readonly scenario: Address; readonly round: number },
): Promise<Mined & { readonly carried: bigint }> {
  const { scenario, round } = args
  const data = encodeFunctionData({ abi: scenarioAbi, functionName: 'voidRound', args: [round] })
  return act(account, async (send) => {
    const receipt = await send({ to: scenario, data })
    const event = { address: scenario, abi: scenarioAbi, eventName: 'RoundVoided' } as const
    return { receipt, result: { carried: onlyEvent(receipt, event).carried } }
  })
}
