import { createHash } from 'node:crypto'
import type { AuditLog } from '../audit/open-audit-log.ts'
import { createTransactionNotes } from '../voting/transaction-notes.ts'
import type { ArenaChain } from './arena-chain.ts'

/**
 * The same chain, before which everything that this member says of its data is written down: nothing is sent that cannot be. Of money
 * what came is written down afterwards.
 * @param contract - the registry of tasks, as the log names it.
 */
export function auditedArena(
  chain: ArenaChain,
  log: Pick<AuditLog, 'record'>,
  contract: string,
): ArenaChain {
  const { during, note, paid } = createTransactionNotes(log, contract)
  return {
    ...chain,
    async task() {
      const task = await chain.task()
      during(task.round)
      return task
    },
    async submit(model) {
      await note('model', model)
      return chain.submit(model)
    },
    async commit(seat, commitment) {
      await note('commitment', commitment)
      return chain.commit(seat, commitment)
    },
    async reveal(seat, vote) {
      await note('scores', digestOf(vote.scores))
      return chain.reveal(seat, vote)
    },
    claim: async () => paid(await chain.claim()),
  }
}

/** SHA-256 of the scores as a JSON list. */
function digestOf(scores: readonly number[]): string {
  return `0x${createHash('sha256').update(JSON.stringify(scores)).digest('hex')}`
}
