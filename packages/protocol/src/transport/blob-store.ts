import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { access, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cid } from '../ids.ts'
import {
  type BlobDescriptor,
  chunkRange,
  cidOfDescriptor,
  countChunks,
  describeBlob,
} from './blob-descriptor.ts'
import {
  describeBlobFile,
  openBlobFile,
  readBlobChunk,
  sizeOfBlobFile,
  syncDirectory,
  writeFully,
} from './blob-file.ts'
import { blobFileName } from './blob-file-name.ts'
import { checkPrivateMode } from './private-mode.ts'
import type { BlobReader, BlobStore, BlobWriter } from './types.ts'

/** Descriptors kept in memory, so that a blob is hashed once and not for every peer that asks; 1 GiB of blob is 128 KiB here. */
const CACHED_DESCRIPTORS = 64

/**
 * Blobs as files of `directory`, named by digest (T22), mode 0600 in a 0700 directory (T42), written through a temporary file,
 * fsync and rename (T44). Temporary files of a crash are removed here. A file that is not its id is renamed to `*.corrupt`.
 * The directory belongs to one process.
 * @throws {UserError} data NOT_PRIVATE when others may read the directory.
 */
export function createBlobStore(directory: string): BlobStore {
  const files = createLayout(directory)
  const store: BlobStore = {
    has: async (cid) => exists(files.pathOf(cid)),
    get: (cid) => readWhole(files, cid),
    openReader: (cid) => openFileReader(files, cid),
    openWriter: (descriptor) => openFileWriter(files, descriptor),
    remove: (cid) => rm(files.pathOf(cid), { force: true }),
    async put(bytes) {
      const descriptor = describeBlob(bytes)
      const cid = cidOfDescriptor(descriptor)
      if (!(await store.has(cid))) await writeWhole(store, descriptor, bytes)
      return { cid, size: bytes.length }
    },
  }
  return store
}

type Layout = {
  readonly directory: string
  /** Path of a new temporary file. */
  incoming(): string
  pathOf(cid: Cid): string
  readonly descriptors: DescriptorCache
}

type DescriptorCache = {
  get(cid: Cid): BlobDescriptor | undefined
  set(cid: Cid, descriptor: BlobDescriptor): void
}

function createLayout(directory: string): Layout {
  const incoming = join(directory, 'incoming')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  checkPrivateMode(directory)
  rmSync(incoming, { recursive: true, force: true })
  mkdirSync(incoming, { mode: 0o700 })
  return {
    directory,
    incoming: () => join(incoming, randomUUID()),
    pathOf: (cid) => join(directory, blobFileName(cid)),
    descriptors: createDescriptorCache(),
  }
}

function createDescriptorCache(): DescriptorCache {
  const entries = new Map<Cid, BlobDescriptor>()
  return {
    get: (cid) => entries.get(cid),
    set(cid, descriptor) {
      entries.delete(cid)
      entries.set(cid, descriptor)
      const [oldest] = entries.keys()
      if (entries.size > CACHED_DESCRIPTORS && oldest !== undefined) entries.delete(oldest)
    },
  }
}

async function writeWhole(
  store: BlobStore,
  descriptor: BlobDescriptor,
  bytes: Uint8Array,
): Promise<void> {
  const writer = await store.openWriter(descriptor)
  try {
    for (let index = 0; index < countChunks(descriptor.size); index++) {
      const { start, end } = chunkRange(descriptor.size, index)
      await writer.writeChunk(index, bytes.subarray(start, end))
    }
    await writer.commit()
  } finally {
    await writer.discard()
  }
}

async function openFileWriter(files: Layout, descriptor: BlobDescriptor): Promise<BlobWriter> {
  const cid = cidOfDescriptor(descriptor)
  const temporary = files.incoming()
  const handle = await open(temporary, 'wx', 0o600)
  let isOpen = true
  async function close(): Promise<void> {
    if (!isOpen) return
    isOpen = false
    await handle.close()
  }
  return {
    writeChunk: (index, chunk) =>
      writeFully(handle, chunk, chunkRange(descriptor.size, index).start),
    async commit() {
      await handle.sync()
      await close()
      await rename(temporary, files.pathOf(cid))
      await syncDirectory(files.directory)
      files.descriptors.set(cid, descriptor)
    },
    async discard() {
      await close()
      await rm(temporary, { force: true })
    },
  }
}

async function openFileReader(files: Layout, cid: Cid): Promise<BlobReader> {
  const file = await openBlobFile(files.pathOf(cid), cid)
  try {
    const size = await sizeOfBlobFile(file)
    const known = files.descriptors.get(cid)
    const descriptor = known?.size === size ? known : await describeBlobFile(file)
    files.descriptors.set(cid, descriptor)
    return {
      descriptor,
      readChunk: (index) => readBlobChunk(file, size, index),
      close: () => file.handle.close(),
    }
  } catch (error) {
    await file.handle.close()
    throw error
  }
}

async function readWhole(files: Layout, cid: Cid): Promise<Uint8Array> {
  const file = await openBlobFile(files.pathOf(cid), cid)
  try {
    const bytes = new Uint8Array(await sizeOfBlobFile(file))
    await describeBlobFile(file, bytes)
    return bytes
  } finally {
    await file.handle.close()
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
