import type { AuditLog } from '../audit/open-audit-log.ts'
import { createTransactionNotes } from '../voting/transaction-notes.ts'
import type { AllianceChain } from './alliance-chain.ts'

/**
 * The same chain, before which everything that this member says of its data is written down: nothing is sent that cannot be. Of money
 * what came is written down afterwards.
 * @param contract - the alliance's, as the log names it.
 */
export function auditedAlliance(
  chain: AllianceChain,
  log: Pick<AuditLog, 'record'>,
  contract: string,
): AllianceChain {
  const { during, note, paid } = createTransactionNotes(log, contract)
  return {
    ...chain,
    async state() {
      const state = await chain.state()
      during(state.round)
      return state
    },
    async contribute(seat, digest) {
      await note('contribution', digest)
      return chain.contribute(seat, digest)
    },
    async commitVote(seat, commitment) {
      await note('commitment', commitment)
      return chain.commitVote(seat, commitment)
    },
    async revealVote(seat, ballot, salt) {
      await note('vote', ballot.digest)
      return chain.revealVote(seat, ballot, salt)
    },
    claim: async () => paid(await chain.claim()),
  }
}
