import { type Address, encodeFunctionData } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import { eventsOf } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/** More than a round has: all that are left. */
const ALL_MODELS = 64n

/**
 * Counts a round of a task after its reveals and shares out its reward. Anybody may.
 * @returns `done`: false when models are left for another call.
 * @throws {ChainError} TASK_PHASE_RUNNING, WRONG_TASK_PHASE.
 */
export function countRound(
  account: ChainAccount,
  {
    registry,
    task,
    maxModels,
  }: { readonly registry: Address; readonly task: bigint; readonly maxModels?: number },
): Promise<Mined & { readonly done: boolean }> {
  const most = maxModels === undefined ? ALL_MODELS : BigInt(maxModels)
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'count',
    args: [task, most],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: registry, data })
    const event = { address: registry, abi: taskRegistryAbi, eventName: 'RoundCounted' } as const
    return { receipt, result: { done: eventsOf(receipt, event).length > 0 } }
  })
}
