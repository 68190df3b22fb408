import { type Address, encodeFunctionData } from 'viem'
import { taskEmissionAbi } from '../../generated/network/task-emission.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/** What one task got, and the stake that it got it for; wei. */
export type TaskShare = { readonly task: bigint; readonly stake: bigint; readonly amount: bigint }

/**
 * Splits what was emitted over tasks by their stake; once a day, anybody may.
 * @returns `carried` in wei: what no task's stake claimed.
 * @throws {ChainError} DISTRIBUTION_TOO_EARLY.
 */
export function distributeEmission(
  account: ChainAccount,
  { taskEmission }: { readonly taskEmission: Address },
): Promise<Mined & { readonly shares: readonly TaskShare[]; readonly carried: bigint }> {
  const data = encodeFunctionData({ abi: taskEmissionAbi, functionName: 'distribute' })
  return act(account, async (send) => {
    const receipt = await send({ to: taskEmission, data })
    const event = { address: taskEmission, abi: taskEmissionAbi, eventName: 'Distributed' } as const
    const { tasks, stakes, amounts, carried } = onlyEvent(receipt, event)
    const shares = tasks.map((task, i) => ({
      task,
      stake: stakes[i] ?? 0n,
      amount: amounts[i] ?? 0n,
    }))
    return { receipt, result: { shares, carried } }
  })
}
