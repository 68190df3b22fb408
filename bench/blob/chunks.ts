import { randomBytes } from 'node:crypto'
import { BLOB_CHUNK_BYTES } from '../../packages/protocol/src/limits.ts'

const NOISE = randomBytes(BLOB_CHUNK_BYTES)

/** Chunk `index` of `size` bytes that no two blobs share, without holding them all in memory. */
export function chunkAt(size: number, index: number, seed: number): Uint8Array {
  const start = index * BLOB_CHUNK_BYTES
  const chunk = Uint8Array.from(NOISE.subarray(0, Math.min(BLOB_CHUNK_BYTES, size - start)))
  new DataView(chunk.buffer).setUint32(0, index)
  new DataView(chunk.buffer).setUint32(4, seed)
  return chunk
}

/** Chunk `index` of `size` bytes for those who throw them away: always the same memory, so that making them costs nothing. */
export function noiseAt(size: number, index: number): Uint8Array {
  return NOISE.subarray(0, Math.min(BLOB_CHUNK_BYTES, size - index * BLOB_CHUNK_BYTES))
}

export function chunkCount(size: number): number {
  return Math.ceil(size / BLOB_CHUNK_BYTES)
}
