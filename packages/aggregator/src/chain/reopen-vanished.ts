import type { Round } from '@fednode/protocol'
import type { TaskTable } from '../journal/tasks.ts'
import type { FederatorChain } from './federator-chain.ts'

/**
 * Puts steps back into the queue whose transactions are gone from the chain (T52). One that has a receipt stays, whatever else a node
 * says, and so does a payment of which no transaction is known: a pot that is missing is refused by the contract, one that is paid
 * twice is not (T51).
 * @param from - steps of this round and later, before the step `before`.
 * @throws {ChainError} when the chain does not answer.
 */
export async function reopenVanished(
  { journal, chain }: { readonly journal: TaskTable; readonly chain: FederatorChain },
  from: { readonly round: Round; readonly before: number },
): Promise<void> {
  for (const { id, round, done, work, hash } of journal.tasks()) {
    if (!done || round < from.round || id >= from.before) continue
    const isKept = hash === undefined ? work.step === 'fund' : await chain.hasReceipt(hash)
    if (!isKept) journal.reopenTask(id)
  }
}
