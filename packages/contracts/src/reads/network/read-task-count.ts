import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainReader } from '../../types.ts'

/**
 * How many tasks an arena has had; they are numbered from 1 to this.
 * @throws {ChainError} RPC_FAILED.
 */
export function readTaskCount(
  reader: ChainReader,
  { registry }: { readonly registry: Address },
): Promise<bigint> {
  const call = { address: registry, abi: taskRegistryAbi, functionName: 'tasks' } as const
  return ask(reader.public.readContract(call))
}
