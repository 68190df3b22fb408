import type { Address, Hex } from 'viem'
import type { TaskTerms } from '../../actions/network/create-task.ts'
import { ask } from '../../ask.ts'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import { TOGETHER } from '../../together.ts'
import type { ChainReader } from '../../types.ts'

/** Where a task is, by ITaskRegistry.TaskPhase. */
export const TASK_PHASES = ['none', 'submitting', 'drawing', 'voting', 'finished'] as const

/** A task of the arena; amounts in wei, times in Unix seconds. */
export type Task = {
  readonly terms: TaskTerms
  readonly creator: Address
  readonly phase: (typeof TASK_PHASES)[number]
  readonly round: number
  /** Submitting: when the round may be frozen. Drawing: when it may be voided. Voting: when commitments end and reveals begin. */
  readonly deadline: number
  readonly finishedAt: number
  readonly beaconRound: bigint
  readonly pot: bigint
  readonly nodes: readonly Address[]
  readonly validators: readonly Address[]
  /** Models of the present round once it is frozen, in the order in which they are scored. */
  readonly entries: readonly {
    readonly node: Address
    readonly weight: bigint
    readonly model: Hex
  }[]
}

/**
 * A task as it is now; undefined when there is none of this number.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readTask(
  reader: ChainReader,
  { registry, task }: { readonly registry: Address; readonly task: bigint },
): Promise<Task | undefined> {
  const contract = { address: registry, abi: taskRegistryAbi } as const
  const call = { ...contract, args: [task] } as const
  const [view, terms, [nodes, validators]] = await ask(
    reader.public.multicall({
      ...TOGETHER,
      contracts: [
        { ...call, functionName: 'taskOf' },
        { ...call, functionName: 'termsOf' },
        { ...call, functionName: 'membersOf' },
      ],
    }),
  )
  const phase = TASK_PHASES[view.phase] ?? 'none'
  if (phase === 'none') return undefined
  const args = [task, view.round] as const
  const entries = await ask(
    reader.public.readContract({ ...contract, functionName: 'entriesOf', args }),
  )
  const { creator, round, deadline, finishedAt, beaconRound, pot } = view
  const now = { creator, phase, round, deadline, finishedAt, beaconRound, pot }
  return { terms, ...now, nodes, validators, entries }
}
