import type { Departure } from '@fednode/protocol'
import type { AuditEntry } from './audit-entry.ts'
import type { SentTransaction } from './sent-transaction.ts'

/** To all of them. */
const MEMBERS = 'members'

/** What the log says already: of each message and blob, how many bytes whom was given. */
export type Told = {
  add(entry: Pick<AuditEntry, 'kind' | 'what' | 'round' | 'id' | 'to' | 'bytes'>): void
  /** Bytes of a departure that its receiver was not given before: at most the whole of a message or blob once. */
  newBytes(departure: Departure): number
  /**
   * Whether a transaction says something for the first time in its round: one that fails is sent again and again. The same scores in another
   * round are news, and each payment is.
   */
  isNews(sent: SentTransaction): boolean
}

/** Knows nothing yet. It grows with messages and blobs times their receivers, not with how often they ask. */
export function createTold(): Told {
  const told = new Map<string, number>()
  const sent = new Set<string>()
  const bytesOf = (id: string, to: string): number => told.get(`${id} ${to}`) ?? 0
  return {
    add(entry) {
      const { kind, id, to, bytes } = entry
      if (kind === 'transaction') sent.add(wordsOf(entry))
      else told.set(`${id} ${to}`, bytesOf(id, to) + bytes)
    },
    newBytes(departure) {
      const { to, sizeBytes } = departure
      if (departure.kind === 'blob') {
        const { cid, ofBytes } = departure
        return Math.max(0, Math.min(sizeBytes, ofBytes - bytesOf(cid, to)))
      }
      const { digest } = departure
      return bytesOf(digest, MEMBERS) + bytesOf(digest, to) > 0 ? 0 : sizeBytes
    },
    isNews: (transaction) => transaction.what === 'payment' || !sent.has(wordsOf(transaction)),
  }
}

/** What makes a transaction another one. */
function wordsOf({
  what,
  round,
  id,
  to,
}: Pick<AuditEntry, 'what' | 'round' | 'id' | 'to'>): string {
  return `${what} ${round ?? ''} ${id} ${to}`
}
