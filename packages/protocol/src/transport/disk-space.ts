import { statfs } from 'node:fs/promises'
import type { Cid } from '../ids.ts'
import { BlobError } from './blob-error.ts'

/** What stays free for journals and logs when a blob is written, in bytes. */
const RESERVE_BYTES = 16_777_216

/** Free bytes for this process on the file system of `directory`. */
export async function freeBytesOf(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory)
  return bavail * bsize
}

/** Room on one file system that is promised to blobs on their way, so that several at once do not count on the same bytes (T45). */
export type DiskRoom = {
  /**
   * Promises `bytes` to a blob.
   * @throws {BlobError} BLOB_DISK_FULL when they do not fit beside RESERVE_BYTES and what was promised before.
   */
  reserve(what: { readonly cid: Cid; readonly bytes: number }): Promise<Reservation>
}

/** What one blob still may write. */
export type Reservation = {
  /** These bytes are on the disk now, which counts them itself. */
  wrote(bytes: number): void
  release(): void
}

/** @param freeBytes - what the file system says. */
export function createDiskRoom(freeBytes: () => Promise<number>): DiskRoom {
  // In the order in which they came: of two that do not fit together the first does.
  const promised = new Set<{ left: number }>()
  return {
    async reserve({ cid, bytes }) {
      const before = [...promised]
      const own = { left: bytes }
      promised.add(own)
      const free = await freeBytes()
      const others = before.reduce((sum, { left }) => sum + left, 0)
      const needed = bytes + others + RESERVE_BYTES
      if (bytes > 0 && free < needed) {
        promised.delete(own)
        throw noRoom(cid, needed, free)
      }
      return {
        wrote(count) {
          own.left = Math.max(0, own.left - count)
        },
        release: () => void promised.delete(own),
      }
    },
  }
}

function noRoom(cid: Cid, needed: number, free: number): BlobError {
  return new BlobError(
    `no room for blob ${cid}: ${needed} bytes needed on the disk, ${free} free`,
    {
      code: 'BLOB_DISK_FULL',
      cid,
      needed,
      free,
    },
  )
}
