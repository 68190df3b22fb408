import { type Address, encodeFunctionData } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Stops swaps, joins, single-token exits, registration, funding and assertions for three days; guardian only. Claims, proportional
 * exits, disputes and settlements go on.
 * @returns `until` in Unix seconds.
 * @throws {ChainError} NOT_GUARDIAN (refused), PAUSED, PAUSE_RESTING.
 */
export function pause(
  account: ChainAccount,
  args: { readonly scenario: Address },
): Promise<Mined & { readonly until: bigint }> {
  const { scenario } = args
  const data = encodeFunctionData({ abi: scenarioAbi, functionName: 'pause' })
  return act(account, async (send) => {
    const receipt = await send({ to: scenario, data })
    const event = { address: scenario, abi: scenarioAbi, eventName: 'Paused' } as const
    return { receipt, result: { until: onlyEvent(receipt, event).until } }
  })
}
