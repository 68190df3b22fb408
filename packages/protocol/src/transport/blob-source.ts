import type { Cid } from '../ids.ts'
import { type BitField, fullBitField } from './bit-field.ts'
import { type BlobDescriptor, countChunks } from './blob-descriptor.ts'
import { BlobError } from './blob-error.ts'
import type { BlobTransfer } from './blob-transfer.ts'
import type { BlobStore, ChunkReader } from './types.ts'

/** Where the chunks of one blob come from while it is served. */
export type BlobSource = {
  readonly descriptor: BlobDescriptor
  /** Chunks that may be served now; grows while the blob is being received. */
  readonly here: BitField
  readonly reader: ChunkReader
  /** Resolves when more chunks are here, or after `ms`. */
  wait(ms: number): Promise<void>
  /** Whether chunks are missing that will not come any more. */
  isBroken(): boolean
}

/** What serving looks into. */
export type BlobPlaces = {
  readonly blobs: Pick<BlobStore, 'openReader'>
  readonly transfers: ReadonlyMap<Cid, BlobTransfer>
}

/** The blob that is being received, or the one in the store; undefined when there is neither. */
export async function openBlobSource(
  cid: Cid,
  { blobs, transfers }: BlobPlaces,
): Promise<BlobSource | undefined> {
  const transfer = transfers.get(cid)
  const parts = transfer?.parts()
  try {
    if (transfer !== undefined && parts !== undefined) {
      const { descriptor, here, writer } = parts
      return {
        descriptor,
        here,
        reader: await writer.openReader(),
        wait: (ms) => transfer.changes.wait(ms),
        isBroken: () => transfer.signal.aborted && !here.isFull(),
      }
    }
    const reader = await blobs.openReader(cid)
    const { descriptor } = reader
    return {
      ...{ descriptor, reader },
      here: fullBitField(countChunks(descriptor.size)),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      isBroken: () => false,
    }
  } catch (error) {
    // A damaged file was put aside: for the peer it is not there.
    if (error instanceof BlobError) return undefined
    throw error
  }
}
