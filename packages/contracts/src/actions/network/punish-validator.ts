import { type Address, encodeFunctionData } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Slashes a validator that did not reveal what it was drawn for, or was far off; the account gets the part of a reporter.
 * @throws {ChainError} NOTHING_TO_PUNISH, ROUND_NOT_COUNTED.
 */
export function punishValidator(
  account: ChainAccount,
  {
    registry,
    task,
    round,
    seat,
  }: {
    readonly registry: Address
    readonly task: bigint
    readonly round: number
    readonly seat: number
  },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'punish',
    args: [task, round, BigInt(seat)],
  })
  return sendCall(account, { to: registry, data })
}
