import { type Address, encodeFunctionData, type Hex } from 'viem'
import { ask } from '../../ask.ts'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import { checkBalance } from '../../spend.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/** What a task of the arena is created with (ITaskRegistry.TaskTerms). */
export type TaskTerms = {
  /** Digests of the task's manifest, and of the rule by which validators score a model from 0 to 10,000. */
  readonly manifest: Hex
  readonly evaluation: Hex
  readonly rounds: number
  /** 60 to 14 days each; all rounds together at most 60 days. */
  readonly submitSeconds: number
  readonly commitSeconds: number
  readonly revealSeconds: number
  /** What nodes, and validators, get at least of a round's reward, in ten-thousandths: 0 to 5,000. */
  readonly shareBps: number
  /** Validators per model, 1 to 16. */
  readonly seats: number
}

/**
 * Poses a task; the account becomes its creator, whose stake (of role TASK_CREATOR in task 0 of the registry) must cover all its tasks.
 * @param args - `pot` in wei: what the account is about to fund it with; nothing is sent when it owns less.
 * @throws {ChainError} CREATOR_STAKE_TOO_SMALL (refused); TASK_TERM_INVALID naming the term, INSUFFICIENT_BALANCE (usage).
 */
export function createTask(
  account: ChainAccount,
  args: { readonly registry: Address; readonly terms: TaskTerms; readonly pot?: bigint },
): Promise<Mined & { readonly task: bigint }> {
  const { registry, terms, pot = 0n } = args
  const contract = { address: registry, abi: taskRegistryAbi } as const
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'createTask',
    args: [terms],
  })
  return act(account, async (send) => {
    const token = await ask(account.public.readContract({ ...contract, functionName: 'currency' }))
    await checkBalance(account, { token, amount: pot })
    const receipt = await send({ to: registry, data })
    const { task } = onlyEvent(receipt, { ...contract, eventName: 'TaskCreated' })
    return { receipt, result: { task } }
  })
}
