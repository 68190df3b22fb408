import type { Address, Hex } from 'viem'
import { ask } from '../../ask.ts'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainReader } from '../../types.ts'

/** What an account is in a task. */
export type TaskMember = {
  readonly role: 'none' | 'node' | 'validator'
  /** Its stake is held no more. */
  readonly released: boolean
  /** Of a node: what it last submitted. */
  readonly model: Hex | undefined
}

/** ITaskRegistry.TaskRole. */
const ROLES = ['none', 'node', 'validator'] as const

/**
 * What an account is in a task.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readTaskMember(
  reader: ChainReader,
  args: { readonly registry: Address; readonly task: bigint; readonly member: Address },
): Promise<TaskMember> {
  const { registry, task, member } = args
  const { role, released, model } = await ask(
    reader.public.readContract({
      address: registry,
      abi: taskRegistryAbi,
      functionName: 'memberOf',
      args: [task, member],
    }),
  )
  return {
    role: ROLES[role] ?? 'none',
    released,
    model: BigInt(model) === 0n ? undefined : model,
  }
}
