import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { taskEmissionAbi } from '../../generated/network/task-emission.ts'
import type { ChainReader } from '../../types.ts'

/** A task that takes part in the emission: its stake now, and what it was given and has not collected; wei. */
export type TaskEmissionState = {
  readonly task: bigint
  readonly stake: bigint
  readonly owed: bigint
}

/** @throws {ChainError} RPC_FAILED. */
export async function readTaskEmission(
  reader: ChainReader,
  { taskEmission }: { readonly taskEmission: Address },
): Promise<readonly TaskEmissionState[]> {
  const contract = { address: taskEmission, abi: taskEmissionAbi } as const
  const chain = reader.public
  const [tasks, stakeManager] = await ask(
    Promise.all([
      chain.readContract({ ...contract, functionName: 'tasks' }),
      chain.readContract({ ...contract, functionName: 'stakes' }),
    ]),
  )
  const stakes = { address: stakeManager, abi: stakeManagerAbi } as const
  const read = async (task: bigint): Promise<TaskEmissionState> => {
    const [stake, owed] = await Promise.all([
      chain.readContract({ ...stakes, functionName: 'taskStakeOf', args: [task] }),
      chain.readContract({ ...contract, functionName: 'owedTo', args: [task] }),
    ])
    return { task, stake, owed }
  }
  return ask(Promise.all(tasks.map(read)))
}
