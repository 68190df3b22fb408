import { type Address, encodeFunctionData } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Draws who scores what, once the beacon is known. Anybody may.
 * @throws {ChainError} SEED_UNKNOWN, WRONG_TASK_PHASE.
 */
export function drawRound(
  account: ChainAccount,
  { registry, task }: { readonly registry: Address; readonly task: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'draw',
    args: [task],
  })
  return sendCall(account, { to: registry, data })
}
