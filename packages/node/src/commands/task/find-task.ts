import { type ChainReader, type Network, readTask, type Task } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import type { TaskName } from '../../options/task-name.ts'
import { taskNumber } from '../stake/stake-place.ts'

/** A task and its number in the StakeManager. */
export type FoundTask = { readonly number: bigint; readonly task: Task }

/** The task that the arguments name. @throws {UserError} usage UNKNOWN_TASK. */
export async function findTask(
  reader: ChainReader,
  network: Network,
  name: TaskName,
): Promise<FoundTask> {
  const number = taskNumber(network, name)
  const { registry } = network.contracts
  const task = await readTask(reader, { registry, task: number })
  if (task !== undefined) return { number, task }
  throw new UserError('usage', `there is no task ${name.owner}:${name.number} in this arena`, {
    code: 'UNKNOWN_TASK',
    hint: 'fednode task list  shows those that there are.',
  })
}
