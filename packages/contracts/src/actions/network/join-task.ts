import { type Address, encodeFunctionData } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Takes part in a task with the stake that the account has in it; the stake is held until the task has finished.
 * @throws {ChainError} MEMBER_STAKE_TOO_SMALL, ALREADY_IN_TASK (refused); TASK_FULL.
 */
export function joinTask(
  account: ChainAccount,
  {
    registry,
    task,
    role,
  }: { readonly registry: Address; readonly task: bigint; readonly role: 'node' | 'validator' },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'join',
    args: [task, role === 'node' ? 1 : 2],
  })
  return sendCall(account, { to: registry, data })
}
