import { type Address, encodeFunctionData } from 'viem'
import { ask } from '../../ask.ts'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { spendCall } from './send-call.ts'

/**
 * Adds to the pot of a task that has not finished.
 * @throws {ChainError} WRONG_TASK_PHASE; INSUFFICIENT_BALANCE, AMOUNT_ZERO, UNKNOWN_TASK (usage).
 */
export async function fundTask(
  account: ChainAccount,
  {
    registry,
    task,
    amount,
  }: { readonly registry: Address; readonly task: bigint; readonly amount: bigint },
): Promise<Mined> {
  const read = { address: registry, abi: taskRegistryAbi, functionName: 'currency' } as const
  const token = await ask(account.public.readContract(read))
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'fundTask',
    args: [task, amount],
  })
  return spendCall(account, { to: registry, data, token, amount })
}
