import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cid } from '../ids.ts'
import { cidOfBlob } from './blob-descriptor.ts'
import { BlobError } from './blob-error.ts'
import { blobFileName } from './blob-file-name.ts'

/**
 * Reads one blob of a store's directory, also while another process owns it, and changes nothing there.
 * @throws {BlobError} BLOB_NOT_FOUND; BLOB_CORRUPT when the file is not its id.
 */
export async function readStoredBlob(directory: string, cid: Cid): Promise<Uint8Array> {
  const path = join(directory, blobFileName(cid))
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new BlobError(`blob ${cid} is not here`, { code: 'BLOB_NOT_FOUND', cid }, { cause })
  })
  if (cidOfBlob(bytes) === cid) return Uint8Array.from(bytes)
  throw new BlobError(`${path} is not the blob ${cid}`, { code: 'BLOB_CORRUPT', cid, path })
}
