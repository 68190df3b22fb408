import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from '@ipld/dag-cbor'
import { afterEach, describe, expect, it } from 'vitest'
import { encodeCanonical } from '../../../src/codec/canonical.ts'
import { cidOfBytes, cidOfObject } from '../../../src/ids.ts'
import { BLOB_CHUNK_BYTES, MAX_BLOB_BYTES } from '../../../src/limits.ts'
import type { BlobRef } from '../../../src/messages/types.ts'
import {
  chunkRange,
  cidOfBlob,
  countChunks,
  describeBlob,
  encodeDescriptor,
} from '../../../src/transport/blob-descriptor.ts'
import { createBlobStore } from '../../../src/transport/blob-store.ts'
import { encodeBlobAnswer, parseBlobRequest } from '../../../src/transport/blob-wire.ts'
import { BLOB_PROTOCOL, MAX_BLOB_STREAMS_PER_PEER } from '../../../src/transport/limits.ts'
import type { StreamIo } from '../../../src/transport/stream-io.ts'
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

const BLOB = seededBytes(BLOB_CHUNK_BYTES * 4 + 1_234, 1)
const REF: BlobRef = { cid: cidOfBlob(BLOB), size: BLOB.length }
const STALL_MS = 400

function chunkOf(bytes: Uint8Array, index: number): Uint8Array {
  const { start, end } = chunkRange(bytes.length, index)
  return bytes.slice(start, end)
}

/** Serves BLOB, with whatever `change` makes of each chunk. */
type Change = (chunk: Uint8Array, index: number) => Uint8Array | undefined | Promise<undefined>

function serveChunks(change: Change) {
  return async (io: StreamIo): Promise<void> => {
    const request = parseBlobRequest((await io.readFrame(1_024)) ?? new Uint8Array(0))
    if (request === undefined) throw new RangeError('no request')
    await io.writeFrame(encodeBlobAnswer('OK'))
    if (request.descriptor) await io.writeFrame(encodeDescriptor(describeBlob(BLOB)))
    for (let index = request.from; index < request.to; index++) {
      const chunk = await change(chunkOf(BLOB, index), index)
      if (chunk === undefined) return io.abort(new RangeError('dies'))
      await io.write(chunk)
    }
    await io.close()
  }
}

/** A host that is connected to a member with its own idea of the blob protocol. */
async function startWithProvider(
  handle: (io: StreamIo) => Promise<void>,
): Promise<{ host: TestHost; raw: RawPeer }> {
  const host = createTestHost('host', { stallMs: STALL_MS })
  const raw = await startRawPeer('raw', {
    [BLOB_PROTOCOL]: (io) => handle(io).catch((error: Error) => io.abort(error)),
  })
  host.members.add(raw.peerId)
  await host.host.start()
  await raw.dial(host)
  return { host, raw }
}

async function fetchFails(host: TestHost, raw: RawPeer, ref: BlobRef = REF): Promise<string> {
  try {
    await host.host.fetchBlob(ref, { peers: [raw.peerId] })
  } catch (error) {
    expect(await host.blobs.has(ref.cid)).toBe(false)
    return (error as { info: { reasons: Record<string, string> } }).info.reasons[raw.peerId] ?? ''
  }
  throw new RangeError('the fetch should have failed')
}

describe('blob exchange', () => {
  it.each([0, 1, BLOB_CHUNK_BYTES, BLOB_CHUNK_BYTES + 1])('moves %i bytes', async (size) => {
    const [a, b] = await startPair()
    const bytes = seededBytes(size, 2)
    const ref = await a.blobs.put(bytes)
    const fetched = await b.host.fetchBlob(ref, { peers: [a.key.peerId] })
    expect(Buffer.from(fetched).equals(bytes)).toBe(true)
    expect(await b.blobs.has(ref.cid)).toBe(true)
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
      serveChunks((chunk, index) => {
        requests.push(index)
        if (index === 2 && breaks-- > 0) return undefined
        return chunk
      }),
    )
    const bytes = await host.host.fetchBlob(REF, { peers: [raw.peerId] })
    expect(Buffer.from(bytes).equals(BLOB)).toBe(true)
    expect(requests).toEqual([0, 1, 2, 2, 3, 4])
  })

  it('continues with the second provider when the first dies half way', async () => {
    const { host, raw } = await startWithProvider(
      serveChunks((chunk, index) => (index < 3 ? chunk : new Promise(() => {}))),
    )
    const [second] = await startHosts(['second'])
    if (second === undefined) throw new RangeError('one host')
    second.members.add(host.key.peerId)
    host.members.add(second.key.peerId)
    await second.blobs.put(BLOB)
    await host.host.connect([second.address()])
    const bytes = await host.host.fetchBlob(REF, {
      peers: [raw.peerId, second.key.peerId],
      onProgress({ received }) {
        if (received === 3 * BLOB_CHUNK_BYTES) raw.node.stop()
      },
    })
    expect(Buffer.from(bytes).equals(BLOB)).toBe(true)
    expect(second.host.traffic().sentBytes).toBe(BLOB.length - 3 * BLOB_CHUNK_BYTES)
  })
})

