import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cidOfBlob } from '../../../src/transport/blob-descriptor.ts'
import { blobFileName } from '../../../src/transport/blob-file-name.ts'
import { createBlobStore } from '../../../src/transport/blob-store.ts'
import { readStoredBlob } from '../../../src/transport/read-stored-blob.ts'

let directory = ''
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'fednode-read-blob-')), 'blobs')
})
afterEach(() => rmSync(join(directory, '..'), { recursive: true }))

describe('readStoredBlob', () => {
  it('reads what a store keeps', async () => {
    const { cid } = await createBlobStore(directory).put(Uint8Array.of(1, 2))
    expect(await readStoredBlob(directory, cid)).toEqual(Uint8Array.of(1, 2))
  })

  it('T9: refuses a file that is not its id, and leaves it where it is', async () => {
    const { cid } = await createBlobStore(directory).put(Uint8Array.of(1, 2))
    writeFileSync(join(directory, blobFileName(cid)), 'other')
    const corrupt = expect.objectContaining({ code: 'BLOB_CORRUPT' })
    await expect(readStoredBlob(directory, cid)).rejects.toEqual(corrupt)
    await expect(readStoredBlob(directory, cid)).rejects.toEqual(corrupt)
    expect(readdirSync(directory)).toContain(blobFileName(cid))
  })

  it('says that a blob is not there', async () => {
    const missing = expect.objectContaining({ code: 'BLOB_NOT_FOUND' })
    await expect(readStoredBlob(directory, cidOfBlob(Uint8Array.of(9)))).rejects.toEqual(missing)
  })
})
