import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cidFromDigest, cidOfBytes, digestOfCid } from '../../../src/ids.ts'
import { BLOB_CHUNK_BYTES } from '../../../src/limits.ts'
import { cidOfBlob, describeBlob } from '../../../src/transport/blob-descriptor.ts'
import { createBlobStore } from '../../../src/transport/blob-store.ts'
import { createMemoryBlobStore } from '../../../src/transport/memory-blob-store.ts'
import { checkPrivateMode } from '../../../src/transport/private-mode.ts'
import { seededBytes } from './seeded-bytes.ts'

const SIZES = [0, 1, BLOB_CHUNK_BYTES - 1, BLOB_CHUNK_BYTES, BLOB_CHUNK_BYTES + 1, 700_001]

let parent: string
let directory: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'fednode-blobs-'))
  directory = join(parent, 'blobs')
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

describe.each([
  ['file', () => createBlobStore(directory)],
  ['memory', () => createMemoryBlobStore()],
])('%s blob store', (_name, create) => {
  it.each(SIZES)('gives back %i bytes as they were put', async (size) => {
    const store = create()
    const bytes = seededBytes(size, 1)
    const { cid } = await store.put(bytes)
    expect(cid).toBe(cidOfBlob(bytes))
    expect(await store.has(cid)).toBe(true)
    expect(Buffer.from(await store.get(cid)).equals(bytes)).toBe(true)
  })

  it('forgets a blob, also one that it never had', async () => {
    const store = create()
    const { cid } = await store.put(seededBytes(9, 1))
    await store.remove(cid)
    await store.remove(cid)
    expect(await store.has(cid)).toBe(false)
    await expect(store.get(cid)).rejects.toMatchObject({ code: 'BLOB_NOT_FOUND' })
    await expect(store.openReader(cid)).rejects.toMatchObject({ code: 'BLOB_NOT_FOUND' })
  })

  it('reads chunk by chunk', async () => {
    const store = create()
    const bytes = seededBytes(BLOB_CHUNK_BYTES * 2 + 5, 2)
    const { cid } = await store.put(bytes)
    const reader = await store.openReader(cid)
    const last = await reader.readChunk(2)
    await reader.close()
    expect(Buffer.from(last).equals(bytes.subarray(BLOB_CHUNK_BYTES * 2))).toBe(true)
    expect(reader.descriptor).toEqual(describeBlob(bytes))
  })

  it('takes chunks in any order and shows the blob only after commit', async () => {
    const store = create()
    const bytes = seededBytes(BLOB_CHUNK_BYTES + 9, 3)
    const cid = cidOfBlob(bytes)
    const writer = await store.openWriter(describeBlob(bytes))
    await writer.writeChunk(1, bytes.subarray(BLOB_CHUNK_BYTES))
    await writer.writeChunk(0, bytes.subarray(0, BLOB_CHUNK_BYTES))
    expect(await store.has(cid)).toBe(false)
    await writer.commit()
    await writer.discard()
    expect(Buffer.from(await store.get(cid)).equals(bytes)).toBe(true)
  })

  it('names a blob that it does not have', async () => {
    await expect(create().get(cidOfBlob(seededBytes(5, 4)))).rejects.toMatchObject({
      code: 'BLOB_NOT_FOUND',
    })
  })

  it('keeps what was put when the caller changes its buffer later', async () => {
    const store = create()
    const bytes = seededBytes(100, 5)
    const { cid } = await store.put(bytes)
    bytes.fill(0)
    expect(cidOfBlob(await store.get(cid))).toBe(cid)
  })
})

