import type { AuditLog } from '../audit/open-audit-log.ts'
import type { SentTransaction } from '../audit/sent-transaction.ts'

/** Writes down what a member tells one contract of its data, and what that pays it. */
export type TransactionNotes = {
  /** Of which round everything is from now on. */
  during(round: number): void
  /** To be called before it is sent: nothing is sent that cannot be written down. */
  note(what: SentTransaction['what'], id: string): Promise<void>
  /** What came, wei; nothing is written of nothing. @returns the same. */
  paid(amount: bigint): Promise<bigint>
}

/** @param contract - as the log names it. */
export function createTransactionNotes(
  { record }: Pick<AuditLog, 'record'>,
  contract: string,
): TransactionNotes {
  const to = contract.toLowerCase()
  let present: number | undefined
  const note: TransactionNotes['note'] = (what, id) => {
    const at = present === undefined ? {} : { round: present }
    return record({ kind: 'transaction', what, ...at, id, to })
  }
  return {
    during(round) {
      present = round
    },
    note,
    async paid(amount) {
      if (amount > 0n) await note('payment', String(amount))
      return amount
    },
  }
}
