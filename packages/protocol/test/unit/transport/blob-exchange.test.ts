import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { BLOB_CHUNK_BYTES } from '../../../src/limits.ts'
import { cidOfBlob } from '../../../src/transport/blob-descriptor.ts'
import { createBlobStore } from '../../../src/transport/blob-store.ts'
import { BLOB_PROTOCOL } from '../../../src/transport/limits.ts'
import type { BlobStore } from '../../../src/transport/types.ts'
import { BLOB, REF, STALL_MS, serveChunks, startWithProvider } from './blob-fixture.ts'
import { type RawPeer, startRawPeer } from './raw-peer.ts'
import { seededBytes } from './seeded-bytes.ts'
import {
  createTestHost,
  startHosts,
  startPair,
  stopLater,
  type TestHost,
  until,
} from './test-hosts.ts'

describe('blob exchange', () => {
  it.each([0, 1, BLOB_CHUNK_BYTES, BLOB_CHUNK_BYTES + 1])('moves %i bytes', async (size) => {
    const [a, b] = await startPair()
    const bytes = seededBytes(size, 2)
    const ref = await a.blobs.put(bytes)
    await b.host.fetchBlob(ref, { peers: [a.key.peerId] })
    expect(Buffer.from(await b.blobs.get(ref.cid)).equals(bytes)).toBe(true)
  })

  it('does not ask for what is here', async () => {
    const [a, b] = await startPair()
    const ref = await b.blobs.put(BLOB)
    await b.host.fetchBlob(ref, { peers: [a.key.peerId] })
    expect(b.host.traffic().receivedBytes).toBe(0)
  })

  it('passes a blob on from the one who fetched it', async () => {
    const [a, b, c] = await startHosts(['a', 'b', 'c'])
    if (a === undefined || b === undefined || c === undefined) throw new RangeError('three')
    await b.host.connect([a.address()])
    await c.host.connect([b.address()])
    const ref = await a.blobs.put(BLOB)
    await b.host.fetchBlob(ref, { peers: [a.key.peerId] })
    await c.host.fetchBlob(ref, { peers: [b.key.peerId] })
    expect(a.host.traffic().sentBytes).toBe(BLOB.length)
    expect(b.host.traffic().sentBytes).toBe(BLOB.length)
  })

  it('says of each peer why it did not deliver', async () => {
    const [a, b] = await startPair()
    await expect(b.host.fetchBlob(REF, { peers: [a.key.peerId] })).rejects.toMatchObject({
      info: { code: 'BLOB_UNAVAILABLE', reasons: { [a.key.peerId]: 'NOT_FOUND' } },
    })
  })

  it('waits for a provider that gets the blob a moment later', async () => {
    const [a, b] = await startPair()
    setTimeout(() => a.blobs.put(BLOB), 50)
    await b.host.fetchBlob(REF, { peers: [a.key.peerId] })
    expect(await b.blobs.has(REF.cid)).toBe(true)
  })

  it('stops when the caller says so, and when the host stops', async () => {
    const [a, b] = await startPair()
    const controller = new AbortController()
    const byCaller = b.host.fetchBlob(REF, { peers: [a.key.peerId], signal: controller.signal })
    controller.abort()
    await expect(byCaller).rejects.toMatchObject({ code: 'BLOB_ABORTED' })
    const byStop = b.host.fetchBlob(REF, { peers: [a.key.peerId] })
    await Promise.all([
      expect(byStop).rejects.toMatchObject({ code: 'BLOB_ABORTED' }),
      b.host.stop(),
    ])
  })

  it('serves eight fetches of the same blob at once', async () => {
    const [a, ...others] = await startHosts(['a', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7', 'b8'])
    if (a === undefined) throw new RangeError('a')
    const ref = await a.blobs.put(BLOB)
    await Promise.all(others.map(({ host }) => host.connect([a.address()])))
    await Promise.all(others.map(({ host }) => host.fetchBlob(ref, { peers: [a.key.peerId] })))
    expect(a.host.traffic().sentBytes).toBe(8 * BLOB.length)
  })
})

describe('blob exchange after a break', () => {
  it('resumes at the chunk that was reached when the provider breaks off', async () => {
    const requests: number[] = []
    let breaks = 1
    const { host, raw } = await startWithProvider(
      serveChunks(async (chunk, index) => {
        requests.push(index)
        if (index !== 2 || breaks-- === 0) return chunk
        // A reset takes along what has not left yet.
        const arrived = 2 * BLOB_CHUNK_BYTES
        await until('two chunks', () => host.host.traffic().receivedBytes === arrived)
        return undefined
      }),
    )
    await host.host.fetchBlob(REF, { peers: [raw.peerId] })
    expect(await host.blobs.has(REF.cid)).toBe(true)
    expect(requests).toEqual([0, 1, 2, 2, 3, 4])
  })

  it('T7 continues with the second provider when the first stands still half way', async () => {
    const { host, raw } = await startWithProvider(
      serveChunks((chunk, index) => (index < 3 ? chunk : new Promise(() => {}))),
    )
    const [second] = await startHosts(['second'])
    if (second === undefined) throw new RangeError('one host')
    second.members.add(host.key.peerId)
    host.members.add(second.key.peerId)
    await second.blobs.put(BLOB)
    await host.host.connect([second.address()])
    await host.host.fetchBlob(REF, { peers: [raw.peerId, second.key.peerId] })
    expect(await host.blobs.has(REF.cid)).toBe(true)
    const missing = BLOB.length - 3 * BLOB_CHUNK_BYTES
    expect(second.host.traffic().sentBytes).toBeGreaterThanOrEqual(missing)
  })
})

describe('blob exchange under pressure', () => {
  it('holds the sender back when the receiver writes slowly, and loses nothing', async () => {
    const [a, b] = await startPair()
    const bytes = seededBytes(BLOB_CHUNK_BYTES * 60, 5)
    const ref = await a.blobs.put(bytes)
    const { openWriter } = b.blobs
    let ahead = 0
    b.blobs.openWriter = async (descriptor) => {
      const writer = await openWriter(descriptor)
      return {
        ...writer,
        async writeChunks(first, chunks) {
          await new Promise((resolve) => setTimeout(resolve, 10 * chunks.length))
          ahead = Math.max(ahead, a.host.traffic().sentBytes - first * BLOB_CHUNK_BYTES)
          await writer.writeChunks(first, chunks)
        },
      }
    }
    await b.host.fetchBlob(ref, { peers: [a.key.peerId] })
    expect(Buffer.from(await b.blobs.get(ref.cid)).equals(bytes)).toBe(true)
    expect(ahead).toBeGreaterThan(BLOB_CHUNK_BYTES)
    expect(ahead).toBeLessThan(8 * 1_048_576)
  })

  it('T45 stops at once when the own disk is full, and blames nobody', async () => {
    const [a, b] = await startPair()
    const ref = await a.blobs.put(BLOB)
    const { openWriter } = b.blobs
    b.blobs.openWriter = async (descriptor) => ({
      ...(await openWriter(descriptor)),
      writeChunks: () => Promise.reject(new RangeError('ENOSPC')),
    })
    await expect(b.host.fetchBlob(ref, { peers: [a.key.peerId] })).rejects.toMatchObject({
      code: 'BLOB_STORE_FAILED',
      cause: { message: 'ENOSPC' },
    })
    expect(b.host.isConnected(a.key.peerId)).toBe(true)
    expect(await b.blobs.has(ref.cid)).toBe(false)
  })
})

describe('blob exchange with files', () => {
  const directories: string[] = []
  afterEach(() => {
    for (const path of directories.splice(0)) rmSync(path, { recursive: true, force: true })
  })

  function newStore() {
    const parent = mkdtempSync(join(tmpdir(), 'fednode-transfer-'))
    directories.push(parent)
    const directory = join(parent, 'blobs')
    return { directory, store: createBlobStore(directory) }
  }

  it('T44 shows nothing half written, and goes on with it after a restart', async () => {
    const { directory, store } = newStore()
    const requests: number[] = []
    const raw = await startRawPeer('raw', {
      [BLOB_PROTOCOL]: serveChunks(async (chunk, index) => {
        requests.push(index)
        if (index < 3 || isWhole) return chunk
        await until('three chunks', () => host.host.traffic().receivedBytes >= 3 * BLOB_CHUNK_BYTES)
        return undefined
      }),
    })
    let isWhole = false
    const host = await connected('host', store, raw)
    await expect(host.host.fetchBlob(REF, { peers: [raw.peerId] })).rejects.toThrow()
    expect(readdirSync(directory)).toEqual(['incoming'])
    await host.host.stop()
    requests.length = 0
    isWhole = true
    const restarted = await connected('restarted', createBlobStore(directory), raw)
    await restarted.host.fetchBlob(REF, { peers: [raw.peerId] })
    expect(requests).toEqual([3, 4])
    expect(cidOfBlob(await restarted.blobs.get(REF.cid))).toBe(REF.cid)
    expect(readdirSync(join(directory, 'incoming'))).toEqual([])
  })

  async function connected(name: string, store: BlobStore, raw: RawPeer): Promise<TestHost> {
    const host = createTestHost(name, { blobs: store, stallMs: STALL_MS })
    host.members.add(raw.peerId)
    await host.host.start()
    await raw.dial(host)
    await until('connected', () => host.host.isConnected(raw.peerId))
    return host
  }

  it('moves a blob from file to file', async () => {
    const from = newStore()
    const to = newStore()
    const a = createTestHost('a', { blobs: from.store })
    const b = createTestHost('b', { blobs: to.store })
    for (const { members } of [a, b]) for (const { key } of [a, b]) members.add(key.peerId)
    await Promise.all([a.host.start(), b.host.start()])
    await b.host.connect([a.address()])
    const bytes = seededBytes(BLOB_CHUNK_BYTES * 40 + 5, 4)
    const ref = await from.store.put(bytes)
    await b.host.fetchBlob(ref, { peers: [a.key.peerId] })
    expect(Buffer.from(await to.store.get(ref.cid)).equals(bytes)).toBe(true)
    stopLater(a.host)
  })
})
