import { OPEN_ASKS } from './limits.ts'

/** Memory for batches that leave, used in turn. */
export type Slabs = {
  /** The memory of the batch three before: an asker that sends one more ask has received that one whole. */
  next(): Uint8Array
}

/**
 * Fresh memory for every batch costs the collector more than the sending itself. An asker that breaks the rule (OPEN_ASKS and the batch that
 * it reads) spoils only what it receives itself, with bytes of the same blob.
 * @param bytes - length of the longest batch.
 */
export function createSlabs(bytes: number): Slabs {
  const slabs: Uint8Array[] = []
  let turn = 0
  return {
    next() {
      turn = (turn + 1) % (OPEN_ASKS + 1)
      const slab = slabs[turn] ?? new Uint8Array(bytes)
      slabs[turn] = slab
      return slab
    },
  }
}
