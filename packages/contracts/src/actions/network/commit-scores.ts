import { type Address, encodeFunctionData, type Hex } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Commits to the scores of a round; validators that were drawn. `commitment` is that of scoreCommitment.
 * @throws {ChainError} TASK_PHASE_OVER, NOT_DRAWN, NOT_SEATED (refused); ALREADY_COMMITTED.
 */
export function commitScores(
  account: ChainAccount,
  {
    registry,
    task,
    seat,
    commitment,
  }: {
    readonly registry: Address
    readonly task: bigint
    readonly seat: number
    readonly commitment: Hex
  },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'commitScores',
    args: [task, BigInt(seat), commitment],
  })
  return sendCall(account, { to: registry, data })
}
