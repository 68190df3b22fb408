import type { BlobStore } from '@fednode/protocol'
import type { FaultStep, Reach } from './fault-step.ts'
import { reachingAfter } from './reaching-after.ts'

/** A blob store that tells of the chunks and the blobs that arrive, and of those that its owner puts into it (`stored`). */
export function reachingBlobs(
  blobs: BlobStore,
  stored: FaultStep,
  reach: Reach | undefined,
): BlobStore {
  if (reach === undefined) return blobs
  return {
    ...reachingAfter(blobs, { put: () => stored }, reach),
    async openWriter(descriptor) {
      const writer = await blobs.openWriter(descriptor)
      return reachingAfter(
        writer,
        { writeChunks: () => 'blob.chunk-written', commit: () => 'blob.committed' },
        reach,
      )
    },
  }
}
