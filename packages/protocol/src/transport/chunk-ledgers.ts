import type { Cid } from '../ids.ts'
import { type ChunkLedger, createChunkLedger } from './chunk-ledger.ts'

/** Blobs of which it is remembered what was sent; of the largest, a ledger has 16,384 entries. */
const MAX_LEDGERS = 16

/** The ledgers of the blobs that were served last. @returns the one of a blob of `count` chunks. */
export function createChunkLedgers(): (cid: Cid, count: number) => ChunkLedger {
  const ledgers = new Map<Cid, ChunkLedger>()
  return (cid, count) => {
    const ledger = ledgers.get(cid) ?? createChunkLedger(count)
    ledgers.delete(cid)
    ledgers.set(cid, ledger)
    const [oldest] = ledgers.keys()
    if (ledgers.size > MAX_LEDGERS && oldest !== undefined) ledgers.delete(oldest)
    return ledger
  }
}
