import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainReader } from '../../types.ts'

/** What an account earned in a task; wei. */
export type ArenaPurse = {
  /** Due at once, not claimed. */
  readonly free: bigint
  /** Vests from the task's end. */
  readonly locked: bigint
  /** Of what is locked, claimed. */
  readonly drawn: bigint
  /** What a claim would pay now. */
  readonly due: bigint
}

/** @throws {ChainError} RPC_FAILED. */
export async function readPurse(
  reader: ChainReader,
  args: { readonly registry: Address; readonly task: bigint; readonly member: Address },
): Promise<ArenaPurse> {
  const { registry, task, member } = args
  const [purse, due] = await ask(
    reader.public.readContract({
      address: registry,
      abi: taskRegistryAbi,
      functionName: 'purseOf',
      args: [task, member],
    }),
  )
  return { ...purse, due }
}
