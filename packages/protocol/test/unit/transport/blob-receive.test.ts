import { describe, expect, it } from 'vitest'
import { cidOfBytes, cidOfObject } from '../../../src/ids.ts'
import { BLOB_CHUNK_BYTES, MAX_BLOB_BYTES } from '../../../src/limits.ts'
import {
  cidOfBlob,
  describeBlob,
  encodeDescriptor,
} from '../../../src/transport/blob-descriptor.ts'
import {
  encodeBlobAnswer,
  encodeBlobBatch,
  parseBlobRequest,
} from '../../../src/transport/blob-wire.ts'
import {
  BLOB,
  encodeLoosely,
  fetchFails,
  REF,
  STALL_MS,
  serveChunks,
  startWithProvider,
} from './blob-fixture.ts'
import { createTestHost, startHosts, startPair, until } from './test-hosts.ts'

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
    expect(await fetchFails(host, raw)).toBe('BLOB_BAD_CHUNK')
    await until('two lies are enough', () => !host.host.isConnected(raw.peerId))
    const [good] = await startHosts(['good'])
    if (good === undefined) throw new RangeError('one host')
    good.members.add(host.key.peerId)
    host.members.add(good.key.peerId)
    await good.blobs.put(BLOB)
    await host.host.connect([good.address()])
    await host.host.fetchBlob(REF, { peers: [raw.peerId, good.key.peerId] })
    expect(cidOfBlob(await host.blobs.get(REF.cid))).toBe(REF.cid)
  })

  it('T9 does not take the descriptor of another blob', async () => {
    const other = BLOB.slice()
    other[0] = (other[0] ?? 0) ^ 1
    const { host, raw } = await startWithProvider(async (io) => {
      await io.readFrame(1_024)
      await io.writeFrame(encodeBlobAnswer({ answer: 'OK' }))
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
      await io.writeFrame(encodeBlobAnswer({ answer: 'OK' }))
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
    ['just over the limit', Buffer.of(0x81, 0x20)],
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
    const { host, raw } = await startWithProvider(
      serveChunks(
        (chunk) => chunk,
        async (io, chunk) => {
          for (const byte of chunk) {
            await io.write(Uint8Array.of(byte))
            await new Promise((resolve) => setTimeout(resolve, 20))
          }
        },
      ),
    )
    expect(await fetchFails(host, raw)).toBe('STALLED')
  })

  it('T7 gives up on a provider that has everything and answers with nothing', async () => {
    const { host, raw } = await startWithProvider(async (io) => {
      const request = parseBlobRequest((await io.readFrame(1_024)) ?? new Uint8Array(0))
      await io.writeFrame(encodeBlobAnswer({ answer: 'OK' }))
      if (request?.descriptor) await io.writeFrame(encodeDescriptor(describeBlob(BLOB)))
      while ((await io.readFrame(4_096)) !== undefined) {
        await io.writeFrame(encodeBlobBatch({ send: [] }))
      }
    })
    expect(await fetchFails(host, raw)).toBe('STALLED')
  })

  it('T7 gives up on a provider that says nothing', async () => {
    const { host, raw } = await startWithProvider(() => new Promise(() => {}))
    expect(await fetchFails(host, raw)).toBe('STALLED')
  })

  it('T7 is patient with a provider that checks its file and says so', async () => {
    const serve = serveChunks((chunk) => chunk)
    const { host, raw } = await startWithProvider(async (io) => {
      for (let waited = 0; waited < 2 * STALL_MS; waited += STALL_MS / 4) {
        await io.writeFrame(new Uint8Array(0))
        await new Promise((resolve) => setTimeout(resolve, STALL_MS / 4))
      }
      await serve(io)
    })
    await host.host.fetchBlob(REF, { peers: [raw.peerId] })
    expect(await host.blobs.has(REF.cid)).toBe(true)
  })

  it('T7 is patient with a provider that is slow but moves', async () => {
    const { host, raw } = await startWithProvider(
      serveChunks(
        (chunk) => chunk,
        async (io, chunk) => {
          for (let start = 0; start < chunk.length; start += 65_536) {
            await io.write(chunk.subarray(start, start + 65_536))
            await new Promise((resolve) => setTimeout(resolve, 60))
          }
        },
      ),
    )
    await host.host.fetchBlob(REF, { peers: [raw.peerId] })
    expect(await host.blobs.has(REF.cid)).toBe(true)
  })
})
