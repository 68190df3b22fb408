import { type Address, encodeFunctionData } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Pays what a member of a task has earned as far as it is due, to it and its delegators. Anybody may.
 * @throws {ChainError} NOTHING_DUE.
 */
export function claimArena(
  account: ChainAccount,
  {
    registry,
    task,
    member,
  }: { readonly registry: Address; readonly task: bigint; readonly member: Address },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'claim',
    args: [task, member],
  })
  return sendCall(account, { to: registry, data })
}
