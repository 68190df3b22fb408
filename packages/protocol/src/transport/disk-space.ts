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

/** @throws {BlobError} BLOB_DISK_FULL when `bytes` do not fit beside RESERVE_BYTES (T45). */
export async function assertRoom(
  { cid, bytes }: { readonly cid: Cid; readonly bytes: number },
  freeBytes: () => Promise<number>,
): Promise<void> {
  const free = await freeBytes()
  const needed = bytes + RESERVE_BYTES
  if (bytes === 0 || free >= needed) return
  throw new BlobError(`no room for blob ${cid}: ${needed} bytes needed on the disk, ${free} free`, {
    code: 'BLOB_DISK_FULL',
    cid,
    needed,
    free,
  })
}
