import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { access, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Cid, digestOfCid } from '../ids.ts'
import { BLOB_CHUNK_BYTES } from '../limits.ts'
import {
  type BlobDescriptor,
  chunkRange,
  cidOfDescriptor,
  countChunks,
  describeBlob,
} from './blob-descriptor.ts'
import {
  type BlobFile,
  describeBlobFile,
  openBlobFile,
  readBlobChunks,
  sizeOfBlobFile,
} from './blob-file.ts'
import { blobFileName } from './blob-file-name.ts'
import { createDiskRoom, type DiskRoom, freeBytesOf, type Reservation } from './disk-space.ts'
import { openPartialBlob, type PartialBlob } from './partial-blob.ts'
import { checkPrivateMode } from './private-mode.ts'
import { PARTIAL_EXTENSION, prunePartials } from './prune-partials.ts'
import type { BlobReader, BlobStore, BlobWriter } from './types.ts'

/** Descriptors kept in memory, so that a blob is hashed once and not for every peer that asks; 1 GiB of blob is 128 KiB here. */
const CACHED_DESCRIPTORS = 64

/**
 * Blobs as files of `directory`, named by digest (T22), mode 0600 in a 0700 directory (T42), written through a temporary file,
 * fsync and rename (T44). What a crash left of a transfer is hashed again and continued; other temporary files are removed here. A file
 * that is not its id is renamed to `*.corrupt`. The directory belongs to one process.
 * @param deps.freeBytes - room on the disk of a directory. @default freeBytesOf
 * @throws {UserError} data NOT_PRIVATE when others may read the directory.
 */
export function createBlobStore(
  directory: string,
  deps: { freeBytes?(directory: string): Promise<number> } = {},
): BlobStore {
  const { freeBytes = freeBytesOf } = deps
  const files = createLayout(directory)
  const room = createDiskRoom(() => freeBytes(directory))
  const store: BlobStore = {
    has: async (cid) => exists(files.pathOf(cid)),
    get: (cid) => readWhole(files, cid),
    openReader: (cid) => openFileReader(files, cid),
    openWriter: (descriptor) => openFileWriter(files, descriptor, room),
    remove: (cid) => rm(files.pathOf(cid), { force: true }),
    async put(bytes) {
      const descriptor = describeBlob(bytes)
      const cid = cidOfDescriptor(descriptor)
      if (!(await store.has(cid))) {
        const reserved = await room.reserve({ cid, bytes: bytes.length })
        await writeWhole(files, descriptor, bytes).finally(reserved.release)
      }
      return { cid, size: bytes.length }
    },
  }
  return store
}

type Layout = {
  readonly directory: string
  /** Where this blob is written; its own for each of several writers at once. */
  temporaryOf(cid: Cid): string
  pathOf(cid: Cid): string
  /** Unfinished files that a writer has open. */
  readonly partials: Set<string>
  /** Removes unfinished files beyond those that are kept. */
  prune(): void
  readonly descriptors: DescriptorCache
}

type DescriptorCache = {
  set(cid: Cid, descriptor: BlobDescriptor): void
  /** The descriptor of the file, hashed when it is not known; once, also for several who ask at the same time. */
  of(file: BlobFile, size: number): Promise<BlobDescriptor>
}

function createLayout(directory: string): Layout {
  const incoming = join(directory, 'incoming')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  checkPrivateMode(directory)
  mkdirSync(incoming, { recursive: true, mode: 0o700 })
  const partials = new Set<string>()
  const prune = (): void =>
    prunePartials(incoming, { now: Date.now(), isOpen: (path) => partials.has(path) })
  prune()
  return {
    directory,
    temporaryOf(cid) {
      const path = join(incoming, `${digestOfCid(cid).slice(2)}${PARTIAL_EXTENSION}`)
      return partials.has(path) ? join(incoming, randomUUID()) : path
    },
    pathOf: (cid) => join(directory, blobFileName(cid)),
    partials,
    prune,
    descriptors: createDescriptorCache(),
  }
}