describe('hostile blob provider', () => {
  it.each([
    ['first', 0],
    ['middle', 2],
    ['last', 4],
  ])('T9 does not take a flipped bit in the %s chunk and asks another peer', async (_name, at) => {
    const { host, raw } = await startWithProvider(
      serveChunks((chunk, index) => {
        if (index === at) chunk[chunk.length - 1] = (chunk[chunk.length - 1] ?? 0) ^ 0x10
        return chunk
      }),
    )
    expect(await fetchFails(host, raw)).toBe('BLOB_BAD_CHUNK')
    const [good] = await startHosts(['good'])
    if (good === undefined) throw new RangeError('one host')
    good.members.add(host.key.peerId)
    host.members.add(good.key.peerId)
    await good.blobs.put(BLOB)
    await host.host.connect([good.address()])
    const bytes = await host.host.fetchBlob(REF, { peers: [raw.peerId, good.key.peerId] })
    expect(Buffer.from(bytes).equals(BLOB)).toBe(true)
    await until('two lies are enough', () => !host.host.isConnected(raw.peerId))
  })

  it('T9 does not take the descriptor of another blob', async () => {
    const other = BLOB.slice()
    other[0] = (other[0] ?? 0) ^ 1
    const { host, raw } = await startWithProvider(async (io) => {
      await io.readFrame(1_024)
      await io.writeFrame(encodeBlobAnswer('OK'))
      await io.writeFrame(encodeDescriptor(describeBlob(other)))
      await io.write(other)
    })
    expect(await fetchFails(host, raw)).toBe('BLOB_BAD_DESCRIPTOR')
    expect(host.host.traffic().receivedBytes).toBe(0)
  })

  it.each([
    ['a size of 2^31', { size: 2 ** 31 }],
    ['a size of 2^53', { size: 2 ** 53 }],
    ['a negative size', { size: -1 }],
    ['a size that is no number', { size: Number.NaN }],
    ['a size of one byte more', { size: BLOB.length + 1 }],
    ['another chunk size', { chunkSize: 1 }],
    ['too few hashes', { hashes: new Uint8Array(32) }],
    ['text for hashes', { hashes: 'x' }],
    ['an additional key', { more: 1 }],
  ])('T8 refuses a descriptor with %s though its id is right', async (_name, change) => {
    const { hashes } = describeBlob(BLOB)
    const fields = { size: BLOB.length, chunkSize: BLOB_CHUNK_BYTES, hashes, ...change }
    const bytes = encodeLoosely(fields)
    const { host, raw } = await startWithProvider(async (io) => {
      await io.readFrame(1_024)
      await io.writeFrame(encodeBlobAnswer('OK'))
      await io.writeFrame(bytes)
    })
    const ref = { cid: cidOfObject(bytes), size: BLOB.length }
    expect(await fetchFails(host, raw, ref)).toBe('BLOB_BAD_DESCRIPTOR')
  })

  it.each([
    ['2^28 and more', Buffer.of(0x80, 0x80, 0x80, 0x80, 0x01)],
    ['2^31', Buffer.of(0x80, 0x80, 0x80, 0x80, 0x08)],
    ['2^53', Buffer.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10)],
    ['without end', Buffer.alloc(20, 0xff)],
    ['just over the limit', Buffer.of(0x81, 0x08)],
  ])('T8 refuses a frame length of %s before it allocates', async (_name, length) => {
    const { host, raw } = await startWithProvider(async (io) => {
      await io.readFrame(1_024)
      await io.write(length)
    })
    expect(await fetchFails(host, raw)).toBe('BAD_FRAME')
  })

  it.each([2 ** 53, -1, Number.NaN, 1.5, Number.POSITIVE_INFINITY])(
    'T8 refuses an announced size of %d before anything is asked',
    async (size) => {
      const { host } = createTestHost('a')
      await host.start()
      const fetching = host.fetchBlob({ cid: REF.cid, size }, { peers: [] })
      await expect(fetching).rejects.toMatchObject({ code: 'BLOB_BAD_REFERENCE' })
    },
  )

  it('T8 refuses an announced size over the limit, and an id that is no blob id', async () => {
    const { host } = createTestHost('a')
    await host.start()
    const tooLarge = host.fetchBlob({ cid: REF.cid, size: MAX_BLOB_BYTES + 1 }, { peers: [] })
    await expect(tooLarge).rejects.toMatchObject({ code: 'BLOB_TOO_LARGE' })
    const raw = host.fetchBlob({ cid: cidOfBytes(BLOB), size: BLOB.length }, { peers: [] })
    await expect(raw).rejects.toMatchObject({ code: 'BLOB_BAD_REFERENCE' })
  })

  it('T8 an honest provider does not send a blob that was announced with another size', async () => {
    const [a, b] = await startPair()
    const { cid } = await a.blobs.put(BLOB)
    const fetching = b.host.fetchBlob({ cid, size: BLOB.length - 1 }, { peers: [a.key.peerId] })
    await expect(fetching).rejects.toMatchObject({
      info: { code: 'BLOB_UNAVAILABLE', reasons: { [a.key.peerId]: 'WRONG_SIZE' } },
    })
    expect(b.host.isConnected(a.key.peerId)).toBe(true)
  })

  it('T7 gives up on a provider that sends one byte now and then', async () => {
    const { host, raw } = await startWithProvider(async (io) => {
      await io.readFrame(1_024)
      await io.writeFrame(encodeBlobAnswer('OK'))
      await io.writeFrame(encodeDescriptor(describeBlob(BLOB)))
      for (let index = 0; index < 10_000; index++) {
        await io.write(BLOB.subarray(index, index + 1))
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    })
    expect(await fetchFails(host, raw)).toBe('STALLED')
  })

  it('T7 gives up on a provider that says nothing', async () => {
    const { host, raw } = await startWithProvider(() => new Promise(() => {}))
    expect(await fetchFails(host, raw)).toBe('STALLED')
  })

  it('T7 is patient with a provider that is slow but moves', async () => {
    const { host, raw } = await startWithProvider(serveChunks((chunk) => chunk))
    const slow = await startRawPeer('slow', {
      [BLOB_PROTOCOL]: async (io) => {
        await io.readFrame(1_024)
        await io.writeFrame(encodeBlobAnswer('OK'))
        await io.writeFrame(encodeDescriptor(describeBlob(BLOB)))
        for (let start = 0; start < BLOB.length; start += 65_536) {
          await io.write(BLOB.subarray(start, start + 65_536))
          await new Promise((resolve) => setTimeout(resolve, 60))
        }
        await io.close()
      },
    })
    host.members.add(slow.peerId)
    await slow.dial(host)
    await raw.node.stop()
    const bytes = await host.host.fetchBlob(REF, { peers: [slow.peerId] })
    expect(Buffer.from(bytes).equals(BLOB)).toBe(true)
  })
})

