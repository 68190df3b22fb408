import { type Address, encodeFunctionData, type Hex } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Reveals what was committed to: 0 to 10,000 for each model that was drawn, 65,535 for the others.
 * @throws {ChainError} COMMITMENT_MISMATCH, TASK_PHASE_OVER (refused); TASK_PHASE_RUNNING; SCORE_INVALID (usage).
 */
export function revealScores(
  account: ChainAccount,
  {
    registry,
    task,
    seat,
    scores,
    salt,
  }: {
    readonly registry: Address
    readonly task: bigint
    readonly seat: number
    readonly scores: readonly number[]
    readonly salt: Hex
  },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'revealScores',
    args: [task, BigInt(seat), scores, salt],
  })
  return sendCall(account, { to: registry, data })
}