describe('blob store on disk', () => {
  it('T22 names files by digest only', async () => {
    const store = createBlobStore(directory)
    const { cid } = await store.put(seededBytes(10, 6))
    expect(readdirSync(directory).sort()).toEqual(
      [`${digestOfCid(cid).slice(2)}.blob`, 'incoming'].sort(),
    )
  })

  it.each(['../../etc/passwd', 'a\0b', '', 'bafy', '/etc/passwd', 'ｂafy'])(
    'T22 refuses the id %j',
    async (text) => {
      const store = createBlobStore(directory)
      await expect(async () => store.get(text as never)).rejects.toMatchObject({
        code: 'ID_BAD_CID',
      })
    },
  )

  it('T42 creates its directory 0700 and its files 0600', async () => {
    const store = createBlobStore(directory)
    await store.put(seededBytes(10, 7))
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(directory).filter((file) => file.endsWith('.blob'))) {
      expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600)
    }
  })

  it.each([0o750, 0o701, 0o777])('T42 refuses a directory of mode %o', (mode) => {
    mkdirSync(directory)
    chmodSync(directory, mode)
    expect(() => createBlobStore(directory)).toThrow(
      expect.objectContaining({ code: 'NOT_PRIVATE' }),
    )
  })

  it('T42 says how to mend the mode of a key file', () => {
    const path = join(parent, 'key')
    writeFileSync(path, 'secret', { mode: 0o644 })
    expect(() => checkPrivateMode(path)).toThrow(
      expect.objectContaining({ info: expect.objectContaining({ hint: `chmod 600 ${path}` }) }),
    )
    chmodSync(path, 0o600)
    expect(() => checkPrivateMode(path)).not.toThrow()
  })

  it('T44 removes what a crash left half written and never shows it', async () => {
    const bytes = seededBytes(BLOB_CHUNK_BYTES * 2, 8)
    const crashed = createBlobStore(directory)
    const writer = await crashed.openWriter(describeBlob(bytes))
    await writer.writeChunk(0, bytes.subarray(0, BLOB_CHUNK_BYTES))
    expect(readdirSync(join(directory, 'incoming'))).toHaveLength(1)
    const store = createBlobStore(directory)
    expect(readdirSync(join(directory, 'incoming'))).toHaveLength(0)
    expect(await store.has(cidOfBlob(bytes))).toBe(false)
    await writer.discard()
  })

  it.each(['flipped', 'shorter', 'longer', 'empty'])(
    'T9 detects a %s file, puts it aside and takes the blob again',
    async (damage) => {
      const store = createBlobStore(directory)
      const bytes = seededBytes(BLOB_CHUNK_BYTES * 2 + 7, 9)
      const { cid } = await store.put(bytes)
      const path = join(directory, `${digestOfCid(cid).slice(2)}.blob`)
      writeFileSync(path, damaged(bytes, damage))
      await expect(createBlobStore(directory).get(cid)).rejects.toMatchObject({
        code: 'BLOB_CORRUPT',
      })
      expect(await store.has(cid)).toBe(false)
      expect(readdirSync(directory)).toContain(`${digestOfCid(cid).slice(2)}.blob.corrupt`)
      await store.put(bytes)
      expect(cidOfBlob(await store.get(cid))).toBe(cid)
    },
  )

  it('does not take a raw CID of the same digest for the blob', async () => {
    const store = createBlobStore(directory)
    const { cid } = await store.put(seededBytes(20, 10))
    const raw = cidFromDigest(digestOfCid(cid), 'raw')
    await expect(store.get(raw)).rejects.toMatchObject({ code: 'BLOB_NOT_FOUND' })
    expect(await store.has(cidOfBytes(seededBytes(20, 10)))).toBe(false)
    expect(await store.has(cid)).toBe(true)
  })

  it('keeps one file when the same bytes are put many times at once', async () => {
    const store = createBlobStore(directory)
    const bytes = seededBytes(300_000, 11)
    await Promise.all(Array.from({ length: 8 }, () => store.put(bytes)))
    expect(readdirSync(directory).filter((name) => name.endsWith('.blob'))).toHaveLength(1)
    expect(readdirSync(join(directory, 'incoming'))).toHaveLength(0)
  })

  it('gives every content its own id', async () => {
    await fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
        expect(cidOfBlob(a) === cidOfBlob(b)).toBe(Buffer.compare(a, b) === 0)
      }),
      { seed: 1 },
    )
  })
})

function damaged(bytes: Uint8Array, damage: string): Uint8Array {
  if (damage === 'shorter') return bytes.subarray(0, bytes.length - 1)
  if (damage === 'longer') return Buffer.concat([bytes, Buffer.of(0)])
  if (damage === 'empty') return new Uint8Array(0)
  const flipped = bytes.slice()
  flipped[BLOB_CHUNK_BYTES] = (flipped[BLOB_CHUNK_BYTES] ?? 0) ^ 1
  return flipped
}
