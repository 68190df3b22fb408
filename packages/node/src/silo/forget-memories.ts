import type { BlobStore, Cid } from '@fednode/protocol'
import type { SiloJournal } from './silo-journal.ts'

/**
 * Removes memories that no later round can begin with: all but `keep`. The file goes first, so that a crash leaves a row which is tidied
 * again, never a file of which nobody knows.
 */
export async function forgetMemories(
  { journal, blobs }: { readonly journal: SiloJournal; readonly blobs: Pick<BlobStore, 'remove'> },
  keep: readonly (Cid | undefined)[],
): Promise<void> {
  for (const { round, memory } of journal.memories()) {
    if (keep.includes(memory.cid)) continue
    await blobs.remove(memory.cid)
    journal.forgetMemory(round)
  }
}
