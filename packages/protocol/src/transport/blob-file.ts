import { type FileHandle, open, rename } from 'node:fs/promises'
import type { Cid } from '../ids.ts'
import { BLOB_CHUNK_BYTES } from '../limits.ts'
import {
  type BlobDescriptor,
  chunkRange,
  cidOfDescriptor,
  countChunks,
  createDescriber,
  isBlobSize,
} from './blob-descriptor.ts'
import { BlobError } from './blob-error.ts'
import type { ChunkReader } from './types.ts'

/** An open file that should hold the blob `cid`. */
export type BlobFile = { readonly handle: FileHandle; readonly path: string; readonly cid: Cid }

/** @throws {BlobError} BLOB_NOT_FOUND */
export async function openBlobFile(path: string, cid: Cid): Promise<BlobFile> {
  try {
    return { handle: await open(path, 'r'), path, cid }
  } catch (cause) {
    if (!isMissing(cause)) throw cause
    throw new BlobError(`blob ${cid} is not here`, { code: 'BLOB_NOT_FOUND', cid }, { cause })
  }
}

/** Length of the file in bytes. @throws {BlobError} BLOB_CORRUPT when no blob is that long. */
export async function sizeOfBlobFile(file: BlobFile): Promise<number> {
  const { size } = await file.handle.stat()
  if (!isBlobSize(size)) throw await putAside(file)
  return size
}

/**
 * Hashes the file chunk by chunk and compares with its id; `into` receives the bytes.
 * @throws {BlobError} BLOB_CORRUPT; the file was put aside.
 */
export async function describeBlobFile(file: BlobFile, into?: Uint8Array): Promise<BlobDescriptor> {
  const size = into?.length ?? (await sizeOfBlobFile(file))
  const describer = createDescriber(size)
  const buffer = new Uint8Array(into === undefined ? BLOB_CHUNK_BYTES : 0)
  for (let index = 0; index < countChunks(size); index++) {
    const { start, end } = chunkRange(size, index)
    const chunk = into?.subarray(start, end) ?? buffer.subarray(0, end - start)
    await readFully(file, chunk, start)
    describer.add(chunk)
  }
  const descriptor = describer.finish()
  if (cidOfDescriptor(descriptor) !== file.cid) throw await putAside(file)
  return descriptor
}

/** Chunks that follow each other, as they are on disk. @throws {BlobError} BLOB_CORRUPT when the file ends before them. */
export async function readBlobChunks(
  file: BlobFile,
  size: number,
  { first, count, into }: Parameters<ChunkReader['readChunks']>[0],
): Promise<number> {
  const { start } = chunkRange(size, first)
  const length = chunkRange(size, first + count - 1).end - start
  await readFully(file, into.subarray(0, length), start)
  return length
}

async function readFully(file: BlobFile, target: Uint8Array, position: number): Promise<void> {
  if (!(await readAt(file.handle, target, position))) throw await putAside(file)
}

/** Fills `target` from `position` on. @returns false when the file ends before. */
export async function readAt(
  handle: FileHandle,
  target: Uint8Array,
  position: number,
): Promise<boolean> {
  let filled = 0
  while (filled < target.length) {
    const rest = { offset: filled, length: target.length - filled, position: position + filled }
    const { bytesRead } = await handle.read(target, rest)
    if (bytesRead === 0) return false
    filled += bytesRead
  }
  return true
}

/** Writes all of `parts`, one behind the other, from `position` on: a single write may stop half way. */
export async function writeFully(
  handle: FileHandle,
  parts: readonly Uint8Array[],
  position: number,
): Promise<void> {
  let rest = [...parts]
  let at = position
  while (rest.length > 0) {
    const { bytesWritten } = await handle.writev(rest, at)
    at += bytesWritten
    rest = withoutFirst(rest, bytesWritten)
  }
}

/** What is left of `parts` without their first `count` bytes. */
function withoutFirst(parts: readonly Uint8Array[], count: number): Uint8Array[] {
  let skip = count
  return parts.flatMap((part) => {
    const skipped = Math.min(skip, part.length)
    skip -= skipped
    return skipped === part.length ? [] : [part.subarray(skipped)]
  })
}

/** Makes a rename durable: without it a crash of the machine may undo it. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

// Kept for whoever looks for the cause, and out of the way so that the blob can be fetched again.
async function putAside({ path, cid }: BlobFile): Promise<BlobError> {
  const aside = `${path}.corrupt`
  await rename(path, aside).catch((error: unknown) => {
    if (!isMissing(error)) throw error
  })
  const info = { code: 'BLOB_CORRUPT', cid, path: aside } as const
  return new BlobError(`stored blob ${cid} is damaged; moved to ${aside}`, info)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