function createDescriptorCache(): DescriptorCache {
  const entries = new Map<Cid, BlobDescriptor>()
  const running = new Map<Cid, Promise<BlobDescriptor>>()

  function set(cid: Cid, descriptor: BlobDescriptor): void {
    entries.delete(cid)
    entries.set(cid, descriptor)
    const [oldest] = entries.keys()
    if (entries.size > CACHED_DESCRIPTORS && oldest !== undefined) entries.delete(oldest)
  }

  return {
    set,
    async of(file, size) {
      const { cid } = file
      const known = entries.get(cid)
      if (known?.size === size) return known
      const work = running.get(cid) ?? describeBlobFile(file)
      running.set(cid, work)
      const descriptor = await work.finally(() => running.delete(cid))
      set(cid, descriptor)
      return descriptor
    },
  }
}

async function writeWhole(
  files: Layout,
  descriptor: BlobDescriptor,
  bytes: Uint8Array,
): Promise<void> {
  const writer = await openTracked(files, descriptor)
  try {
    for (let index = 0; index < countChunks(descriptor.size); index++) {
      const { start, end } = chunkRange(descriptor.size, index)
      if (!writer.here.has(index)) await writer.writeChunks(index, [bytes.subarray(start, end)])
    }
    await writer.commit()
  } finally {
    await writer.discard()
  }
}

async function openFileWriter(
  files: Layout,
  descriptor: BlobDescriptor,
  room: DiskRoom,
): Promise<BlobWriter> {
  const writer = await openTracked(files, descriptor)
  try {
    const missing = countChunks(descriptor.size) - writer.here.size()
    const bytes = Math.min(missing * BLOB_CHUNK_BYTES, descriptor.size)
    return withReservation(writer, await room.reserve({ cid: cidOfDescriptor(descriptor), bytes }))
  } catch (error) {
    await writer.suspend()
    throw error
  }
}

/** A writer that gives back what is promised to it, chunk by chunk and at its end. */
function withReservation(writer: BlobWriter, reserved: Reservation): BlobWriter {
  return {
    ...writer,
    async writeChunks(first, chunks) {
      await writer.writeChunks(first, chunks)
      reserved.wrote(chunks.reduce((sum, { length }) => sum + length, 0))
    },
    commit: () => writer.commit().finally(reserved.release),
    suspend: () => writer.suspend().finally(reserved.release),
  }
}

/** While it is open no other writer gets the same file. */
async function openTracked(files: Layout, descriptor: BlobDescriptor): Promise<PartialBlob> {
  const cid = cidOfDescriptor(descriptor)
  const temporary = files.temporaryOf(cid)
  files.partials.add(temporary)
  let isOver = false
  // Once: afterwards the file may be another writer's.
  async function end(work: () => Promise<void>): Promise<void> {
    if (isOver) return
    await work()
    isOver = true
    files.partials.delete(temporary)
  }
  try {
    const paths = { temporary, final: files.pathOf(cid), directory: files.directory }
    const writer = await openPartialBlob(descriptor, paths)
    return {
      ...writer,
      async commit() {
        await end(writer.commit)
        files.descriptors.set(cid, descriptor)
      },
      async suspend() {
        await end(writer.suspend)
        // Else whoever begins transfers and never ends them fills the disk.
        files.prune()
      },
      discard: () => end(writer.discard),
    }
  } catch (error) {
    files.partials.delete(temporary)
    throw error
  }
}

async function openFileReader(files: Layout, cid: Cid): Promise<BlobReader> {
  const file = await openBlobFile(files.pathOf(cid), cid)
  try {
    const size = await sizeOfBlobFile(file)
    const descriptor = await files.descriptors.of(file, size)
    return {
      descriptor,
      readChunks: (what) => readBlobChunks(file, size, what),
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
