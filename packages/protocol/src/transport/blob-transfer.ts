import type { PeerIdText } from '../ids.ts'
import { BLOB_CHUNK_BYTES } from '../limits.ts'
import type { BlobRef } from '../messages/types.ts'
import { type BitField, createBitField } from './bit-field.ts'
import { type BlobDescriptor, chunkRange, countChunks } from './blob-descriptor.ts'
import { BlobError } from './blob-error.ts'
import { type BufferPool, createBufferPool } from './buffer-pool.ts'
import { type Changes, createChanges } from './changes.ts'
import { type ChunkSchedule, createChunkSchedule } from './chunk-schedule.ts'
import { createChunkWrites } from './chunk-writes.ts'
import { WRITE_BUFFERS } from './limits.ts'
import type { BlobStore, BlobWriter, TransferProgress } from './types.ts'

/** A blob on its way into the store, filled by several providers and served to others at the same time. */
export type BlobTransfer = {
  readonly ref: BlobRef
  /** Fires when there is nothing left to ask for, and with the reason when the transfer cannot succeed. */
  readonly signal: AbortSignal
  /** Tells of every chunk that is written, and of the end. */
  readonly changes: Changes
  /** Undefined until a provider has given the descriptor. */
  parts(): TransferParts | undefined
  /**
   * With the checked descriptor the first time; makes room for the blob.
   * @throws {BlobError} BLOB_DISK_FULL, BLOB_STORE_FAILED.
   */
  open(descriptor: BlobDescriptor): Promise<TransferParts>
  /** This provider will not be asked again. */
  lose(peer: PeerIdText): void
  /** Writes a verified chunk; its memory is free again when this resolves. Never rejects: see `signal`. */
  accept(index: number, chunk: Uint8Array): Promise<void>
  /** Bytes that are verified and written. */
  received(): number
  /** Makes the blob durable and visible. @throws {BlobError} BLOB_STORE_FAILED. */
  commit(): Promise<void>
  /** Stops; what is written stays for a later try. Harmless after commit(). */
  suspend(): Promise<void>
}

export type TransferParts = {
  readonly descriptor: BlobDescriptor
  readonly schedule: ChunkSchedule
  /** Chunks that are written, and may be served. */
  readonly here: BitField
  readonly writer: BlobWriter
  /** Room for chunks that come in or wait for the disk, of all providers together. */
  readonly buffers: BufferPool
}

/** @param options.peers - who will be asked; the first is the origin (see Host.fetchBlob). */
export function createBlobTransfer(options: {
  readonly ref: BlobRef
  readonly peers: readonly PeerIdText[]
  readonly blobs: Pick<BlobStore, 'openWriter'>
  random(): number
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined
}): BlobTransfer {
  const { ref, peers, blobs, random, onProgress } = options
  const ended = new AbortController()
  const changes = createChanges()
  const writes = new Set<Promise<void>>()
  const lost = new Set<PeerIdText>()
  let opening: Promise<TransferParts> | undefined
  let parts: TransferParts | undefined
  let write: ((index: number, chunk: Uint8Array) => Promise<void>) | undefined
  let received = 0

  async function openParts(descriptor: BlobDescriptor): Promise<TransferParts> {
    const writer = await guardStore(ref, blobs.openWriter(descriptor))
    const here = copyOf(writer.here)
    received = bytesOf(here, ref.size)
    const [origin, ...rest] = peers
    if (origin === undefined) throw nobody(ref)
    const others = rest.filter((peer) => !lost.has(peer))
    const schedule = createChunkSchedule({ here, origin, others, random })
    const buffers = createBufferPool(WRITE_BUFFERS, Math.min(ref.size, BLOB_CHUNK_BYTES))
    const chunkWrites = createChunkWrites(writer.writeChunks)
    write = async (index, chunk) => {
      await chunkWrites.add(index, chunk)
      written({ here, index, chunk })
    }
    parts = { descriptor, schedule, here, writer, buffers }
    if (schedule.isComplete()) end()
    return parts
  }

  function written({ here, index, chunk }: { here: BitField; index: number; chunk: Uint8Array }) {
    here.add(index)
    received += chunk.length
    onProgress?.({ cid: ref.cid, received, size: ref.size })
    if (here.isFull()) ended.abort()
    changes.notify()
  }

  function end(reason?: unknown): void {
    ended.abort(reason)
    changes.notify()
  }

  return {
    ref,
    signal: ended.signal,
    changes,
    parts: () => parts,
    open(descriptor) {
      opening ??= openParts(descriptor).catch((error: unknown) => {
        end(error)
        throw error
      })
      return opening
    },
    lose(peer) {
      lost.add(peer)
      parts?.schedule.lose(peer)
    },
    async accept(index, chunk) {
      if (write === undefined) return
      const work = guardStore(ref, write(index, chunk)).catch(end)
      writes.add(work)
      await work
      writes.delete(work)
    },
    received: () => received,
    commit: () => guardStore(ref, parts?.writer.commit() ?? Promise.resolve()),
    async suspend() {
      end()
      await Promise.all(writes)
      const opened = await opening?.catch(() => undefined)
      await opened?.writer.suspend()
    },
  }
}

function copyOf(field: BitField): BitField {
  const copy = createBitField(field.count)
  for (let index = 0; index < field.count; index++) if (field.has(index)) copy.add(index)
  return copy
}

function bytesOf(here: BitField, size: number): number {
  let bytes = 0
  for (let index = 0; index < countChunks(size); index++) {
    const { start, end } = chunkRange(size, index)
    if (here.has(index)) bytes += end - start
  }
  return bytes
}

function nobody({ cid }: BlobRef): BlobError {
  return new BlobError(`nobody to ask for ${cid}`, { code: 'BLOB_NOT_FOUND', cid })
}

// Told apart from what the network does: no other provider helps against a full disk.
async function guardStore<T>({ cid }: BlobRef, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    if (cause instanceof BlobError) throw cause
    const info = { code: 'BLOB_STORE_FAILED', cid } as const
    throw new BlobError(`blob ${cid} could not be stored`, info, { cause })
  }
}
