import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainReader } from '../../types.ts'

/** A validator in one round of a task. */
export type TaskSeat = {
  readonly seat: number
  /** Numbers of the models that it was drawn for; none before the draw. */
  readonly models: readonly number[]
  readonly committed: boolean
  readonly revealed: boolean
  readonly punished: boolean
}

/** Most models of a round. */
const MAX_MODELS = 64

/**
 * What a validator has to do, and did, in a round; undefined when it has no seat.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readSeat(
  reader: ChainReader,
  args: {
    readonly registry: Address
    readonly task: bigint
    readonly round: number
    readonly validator: Address
  },
): Promise<TaskSeat | undefined> {
  const { registry, task, round, validator } = args
  const view = await ask(
    reader.public.readContract({
      address: registry,
      abi: taskRegistryAbi,
      functionName: 'seatOf',
      args: [task, round, validator],
    }),
  )
  if (!view.seated) return undefined
  const numbers = Array.from({ length: MAX_MODELS }, (_, model) => model)
  const models = numbers.filter((model) => ((view.assigned >> BigInt(model)) & 1n) === 1n)
  const { seat, committed, revealed, punished } = view
  return { seat, models, committed, revealed, punished }
}
