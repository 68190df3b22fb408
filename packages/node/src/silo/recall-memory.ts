import { type BlobRef, type BlobStore, FedError, type Logger } from '@fednode/protocol'
import { decodeMemory, type SiloMemory } from './silo-memory.ts'

/**
 * Reads what a silo carried over from its last round that counted. A file that is lost or damaged is said, and the silo begins anew: the
 * federation needs its rows more than its memory.
 * @param expected - see decodeMemory.
 */
export async function recallMemory(
  ref: BlobRef | undefined,
  expected: Parameters<typeof decodeMemory>[1],
  deps: { readonly blobs: Pick<BlobStore, 'get'>; readonly logger: Logger },
): Promise<SiloMemory> {
  if (ref === undefined) return {}
  try {
    return decodeMemory(await deps.blobs.get(ref.cid), expected)
  } catch (error) {
    if (!(error instanceof FedError)) throw error
    const memory = Object.keys(expected).join()
    const what = { memory, cid: ref.cid, code: error.code }
    deps.logger.warn(what, 'the memory of earlier rounds cannot be read, it begins anew')
    return {}
  }
}
