import type { AuditLog } from '../audit/open-audit-log.ts'
import type { SentTransaction } from '../audit/sent-transaction.ts'
import type { AllianceChain } from './alliance-chain.ts'

/**
 * The same chain, before which everything that this member says of its data is written down: nothing is sent that cannot be. Of money
 * what came is written down afterwards.
 * @param contract - the alliance's, as the log names it.
 */
export function auditedAlliance(
  chain: AllianceChain,
  { record }: Pick<AuditLog, 'record'>,
  contract: string,
): AllianceChain {
  let round: number | undefined
  const note = (what: SentTransaction['what'], id: string): Promise<void> => {
    const to = contract.toLowerCase()
    return record({ kind: 'transaction', what, ...(round === undefined ? {} : { round }), id, to })
  }
  return {
    ...chain,
    async state() {
      const state = await chain.state()
      round = state.round
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
    async claim() {
      const amount = await chain.claim()
      if (amount > 0n) await note('payment', String(amount))
      return amount
    },
  }
}
