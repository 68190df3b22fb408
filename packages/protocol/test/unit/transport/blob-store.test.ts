import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
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
    const last = new Uint8Array(5)
    expect(await reader.readChunks({ first: 2, count: 1, into: last })).toBe(5)
    await reader.close()
    expect(Buffer.from(last).equals(bytes.subarray(BLOB_CHUNK_BYTES * 2))).toBe(true)
    expect(reader.descriptor).toEqual(describeBlob(bytes))
  })

  it('takes chunks in any order and shows the blob only after commit', async () => {
    const store = create()
    const bytes = seededBytes(BLOB_CHUNK_BYTES + 9, 3)
    const cid = cidOfBlob(bytes)
    const writer = await store.openWriter(describeBlob(bytes))
    await writer.writeChunks(1, [bytes.subarray(BLOB_CHUNK_BYTES)])
    await writer.writeChunks(0, [bytes.subarray(0, BLOB_CHUNK_BYTES)])
    expect(await store.has(cid)).toBe(false)
    await writer.commit()
    await writer.suspend()
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

  it('T44 goes on with what a crash left half written, and never shows it before', async () => {
    const bytes = seededBytes(BLOB_CHUNK_BYTES * 3 + 9, 8)
    const descriptor = describeBlob(bytes)
    const crashed = createBlobStore(directory)
    const writer = await crashed.openWriter(descriptor)
    await writer.writeChunks(2, [bytes.subarray(BLOB_CHUNK_BYTES * 2, BLOB_CHUNK_BYTES * 3)])
    const store = createBlobStore(directory)
    expect(await store.has(cidOfBlob(bytes))).toBe(false)
    const next = await store.openWriter(descriptor)
    expect([0, 1, 2, 3].filter(next.here.has)).toEqual([2])
    for (const index of [0, 1, 3]) {
      const start = index * BLOB_CHUNK_BYTES
      await next.writeChunks(index, [bytes.subarray(start, start + BLOB_CHUNK_BYTES)])
    }
    await next.commit()
    expect(Buffer.from(await store.get(cidOfBlob(bytes))).equals(bytes)).toBe(true)
    await writer.suspend()
  })

  it('T9 does not go on with chunks that are not what their hashes say', async () => {
    const bytes = seededBytes(BLOB_CHUNK_BYTES * 2, 12)
    const writer = await createBlobStore(directory).openWriter(describeBlob(bytes))
    await writer.writeChunks(0, [bytes.subarray(0, BLOB_CHUNK_BYTES)])
    await writer.writeChunks(1, [bytes.subarray(BLOB_CHUNK_BYTES)])
    await writer.suspend()
    const [name = ''] = readdirSync(join(directory, 'incoming'))
    writeFileSync(join(directory, 'incoming', name), damaged(bytes, 'flipped'))
    const { here } = await createBlobStore(directory).openWriter(describeBlob(bytes))
    expect([here.has(0), here.has(1)]).toEqual([true, false])
  })

  it('T44 keeps the newest unfinished transfers of a week and nothing else', () => {
    const incoming = join(directory, 'incoming')
    mkdirSync(incoming, { recursive: true, mode: 0o700 })
    chmodSync(directory, 0o700)
    const days = [8, 6, 5, 4, 3, 2]
    for (const day of days) {
      const path = join(incoming, `${day}.part`)
      writeFileSync(path, 'x')
      const at = Date.now() / 1_000 - day * 86_400
      utimesSync(path, at, at)
    }
    writeFileSync(join(incoming, 'a-put-that-crashed'), 'x')
    createBlobStore(directory)
    expect(readdirSync(incoming).sort()).toEqual(['2.part', '3.part', '4.part', '5.part'])
  })

  it('T6 keeps no more unfinished transfers while it runs either', async () => {
    const store = createBlobStore(directory)
    const open = await store.openWriter(describeBlob(seededBytes(9, 30)))
    for (let seed = 0; seed < 7; seed++) {
      const writer = await store.openWriter(describeBlob(seededBytes(9, seed)))
      await writer.suspend()
    }
    expect(readdirSync(join(directory, 'incoming'))).toHaveLength(5)
    await open.writeChunks(0, [seededBytes(9, 30)])
    await open.commit()
    expect(await store.has(cidOfBlob(seededBytes(9, 30)))).toBe(true)
  })

  it('T45 says how much room a blob needs before it writes a byte', async () => {
    const bytes = seededBytes(BLOB_CHUNK_BYTES * 2, 13)
    const free = BLOB_CHUNK_BYTES + 16_777_216
    const store = createBlobStore(directory, { freeBytes: async () => free })
    const needed = bytes.length + 16_777_216
    const info = { code: 'BLOB_DISK_FULL', cid: cidOfBlob(bytes), needed, free }
    await expect(store.put(bytes)).rejects.toMatchObject({ info })
    await expect(store.openWriter(describeBlob(bytes))).rejects.toMatchObject({ info })
    const half = seededBytes(BLOB_CHUNK_BYTES, 14)
    expect(await store.has((await store.put(half)).cid)).toBe(true)
  })

  it('T45 counts only what is still missing of a blob', async () => {
    const bytes = seededBytes(BLOB_CHUNK_BYTES * 2, 13)
    const disk = { free: 2 * BLOB_CHUNK_BYTES + 16_777_216 }
    const store = createBlobStore(directory, { freeBytes: async () => disk.free })
    const writer = await store.openWriter(describeBlob(bytes))
    await writer.writeChunks(0, [bytes.subarray(0, BLOB_CHUNK_BYTES)])
    await writer.suspend()
    disk.free -= BLOB_CHUNK_BYTES
    const next = await store.openWriter(describeBlob(bytes))
    expect(next.here.size()).toBe(1)
    await next.suspend()
  })

  it('T45 counts what other blobs on their way still have to write', async () => {
    const disk = { free: 3 * BLOB_CHUNK_BYTES + 16_777_216 }
    const store = createBlobStore(directory, { freeBytes: async () => disk.free })
    const [first, second] = [15, 16].map((seed) => seededBytes(BLOB_CHUNK_BYTES * 2, seed))
    if (first === undefined || second === undefined) throw new RangeError('two blobs')
    const [writer, refused] = await Promise.allSettled([
      store.openWriter(describeBlob(first)),
      store.openWriter(describeBlob(second)),
    ])
    const needed = 4 * BLOB_CHUNK_BYTES + 16_777_216
    expect(refused).toMatchObject({ reason: { info: { code: 'BLOB_DISK_FULL', needed } } })
    await expect(store.put(second)).rejects.toMatchObject({ info: { needed } })
    if (writer.status === 'rejected') throw writer.reason
    await writer.value.writeChunks(0, [first.subarray(0, BLOB_CHUNK_BYTES)])
    // The file system counts what is written; what was promised for it is given back.
    disk.free -= BLOB_CHUNK_BYTES
    await expect(store.put(second)).rejects.toMatchObject({
      info: { needed: needed - BLOB_CHUNK_BYTES },
    })
    await writer.value.suspend()
    expect(await store.has((await store.put(second)).cid)).toBe(true)
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
