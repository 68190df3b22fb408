import { type Address, encodeFunctionData } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Returns what is unspent to the federator once all rounds are settled; no holder gets less.
 * @returns `returned` in wei.
 * @throws {ChainError} NOTHING_TO_RETURN, WRONG_PHASE.
 */
export function closeScenario(
  account: ChainAccount,
  args: { readonly scenario: Address },
): Promise<Mined & { readonly returned: bigint }> {
  const { scenario } = args
  const data = encodeFunctionData({ abi: scenarioAbi, functionName: 'close' })
  return act(account, async (send) => {
    const receipt = await send({ to: scenario, data })
    const event = { address: scenario, abi: scenarioAbi, eventName: 'Closed' } as const
    return { receipt, result: { returned: onlyEvent(receipt, event).returned } }
  })
}
