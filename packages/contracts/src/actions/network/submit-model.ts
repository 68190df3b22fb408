import { type Address, encodeFunctionData, type Hex } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Submits a model by its digest for the round that is frozen next, in place of an earlier one; nodes only.
 * @throws {ChainError} NOT_IN_TASK (refused); MODEL_ZERO (usage).
 */
export function submitModel(
  account: ChainAccount,
  {
    registry,
    task,
    model,
  }: { readonly registry: Address; readonly task: bigint; readonly model: Hex },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'submitModel',
    args: [task, model],
  })
  return sendCall(account, { to: registry, data })
}
