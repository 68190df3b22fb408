import type { Round } from '@fednode/protocol'
import type { TaskTable } from '../journal/tasks.ts'
import type { FederatorChain } from './federator-chain.ts'

/**
 * Whether a payment for a round that was mined is not in the chain any more (T52). Nothing else tells: where pots are free, the contract
 * takes the assertion of an empty one, and after it the pot cannot be filled.
 * @throws {ChainError} when the chain does not answer.
 */
export async function isPotGone(
  round: Round,
  {
    journal,
    chain,
  }: { readonly journal: Pick<TaskTable, 'tasks'>; readonly chain: FederatorChain },
): Promise<boolean> {
  const paid = journal.tasks(round).find(({ work, done }) => done && work.step === 'fund')
  return paid?.hash !== undefined && !(await chain.hasReceipt(paid.hash))
}
