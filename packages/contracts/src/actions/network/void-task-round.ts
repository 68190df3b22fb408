import { type Address, encodeFunctionData } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Ends a round whose beacon has not come for a day. Anybody may.
 * @throws {ChainError} TASK_PHASE_RUNNING, BEACON_KNOWN, WRONG_TASK_PHASE.
 */
export function voidTaskRound(
  account: ChainAccount,
  { registry, task }: { readonly registry: Address; readonly task: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'voidRound',
    args: [task],
  })
  return sendCall(account, { to: registry, data })
}
