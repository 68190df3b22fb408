import { type Address, encodeFunctionData } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Frees the stake of a member once the task has finished. Anybody may.
 * @throws {ChainError} WRONG_TASK_PHASE, ALREADY_RELEASED.
 */
export function releaseMember(
  account: ChainAccount,
  {
    registry,
    task,
    member,
  }: { readonly registry: Address; readonly task: bigint; readonly member: Address },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'release',
    args: [task, member],
  })
  return sendCall(account, { to: registry, data })
}
