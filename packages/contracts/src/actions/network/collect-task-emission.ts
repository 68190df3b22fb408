import { type Address, encodeFunctionData } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Takes what the emission gave a task into its pot. Anybody may.
 * @throws {ChainError} NOTHING_DUE.
 */
export function collectTaskEmission(
  account: ChainAccount,
  { registry, task }: { readonly registry: Address; readonly task: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'collectEmission',
    args: [task],
  })
  return sendCall(account, { to: registry, data })
}
