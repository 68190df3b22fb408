import type { ChainReader } from '../types.ts'
import { readHeader } from './block-header.ts'
import type { EventStore } from './event-store.ts'

/** Before every block. */
const NOWHERE = -1

/**
 * The last indexed block that the chain still has: the tip, or after a reorg the newest one before the fork. A block stands
 * for all before it, so halving finds it in few requests, also when somebody put another chain in the place of this one.
 * @returns its number; -1 when no indexed block is left.
 * @throws {ChainError} RPC_FAILED.
 */
export async function findFork(reader: ChainReader, store: EventStore): Promise<number> {
  const tip = store.tip()
  if (tip === undefined || (await stands(reader, store, tip.number))) return tip?.number ?? NOWHERE
  const numbers = store.blockNumbers()
  let [good, bad] = [NOWHERE, numbers.length - 1]
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (await stands(reader, store, numbers[middle] ?? NOWHERE)) good = middle
    else bad = middle
  }
  return numbers[good] ?? NOWHERE
}

async function stands(reader: ChainReader, store: EventStore, number: number): Promise<boolean> {
  const header = await readHeader(reader, number)
  return header !== undefined && header.hash === store.blockUpTo(number)?.hash
}
