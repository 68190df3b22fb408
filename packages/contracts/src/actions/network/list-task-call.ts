import { type Address, encodeFunctionData } from 'viem'
import { taskEmissionAbi } from '../../generated/network/task-emission.ts'
import type { NetworkCall } from './send-call.ts'

/** The call that gives a task, of the arena or an alliance, its part of the emission from then on; only a proposal can make it. */
export function listTaskCall({
  taskEmission,
  task,
}: {
  readonly taskEmission: Address
  readonly task: bigint
}): NetworkCall {
  const call = { abi: taskEmissionAbi, functionName: 'addTask', args: [task] } as const
  return { to: taskEmission, data: encodeFunctionData(call) }
}
