import { describe, expect, it } from 'vitest'
import { encodeCanonical } from '../../../src/codec/canonical.ts'
import { BLOB_CHUNK_BYTES } from '../../../src/limits.ts'
import type { BlobRef } from '../../../src/messages/types.ts'
import { fullBitField } from '../../../src/transport/bit-field.ts'
import { countChunks } from '../../../src/transport/blob-descriptor.ts'
import { encodeBlobAnswer } from '../../../src/transport/blob-wire.ts'
import {
  BATCH_CHUNKS,
  BLOB_PROTOCOL,
  MAX_BLOB_STREAMS_PER_PEER,
} from '../../../src/transport/limits.ts'
import { BLOB, encodeLoosely, REF, STALL_MS } from './blob-fixture.ts'
import { type RawPeer, startRawPeer } from './raw-peer.ts'
import { seededBytes } from './seeded-bytes.ts'
import { createTestHost, startHosts, type TestHost, until } from './test-hosts.ts'

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
    return encodeCanonical({ ...ref, descriptor: true })
  }

  /** Wants `want` of its chunks, all when it is not said. */
  function askOf(ref: BlobRef, change: Record<string, unknown> = {}): Uint8Array {
    const want = fullBitField(countChunks(ref.size)).toBytes()
    return encodeLoosely({ want, most: BATCH_CHUNKS, urgency: 'now', ...change })
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
    expect(answers).toEqual([
      encodeBlobAnswer({ answer: 'REFUSED' }),
      encodeBlobAnswer({ answer: 'REFUSED' }),
    ])
  })

  it('T7 ends the stream of a reader that stops reading', async () => {
    const { host, raw, ref } = await startWithReader()
    const { io, stream } = await raw.open(host, BLOB_PROTOCOL)
    await io.writeFrame(requestOf(ref))
    await io.readFrame(1_024)
    for (let asks = 0; asks < 8; asks++) await io.writeFrame(askOf(ref))
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
    ['an id with a path', encodeCanonical({ cid: '../x', size: 1, descriptor: true })],
    ['2^31 chunks', encodeCanonical({ ...REF, size: 2 ** 49, descriptor: true })],
    ['2^53 as size', encodeLoosely({ ...REF, size: 2 ** 53, descriptor: true })],
    ['a negative size', encodeLoosely({ ...REF, size: -1, descriptor: true })],
    ['NaN as size', encodeLoosely({ ...REF, size: Number.NaN, descriptor: true })],
  ])('T8 answers BAD_REQUEST to %s', async (_name, request) => {
    const { host, raw } = await startWithReader()
    const { io } = await raw.open(host, BLOB_PROTOCOL)
    await io.writeFrame(request)
    expect(await io.readFrame(1_024)).toEqual(encodeBlobAnswer({ answer: 'BAD_REQUEST' }))
  })

  it.each([
    ['garbage', Uint8Array.of(1, 2, 3)],
    ['2^31 chunks at once', { most: 2 ** 31 }],
    ['2^53 chunks at once', { most: 2 ** 53 }],
    ['a negative number of chunks', { most: -1 }],
    ['NaN chunks', { most: Number.NaN }],
    ['a field of another length', { want: new Uint8Array(9) }],
    ['a field as text', { want: 'x' }],
    ['an urgency of its own', { urgency: 'first' }],
    ['an additional key', { more: 1 }],
  ])('T8 ends the stream of who asks for %s', async (_name, change) => {
    const { host, raw, ref } = await startWithReader()
    const { io, stream } = await raw.open(host, BLOB_PROTOCOL)
    await io.writeFrame(requestOf(ref))
    await io.readFrame(1_024)
    await io.writeFrame(change instanceof Uint8Array ? change : askOf(ref, change))
    await until('cut', () => stream.status !== 'open')
    expect(host.host.traffic().sentBytes).toBe(0)
  })

  it('T7 says that it is still there while it checks a file, before it answers', async () => {
    const { host, raw, ref } = await startWithReader()
    const { openReader } = host.blobs
    const { promise: checked, resolve: finish } = Promise.withResolvers<void>()
    host.blobs.openReader = async (cid) => {
      await checked
      return openReader(cid)
    }
    const { io } = await raw.open(host, BLOB_PROTOCOL)
    await io.writeFrame(requestOf(ref))
    expect(await io.readFrame(4_096)).toHaveLength(0)
    finish()
    const answer = encodeBlobAnswer({ answer: 'OK' })
    let frame = await io.readFrame(4_096)
    while (frame?.length === 0) frame = await io.readFrame(4_096)
    expect(Buffer.from(frame ?? [])).toEqual(Buffer.from(answer))
  })

  it('T10 stops in the middle when the peer may not have it any more', async () => {
    const { host, raw, ref } = await startWithReader()
    const { io, stream } = await raw.open(host, BLOB_PROTOCOL)
    await io.writeFrame(requestOf(ref))
    await io.readFrame(1_024)
    await io.writeFrame(askOf(ref, { most: 1 }))
    await until('one chunk', () => host.host.traffic().sentBytes === BLOB_CHUNK_BYTES)
    host.rules.mayServe = () => false
    await io.writeFrame(askOf(ref))
    await until('cut', () => stream.status !== 'open')
    expect(host.host.traffic().sentBytes).toBe(BLOB_CHUNK_BYTES)
  })

  it('T6 serves a few streams per peer, drops the rest and whoever insists', async () => {
    const { host, raw } = await startWithReader()
    const [calm] = await startHosts(['calm'])
    if (calm === undefined) throw new RangeError('one host')
    calm.members.add(host.key.peerId)
    host.members.add(calm.key.peerId)
    await calm.host.connect([host.address()])
    const connection = await raw.dial(host)
    await until('in', () => host.host.isConnected(raw.peerId))
    const { isMember } = host.rules
    let served = 0
    // Asked for every stream that is within the limit; without an answer, the stream stays as it is.
    host.rules.isMember = (peer) => {
      if (peer !== raw.peerId) return isMember(peer)
      served++
      return new Promise(() => {})
    }
    const opening = Array.from({ length: 60 }, () => connection.newStream(BLOB_PROTOCOL))
    await Promise.allSettled(opening)
    await until('drop', () => !host.host.isConnected(raw.peerId))
    const ref = await host.blobs.put(BLOB)
    await calm.host.fetchBlob(ref, { peers: [host.key.peerId] })
    expect(served).toBe(MAX_BLOB_STREAMS_PER_PEER)
  })
})
