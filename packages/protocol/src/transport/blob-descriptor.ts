import { hash } from 'node:crypto'
import { decodeCanonical, encodeCanonical } from '../codec/canonical.ts'
import { type Cid, cidOfObject } from '../ids.ts'
import { BLOB_CHUNK_BYTES, MAX_BLOB_BYTES } from '../limits.ts'
import { BlobError } from './blob-error.ts'

const HASH_BYTES = 32
/** Keys, size and CBOR heads of a descriptor, without the hashes. */
const DESCRIPTOR_OVERHEAD_BYTES = 64

/**
 * What a blob consists of: its length and the sha2-256 of each chunk of BLOB_CHUNK_BYTES (the last may be shorter). The CID of the
 * descriptor names the blob, so that every chunk is checked when it arrives, in any order and from anybody.
 */
export type BlobDescriptor = {
  /** Bytes. */
  readonly size: number
  /** The chunks' hashes one after the other, 32 bytes each. */
  readonly hashes: Uint8Array
}

/** Number of chunks of a blob of `size` bytes. */
export function countChunks(size: number): number {
  return Math.ceil(size / BLOB_CHUNK_BYTES)
}

/** Where chunk `index` lies in a blob of `size` bytes. */
export function chunkRange(size: number, index: number): { start: number; end: number } {
  const start = index * BLOB_CHUNK_BYTES
  return { start, end: Math.min(start + BLOB_CHUNK_BYTES, size) }
}

/** Largest encoded descriptor of a blob of `size` bytes. */
export function maxDescriptorBytes(size: number): number {
  return countChunks(size) * HASH_BYTES + DESCRIPTOR_OVERHEAD_BYTES
}

/** Whether `value` is the length of a blob: an integer from 0 to MAX_BLOB_BYTES (T8). */
export function isBlobSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= MAX_BLOB_BYTES
}

/**
 * Whether `chunk` is the chunk of that index. On this thread: with the processor's SHA instructions that takes 0.2 ms, less than to copy the
 * chunk for another thread and to wake it.
 */
export function isChunk(descriptor: BlobDescriptor, index: number, chunk: Uint8Array): boolean {
  const { start, end } = chunkRange(descriptor.size, index)
  if (chunk.length !== end - start) return false
  return Buffer.compare(hash('sha256', chunk, 'buffer'), hashOf(descriptor, index)) === 0
}

/** Builds a descriptor from the chunks in order. */
export function createDescriber(size: number): {
  add(chunk: Uint8Array): void
  finish(): BlobDescriptor
} {
  const hashes = new Uint8Array(countChunks(size) * HASH_BYTES)
  let index = 0
  return {
    add(chunk) {
      hashes.set(hash('sha256', chunk, 'buffer'), index * HASH_BYTES)
      index++
    },
    finish: () => ({ size, hashes }),
  }
}

/** @throws {BlobError} BLOB_TOO_LARGE over MAX_BLOB_BYTES. */
export function describeBlob(bytes: Uint8Array): BlobDescriptor {
  const size = bytes.length
  if (!isBlobSize(size)) {
    const limit = MAX_BLOB_BYTES
    throw new BlobError(`blob of ${size} bytes is over ${limit}`, {
      code: 'BLOB_TOO_LARGE',
      size,
      limit,
    })
  }
  const describer = createDescriber(size)
  for (let index = 0; index < countChunks(size); index++) {
    const { start, end } = chunkRange(size, index)
    describer.add(bytes.subarray(start, end))
  }
  return describer.finish()
}

/** Canonical DAG-CBOR {size, chunkSize, hashes}. */
export function encodeDescriptor({ size, hashes }: BlobDescriptor): Uint8Array {
  return encodeCanonical({ size, chunkSize: BLOB_CHUNK_BYTES, hashes })
}

/**
 * Parses and checks a descriptor before anything is allocated for the blob (T8).
 * @throws {BlobError} BLOB_BAD_DESCRIPTOR
 */
export function decodeDescriptor(bytes: Uint8Array): BlobDescriptor {
  const value = parse(bytes)
  const { size, chunkSize, hashes } = value
  if (Object.keys(value).length !== 3) throw bad('keys other than size, chunkSize, hashes')
  if (!isBlobSize(size)) throw bad(`size is no number from 0 to ${MAX_BLOB_BYTES}`)
  if (chunkSize !== BLOB_CHUNK_BYTES) throw bad(`chunkSize is not ${BLOB_CHUNK_BYTES}`)
  if (!(hashes instanceof Uint8Array)) throw bad('hashes are no bytes')
  if (hashes.length !== countChunks(size) * HASH_BYTES) throw bad('hashes do not fit the size')
  return { size, hashes }
}

/** The blob's id: the dag-cbor CID of its descriptor. */
export function cidOfDescriptor(descriptor: BlobDescriptor): Cid {
  return cidOfObject(encodeDescriptor(descriptor))
}

/**
 * The id under which a blob store keeps these bytes: the CID of their descriptor (docs/PROTOCOL.md, "Blobs").
 * @throws {BlobError} BLOB_TOO_LARGE
 */
export function cidOfBlob(bytes: Uint8Array): Cid {
  return cidOfDescriptor(describeBlob(bytes))
}

function hashOf({ hashes }: BlobDescriptor, index: number): Uint8Array {
  return hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)
}

function parse(bytes: Uint8Array): Record<string, unknown> {
  try {
    const value = decodeCanonical(bytes)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch (cause) {
    throw bad('it is no canonical CBOR', cause)
  }
  throw bad('it is no map')
}

function bad(detail: string, cause?: unknown): BlobError {
  return new BlobError(
    `bad blob descriptor: ${detail}`,
    { code: 'BLOB_BAD_DESCRIPTOR', detail },
    { cause },
  )
}
