import { type Address, encodeFunctionData } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Closes a task that has finished: what is left of its pot goes back, and its creator's stake is free. Anybody may.
 * @throws {ChainError} WRONG_TASK_PHASE, ALREADY_RELEASED.
 */
export function closeTask(
  account: ChainAccount,
  { registry, task }: { readonly registry: Address; readonly task: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'closeTask',
    args: [task],
  })
  return sendCall(account, { to: registry, data })
}
