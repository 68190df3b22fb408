import { type BlobRef, type BlobStore, FedError, type Logger } from '@fednode/protocol'
import { decodeMemory, type MemoryKind } from './silo-memory.ts'

/**
 * Reads what a silo carried over from its last round that counted. A file that is lost or damaged is said, and the silo begins anew: the
 * federation needs its rows more than its memory.
 */
export async function recallMemory(
  ref: BlobRef | undefined,
  expected: { readonly kind: MemoryKind; readonly length: number },
  deps: { readonly blobs: Pick<BlobStore, 'get'>; readonly logger: Logger },
): Promise<Float32Array | undefined> {
  if (ref === undefined) return undefined
  try {
    return decodeMemory(await deps.blobs.get(ref.cid), expected.kind, expected.length)
  } catch (error) {
    if (!(error instanceof FedError)) throw error
    const what = { memory: expected.kind, cid: ref.cid, code: error.code }
    deps.logger.warn(what, 'the memory of earlier rounds cannot be read, it begins anew')
    return undefined
  }
}
