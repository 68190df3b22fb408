import type { Cid } from '../ids.ts'
import {
  type BlobDescriptor,
  chunkRange,
  cidOfDescriptor,
  describeBlob,
} from './blob-descriptor.ts'
import { BlobError } from './blob-error.ts'
import type { BlobStore, BlobWriter } from './types.ts'

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
      return {
        descriptor,
        async readChunk(index) {
          const { start, end } = chunkRange(descriptor.size, index)
          return bytes.subarray(start, end)
        },
        close: async () => {},
      }
    },
    remove: async (cid) => void entries.delete(cid),
    openWriter: async (descriptor) => createMemoryWriter(entries, descriptor),
  }
}

function createMemoryWriter(entries: Map<Cid, Entry>, descriptor: BlobDescriptor): BlobWriter {
  const chunks: Uint8Array[] = []
  return {
    async writeChunk(index, chunk) {
      chunks[index] = chunk.slice()
    },
    async commit() {
      const bytes = new Uint8Array(Buffer.concat(chunks))
      entries.set(cidOfDescriptor(descriptor), { descriptor, bytes })
    },
    async discard() {
      chunks.length = 0
    },
  }
}