describe('hostile blob reader', () => {
  async function startWithReader(): Promise<{ host: TestHost; raw: RawPeer; ref: BlobRef }> {
    const host = createTestHost('host', { stallMs: STALL_MS })
    const raw = await startRawPeer('raw')
    host.members.add(raw.peerId)
    await host.host.start()
    const ref = await host.blobs.put(seededBytes(BLOB_CHUNK_BYTES * 64, 3))
    return { host, raw, ref }
  }

  function requestOf(ref: BlobRef): Uint8Array {
    const to = countChunks(ref.size)
    return encodeCanonical({ ...ref, from: 0, to, descriptor: true })
  }

  it('T10 gives an update to nobody but those whom the rules name', async () => {
    const [silo, other, aggregator] = await startHosts(['silo', 'other', 'aggregator'])
    if (silo === undefined || other === undefined || aggregator === undefined) {
      throw new RangeError('three')
    }
    silo.rules.mayServe = (peer) => peer === aggregator.key.peerId
    const ref = await silo.blobs.put(BLOB)
    await Promise.all([other, aggregator].map(({ host }) => host.connect([silo.address()])))
    await expect(other.host.fetchBlob(ref, { peers: [silo.key.peerId] })).rejects.toMatchObject({
      info: { reasons: { [silo.key.peerId]: 'REFUSED' } },
    })
    expect(silo.host.traffic().sentBytes).toBe(0)
    await aggregator.host.fetchBlob(ref, { peers: [silo.key.peerId] })
    expect(silo.host.traffic().sentBytes).toBe(BLOB.length)
  })

  it('T10 does not tell whether it has what it refuses', async () => {
    const { host, raw, ref } = await startWithReader()
    host.rules.mayServe = () => false
    const answers: Uint8Array[] = []
    for (const wanted of [ref, REF]) {
      const { io } = await raw.open(host, BLOB_PROTOCOL)
      await io.writeFrame(requestOf(wanted))
      answers.push((await io.readFrame(1_024)) ?? new Uint8Array(0))
    }
    expect(answers).toEqual([encodeBlobAnswer('REFUSED'), encodeBlobAnswer('REFUSED')])
  })

  it('T7 ends the stream of a reader that stops reading', async () => {
    const { host, raw, ref } = await startWithReader()
    const { io, stream } = await raw.open(host, BLOB_PROTOCOL)
    await io.writeFrame(requestOf(ref))
    await io.readFrame(1_024)
    stream.pause()
    await until('cut', () => stream.status !== 'open')
    expect(host.host.traffic().sentBytes).toBeLessThan(ref.size)
  })

  it('T7 ends the stream of a reader that never asks', async () => {
    const { host, raw } = await startWithReader()
    const { stream } = await raw.open(host, BLOB_PROTOCOL)
    await until('cut', () => stream.status !== 'open')
  })

  it.each([
    ['garbage', Uint8Array.of(1, 2, 3)],
    [
      'an id with a path',
      encodeCanonical({ cid: '../x', size: 1, from: 0, to: 1, descriptor: true }),
    ],
    ['a negative chunk', encodeCanonical({ ...REF, from: -1, to: 1, descriptor: true })],
    [
      'a range that ends before it starts',
      encodeCanonical({ ...REF, from: 2, to: 1, descriptor: true }),
    ],
    ['chunks behind the end', encodeCanonical({ ...REF, from: 0, to: 9, descriptor: true })],
    ['2^53 as size', encodeLoosely({ ...REF, size: 2 ** 53, from: 0, to: 1, descriptor: true })],
    ['NaN as size', encodeLoosely({ ...REF, size: Number.NaN, from: 0, to: 1, descriptor: true })],
  ])('T8 answers BAD_REQUEST to %s', async (_name, request) => {
    const { host, raw } = await startWithReader()
    const { io } = await raw.open(host, BLOB_PROTOCOL)
    await io.writeFrame(request)
    expect(await io.readFrame(1_024)).toEqual(encodeBlobAnswer('BAD_REQUEST'))
  })

  it('T6 serves a few streams per peer, drops the rest and whoever insists', async () => {
    const { host, raw } = await startWithReader()
    const [calm] = await startHosts(['calm'])
    if (calm === undefined) throw new RangeError('one host')
    calm.members.add(host.key.peerId)
    host.members.add(calm.key.peerId)
    await calm.host.connect([host.address()])
    const opened = await Promise.allSettled(
      Array.from({ length: 300 }, () => raw.open(host, BLOB_PROTOCOL)),
    )
    const open = opened.filter(
      (result) => result.status === 'fulfilled' && result.value.stream.status === 'open',
    )
    expect(open.length).toBeLessThanOrEqual(MAX_BLOB_STREAMS_PER_PEER)
    const ref = await host.blobs.put(BLOB)
    await calm.host.fetchBlob(ref, { peers: [host.key.peerId] })
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
        async writeChunk(index, chunk) {
          await new Promise((resolve) => setTimeout(resolve, 10))
          ahead = Math.max(ahead, a.host.traffic().sentBytes - index * BLOB_CHUNK_BYTES)
          await writer.writeChunk(index, chunk)
        },
      }
    }
    const fetched = await b.host.fetchBlob(ref, { peers: [a.key.peerId] })
    expect(Buffer.from(fetched).equals(bytes)).toBe(true)
    expect(ahead).toBeGreaterThan(BLOB_CHUNK_BYTES)
    expect(ahead).toBeLessThan(8 * 1_048_576)
  })

  it('T45 stops at once when the own disk is full, and blames nobody', async () => {
    const [a, b] = await startPair()
    const ref = await a.blobs.put(BLOB)
    const { openWriter } = b.blobs
    b.blobs.openWriter = async (descriptor) => ({
      ...(await openWriter(descriptor)),
      writeChunk: () => Promise.reject(new RangeError('ENOSPC')),
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

  it('T44 leaves nothing half written when a fetch fails', async () => {
    const { directory, store } = newStore()
    const host = createTestHost('host', { blobs: store, stallMs: STALL_MS })
    const raw = await startRawPeer('raw', {
      [BLOB_PROTOCOL]: serveChunks((chunk, index) => (index < 3 ? chunk : undefined)),
    })
    host.members.add(raw.peerId)
    await host.host.start()
    await raw.dial(host)
    await expect(host.host.fetchBlob(REF, { peers: [raw.peerId] })).rejects.toThrow()
    expect(readdirSync(directory)).toEqual(['incoming'])
    expect(readdirSync(join(directory, 'incoming'))).toEqual([])
  })

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

/** CBOR that encodeCanonical would refuse to write. */
function encodeLoosely(value: Record<string, unknown>): Uint8Array {
  const isNaNInside = Object.values(value).some((item) => Number.isNaN(item))
  if (!isNaNInside) return encode(value)
  // 2^60 as a stand-in of the same length, then its bytes are replaced by a NaN.
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, Number.isNaN(item) ? 1.1 : item]),
  )
  const bytes = Buffer.from(encode(copy))
  const at = bytes.indexOf(Buffer.from('fb3ff199999999999a', 'hex'))
  bytes.set(Buffer.from('fb7ff8000000000000', 'hex'), at)
  return Uint8Array.from(bytes)
}
