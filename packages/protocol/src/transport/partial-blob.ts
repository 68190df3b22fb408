import { constants } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { BLOB_CHUNK_BYTES } from '../limits.ts'
import { type BitField, createBitField } from './bit-field.ts'
import { type BlobDescriptor, chunkRange, countChunks, isChunk } from './blob-descriptor.ts'
import { readAt, syncDirectory, writeFully } from './blob-file.ts'
import type { BlobWriter, ChunkReader } from './types.ts'

/** Written bytes after which the disk is told to keep them. */
const FLUSH_BYTES = 33_554_432

/** Where a blob is written and where it goes. */
export type PartialBlobPaths = {
  /** Created with mode 0600 when it is not there; belongs to one writer at a time. */
  readonly temporary: string
  readonly final: string
  /** Directory of `final`. */
  readonly directory: string
}

/** A writer over a file; `discard` removes it, harmless after commit(). */
export type PartialBlob = BlobWriter & { discard(): Promise<void> }

/**
 * Opens a file that may hold chunks of an earlier try. They are hashed again: nothing is believed that a crash may have left, and there
 * is no second file that could contradict the first.
 */
export async function openPartialBlob(
  descriptor: BlobDescriptor,
  { temporary, final, directory }: PartialBlobPaths,
): Promise<PartialBlob> {
  const handle = await open(temporary, constants.O_RDWR | constants.O_CREAT, 0o600)
  let isOpen = true
  async function close(): Promise<void> {
    if (!isOpen) return
    isOpen = false
    await handle.close()
  }
  const here = await verifiedChunks(handle, descriptor).catch(async (error: unknown) => {
    await close()
    throw error
  })
  const flushes = createFlushes(() => handle.datasync())
  return {
    here,
    openReader: () => openChunkReader(temporary, descriptor.size),
    async writeChunks(first, chunks) {
      await writeFully(handle, chunks, chunkRange(descriptor.size, first).start)
      flushes.wrote(chunks.length * BLOB_CHUNK_BYTES)
    },
    async commit() {
      await flushes.ended()
      flushes.assertKept()
      // What is there may have been longer.
      await handle.truncate(descriptor.size)
      await handle.sync()
      await close()
      await rename(temporary, final)
      await syncDirectory(directory)
    },
    async suspend() {
      await flushes.ended()
      await close()
    },
    async discard() {
      await flushes.ended()
      await close()
      await rm(temporary, { force: true })
    },
  }
}

async function verifiedChunks(handle: FileHandle, descriptor: BlobDescriptor): Promise<BitField> {
  const count = countChunks(descriptor.size)
  const here = createBitField(count)
  const { size } = await handle.stat()
  const buffer = new Uint8Array(size === 0 ? 0 : BLOB_CHUNK_BYTES)
  for (let index = 0; index < count; index++) {
    const { start, end } = chunkRange(descriptor.size, index)
    if (end > size) break
    const chunk = buffer.subarray(0, end - start)
    if ((await readAt(handle, chunk, start)) && isChunk(descriptor, index, chunk)) here.add(index)
  }
  return here
}

// A handle of its own: it goes on reading when the writer has renamed the file and closed.
async function openChunkReader(path: string, size: number): Promise<ChunkReader> {
  const handle = await open(path, 'r')
  return {
    async readChunks({ first, count, into }) {
      const { start } = chunkRange(size, first)
      const length = chunkRange(size, first + count - 1).end - start
      await readAt(handle, into.subarray(0, length), start)
      return length
    },
    close: () => handle.close(),
  }
}

/** Has the disk write while the rest is still coming, so that little is left to wait for at the end; one flush at a time. */
function createFlushes(flush: () => Promise<void>) {
  let running: Promise<void> | undefined
  let bytes = 0
  let failure: { readonly error: unknown } | undefined
  return {
    wrote(count: number): void {
      bytes += count
      if (running !== undefined || bytes < FLUSH_BYTES) return
      bytes = 0
      running = flush()
        .catch((error: unknown) => {
          failure = { error }
        })
        .finally(() => {
          running = undefined
        })
    },
    ended: async (): Promise<void> => running,
    /** The system reports a write that failed once, to one flush: the sync at the end may know nothing of it. */
    assertKept(): void {
      if (failure !== undefined) throw failure.error
    },
  }
}
