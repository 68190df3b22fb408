import { type Address, encodeFunctionData } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Fixes models, validators and stakes of a round, once its time for submissions is over. Anybody may.
 * @throws {ChainError} TASK_PHASE_RUNNING, WRONG_TASK_PHASE.
 */
export function freezeRound(
  account: ChainAccount,
  { registry, task }: { readonly registry: Address; readonly task: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'freeze',
    args: [task],
  })
  return sendCall(account, { to: registry, data })
}
