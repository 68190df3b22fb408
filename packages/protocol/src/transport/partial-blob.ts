import { constants } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { BLOB_CHUNK_BYTES } from '../limits.ts'
import { type BitField, createBitField } from './bit-field.ts'
import { type BlobDescriptor, chunkRange, countChunks, isChunk } from './blob-descriptor.ts'
import { readAt, syncDirectory, writeFully } from './blob-file.ts'
import type { BlobWriter, ChunkReader } from './types.ts'

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
  return {
    here,
    openReader: () => openChunkReader(temporary, descriptor.size),
    writeChunk: (index, chunk) =>
      writeFully(handle, chunk, chunkRange(descriptor.size, index).start),
    async commit() {
      // What is there may have been longer.
      await handle.truncate(descriptor.size)
      await handle.sync()
      await close()
      await rename(temporary, final)
      await syncDirectory(directory)
    },
    suspend: close,
    async discard() {
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
    async readChunk(index) {
      const { start, end } = chunkRange(size, index)
      const chunk = Buffer.allocUnsafeSlow(end - start)
      await readAt(handle, chunk, start)
      return chunk
    },
    close: () => handle.close(),
  }
}
