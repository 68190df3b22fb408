import type { Cid } from '../ids.ts'
import { createBitField } from './bit-field.ts'
import {
  type BlobDescriptor,
  chunkRange,
  cidOfDescriptor,
  countChunks,
  describeBlob,
} from './blob-descriptor.ts'
import { BlobError } from './blob-error.ts'
import type { BlobStore, BlobWriter, ChunkReader } from './types.ts'

type Entry = { readonly descriptor: BlobDescriptor; readonly bytes: Uint8Array }

/** A blob store that lives and dies with the process: for tests and for tools that keep nothing. */
export function createMemoryBlobStore(): BlobStore {
  const entries = new Map<Cid, Entry>()

  function find(cid: Cid): Entry {
    const entry = entries.get(cid)
    if (entry !== undefined) return entry
    throw new BlobError(`blob ${cid} is not here`, { code: 'BLOB_NOT_FOUND', cid })
  }

  return {
    has: async (cid) => entries.has(cid),
    get: async (cid) => find(cid).bytes.slice(),
    async put(bytes) {
      const descriptor = describeBlob(bytes)
      const cid = cidOfDescriptor(descriptor)
      entries.set(cid, { descriptor, bytes: bytes.slice() })
      return { cid, size: bytes.length }
    },
    async openReader(cid) {
      const { descriptor, bytes } = find(cid)
      return { descriptor, ...createMemoryReader(bytes) }
    },
    remove: async (cid) => void entries.delete(cid),
    openWriter: async (descriptor) => createMemoryWriter(entries, descriptor),
  }
}

function createMemoryWriter(entries: Map<Cid, Entry>, descriptor: BlobDescriptor): BlobWriter {
  const bytes = new Uint8Array(descriptor.size)
  return {
    here: createBitField(countChunks(descriptor.size)),
    openReader: async () => createMemoryReader(bytes),
    async writeChunks(first, chunks) {
      for (const [place, chunk] of chunks.entries()) {
        bytes.set(chunk, chunkRange(descriptor.size, first + place).start)
      }
    },
    async commit() {
      entries.set(cidOfDescriptor(descriptor), { descriptor, bytes })
    },
    async suspend() {},
  }
}

function createMemoryReader(bytes: Uint8Array): ChunkReader {
  return {
    async readChunks({ first, count, into }) {
      const { start } = chunkRange(bytes.length, first)
      const wanted = bytes.subarray(start, chunkRange(bytes.length, first + count - 1).end)
      into.set(wanted)
      return wanted.length
    },
    close: async () => {},
  }
}
