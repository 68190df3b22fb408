import { encode } from '@ipld/dag-cbor'
import { expect } from 'vitest'
import { BLOB_CHUNK_BYTES } from '../../../src/limits.ts'
import type { BlobRef } from '../../../src/messages/types.ts'
import { parseBitField } from '../../../src/transport/bit-field.ts'
import {
  chunkRange,
  cidOfBlob,
  countChunks,
  describeBlob,
  encodeDescriptor,
} from '../../../src/transport/blob-descriptor.ts'
import {
  encodeBlobAnswer,
  encodeBlobBatch,
  parseBlobAsk,
  parseBlobRequest,
} from '../../../src/transport/blob-wire.ts'
import { BLOB_PROTOCOL } from '../../../src/transport/limits.ts'
import type { StreamIo } from '../../../src/transport/stream-io.ts'
import { type RawPeer, startRawPeer } from './raw-peer.ts'
import { seededBytes } from './seeded-bytes.ts'
import { createTestHost, type TestHost, until } from './test-hosts.ts'

export const BLOB = seededBytes(BLOB_CHUNK_BYTES * 4 + 1_234, 1)
export const REF: BlobRef = { cid: cidOfBlob(BLOB), size: BLOB.length }
export const STALL_MS = 400

function chunkOf(bytes: Uint8Array, index: number): Uint8Array {
  const { start, end } = chunkRange(bytes.length, index)
  return bytes.slice(start, end)
}

/** Serves BLOB, with whatever `change` makes of each chunk. */
type Change = (
  chunk: Uint8Array,
  index: number,
) => Uint8Array | undefined | Promise<Uint8Array | undefined>

/** @param write - how a chunk leaves. */
export function serveChunks(
  change: Change,
  write = (io: StreamIo, chunk: Uint8Array): Promise<void> => io.write(chunk),
) {
  return async (io: StreamIo): Promise<void> => {
    const request = parseBlobRequest((await io.readFrame(1_024)) ?? new Uint8Array(0))
    if (request === undefined) throw new RangeError('no request')
    await io.writeFrame(encodeBlobAnswer({ answer: 'OK' }))
    if (request.descriptor) await io.writeFrame(encodeDescriptor(describeBlob(BLOB)))
    const sent = new Set<number>()
    for (;;) {
      const frame = await io.readFrame(4_096)
      if (frame === undefined) return io.close()
      // Only a sign of life.
      if (frame.length === 0) continue
      const send = wantedOf(frame, sent)
      await io.writeFrame(encodeBlobBatch({ send }))
      for (const index of send) {
        sent.add(index)
        const chunk = await change(chunkOf(BLOB, index), index)
        if (chunk === undefined) return io.abort(new RangeError('dies'))
        await write(io, chunk)
      }
    }
  }
}

/** The first chunks that an ask wants, in their order, without those that were sent. */
function wantedOf(frame: Uint8Array, sent: ReadonlySet<number>): number[] {
  const count = countChunks(BLOB.length)
  const ask = parseBlobAsk(frame)
  const want = ask === undefined ? undefined : parseBitField(ask.want, count)
  if (ask === undefined || want === undefined) throw new RangeError('no ask')
  return Array.from({ length: count }, (_, index) => index)
    .filter((index) => want.has(index) && !sent.has(index))
    .slice(0, ask.most)
}

/** A host that is connected to a member with its own idea of the blob protocol. */
export async function startWithProvider(
  handle: (io: StreamIo) => Promise<void>,
): Promise<{ host: TestHost; raw: RawPeer }> {
  const host = createTestHost('host', { stallMs: STALL_MS })
  const raw = await startRawPeer('raw', {
    [BLOB_PROTOCOL]: (io) => handle(io).catch((error: Error) => io.abort(error)),
  })
  host.members.add(raw.peerId)
  await host.host.start()
  await raw.dial(host)
  await until('connected', () => host.host.isConnected(raw.peerId))
  return { host, raw }
}

export async function fetchFails(
  host: TestHost,
  raw: RawPeer,
  ref: BlobRef = REF,
): Promise<string> {
  try {
    await host.host.fetchBlob(ref, { peers: [raw.peerId] })
  } catch (error) {
    expect(await host.blobs.has(ref.cid)).toBe(false)
    return (error as { info: { reasons: Record<string, string> } }).info.reasons[raw.peerId] ?? ''
  }
  throw new RangeError('the fetch should have failed')
}

/** CBOR that encodeCanonical would refuse to write. */
export function encodeLoosely(value: Record<string, unknown>): Uint8Array {
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
